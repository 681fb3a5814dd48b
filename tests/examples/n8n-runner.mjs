// A task runner of n8n's kind, in a process of its own: it loads what is allowed, freezes what nodes could tamper with, as n8n does
// in its secure mode, and then runs Code nodes that its parent sends.

import { createRequire } from "node:module";
import { runCodeNode } from "../../js-examples/n8n/sandbox.mjs";

const load = createRequire(new URL("../../js-examples/n8n/sandbox.mjs", import.meta.url));
for (const name of ["nexthink-chatbot", "nexthink-chatbot/low-code"]) load(name);

for (const name of Object.getOwnPropertyNames(globalThis)) {
  const value = globalThis[name];
  if (typeof value !== "function") continue;
  if (value.prototype) Object.freeze(value.prototype);
  Object.freeze(value);
}
for (const value of [Reflect, JSON, Math]) Object.freeze(value);

process.on("message", async ({ id, code, item, env }) => {
  try {
    process.send({ id, json: await runCodeNode(code, item, env) });
  } catch (error) {
    process.send({ id, error: error.message });
  }
});
process.send("ready");
