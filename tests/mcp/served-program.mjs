// `nexthink-chatbot mcp --http` on a free port, in a process of its own.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { program } from "../js/served-tenant.mjs";

/** The key of the service, where a test gives it no other. */
export const key = "a-key-that-opens-nothing-else";

/**
 * Starts the service.
 * @param {import("node:test").TestContext} context ends it with the test
 * @param {{ args?: string[], variables?: Record<string, string> }} [options] what follows `--http`, and its environment
 */
export async function serve(context, { args = [], variables = {} } = {}) {
  const child = spawn(process.execPath, [program, "mcp", "--http", "0", ...args], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { NEXTHINK_MCP_KEY: key, ...variables },
  });
  const closed = once(child, "close");
  context.after(() => {
    child.kill("SIGKILL");
    return closed;
  });
  let output = "";
  child.stdout.setEncoding("utf8");
  const url = await new Promise((resolve, reject) => {
    child.stdout.on("data", (text) => {
      output += text;
      const served = /^Serving at (\S+); Ctrl\+C ends it\.$/m.exec(output);
      if (served) resolve(served[1]);
    });
    child.once("close", () => reject(new Error(`the program ended: ${output}`)));
  });
  return { url, output: () => output, child, closed };
}
