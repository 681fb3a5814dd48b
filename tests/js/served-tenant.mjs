// A simulated tenant in a process of its own, as the package's program serves it.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);
const home = dirname(require.resolve("nexthink-chatbot/package.json"));
export const manifest = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
/** The program of the package. */
export const program = join(home, manifest.bin["nexthink-chatbot"]);

/** Serves a tenant on a free port. @param {import("node:test").TestContext} context ends it with the test */
export async function serve(context, ...args) {
  const child = spawn(process.execPath, [program, "simulate", "--port", "0", ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "close");
  context.after(() => {
    child.kill("SIGKILL");
    return ended;
  });
  let output = "";
  child.stdout.setEncoding("utf8");
  await new Promise((resolve, reject) => {
    child.stdout.on("data", (text) => {
      output += text;
      if (/^Serving at .*\n/m.test(output)) resolve();
    });
    child.once("close", () => reject(new Error(`the program ended: ${output}`)));
  });
  const variables = Object.fromEntries(
    [...output.matchAll(/^ {2}export (\w+)=(.+)$/gm)].map(([, name, value]) => [name, value]),
  );
  return {
    child,
    variables,
    url: variables.NEXTHINK_API_URL,
    output: () => output,
    /** The exit code, once the process has ended. */
    ended: () => ended.then(([code]) => code),
    credentials: { clientId: variables.NEXTHINK_CLIENT_ID, clientSecret: variables.NEXTHINK_CLIENT_SECRET },
  };
}

/** Asks a served tenant for a token, and gives the whole response. */
export function requestToken({ variables, credentials }) {
  const pair = Buffer.from(`${credentials.clientId}:${credentials.clientSecret}`).toString("base64");
  return fetch(variables.NEXTHINK_TOKEN_URL, {
    method: "POST",
    headers: { authorization: `Basic ${pair}` },
    body: new URLSearchParams({ grant_type: "client_credentials", scope: "service:integration" }),
  });
}
