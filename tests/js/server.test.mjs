// The simulated tenant as a local HTTP server, through real sockets and the runtime's own fetch.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { createClient } from "nexthink-chatbot";

const program = join(dirname(fileURLToPath(import.meta.resolve("nexthink-chatbot"))), "cli", "simulate.mjs");
const server = spawn(process.execPath, [program, "--port", "0", "--speed", "1000"], {
  stdio: ["ignore", "pipe", "inherit"],
});
after(() => server.kill());

/** What the program prints for clients: `export NAME=value`. */
async function environment() {
  const variables = {};
  for await (const line of createInterface(server.stdout)) {
    const [, name, value] = /^ {2}export (\w+)=(.+)$/.exec(line) ?? [];
    if (name) variables[name] = value;
    if (line.startsWith("Serving at")) break;
  }
  return variables;
}

test("a repair through a local server, with the runtime's own fetch", async () => {
  const variables = await environment();
  const nexthink = createClient({
    instance: variables.NEXTHINK_INSTANCE,
    region: variables.NEXTHINK_REGION,
    credentials: { clientId: variables.NEXTHINK_CLIENT_ID, clientSecret: variables.NEXTHINK_CLIENT_SECRET },
    apiUrl: variables.NEXTHINK_API_URL,
    tokenUrl: variables.NEXTHINK_TOKEN_URL,
  });
  const employee = { username: "amartin" };
  const [device] = await nexthink.identify(employee);
  assert.equal(device.name, "AMARTIN-LT");
  const diagnosis = await nexthink.diagnose("outlook", device);
  const proposal = nexthink.propose(diagnosis, "offline", { employee });
  const run = await nexthink.remediate(proposal.token);
  assert.equal(run.accepted, true);
  const again = await nexthink.progress(run);
  assert.equal(again.requestId, run.requestId);

  server.kill();
  await new Promise((resolve) => server.once("exit", resolve));
  await assert.rejects(nexthink.identify(employee), { name: "NexthinkError", kind: "network", sideEffect: "none" });
});
