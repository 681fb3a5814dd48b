// The workflow in the terminal, without n8n: `npm start`. Its Code node runs as in n8n; this program is the webhook, the chat and its
// server, which keeps the state. The tenant is simulated, and served over HTTP, because each message is an execution of its own.

import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createInterface } from "node:readline/promises";
import { toNodeListener } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";
import { runCodeNode } from "./sandbox.mjs";

const { nodes } = JSON.parse(readFileSync(new URL("workflow.json", import.meta.url), "utf8"));
const { jsCode } = nodes.find(({ type }) => type === "n8n-nodes-base.code").parameters;

const speed = 60;
const isReal = Boolean(process.env.NEXTHINK_INSTANCE);
const env = isReal ? process.env : await serveTenant();
const headers = { "x-employee": process.env.NEXTHINK_EMPLOYEE ?? "amartin" };

const terminal = createInterface(process.stdin, process.stdout);
terminal.on("close", () => process.exit());
let turn = { messages: [] };
for (;;) {
  const choices = turn.messages.flatMap((message) => message.choices);
  const waits = turn.resumeAfterMs;
  if (waits > 0) await new Promise((resolve) => setTimeout(resolve, waits / (isReal ? 1 : speed)));
  const typed = waits === undefined ? (await terminal.question("\nYou: ")).trim() : "";
  const choice = choices[Number(typed) - 1]?.id;
  const body = { state: turn.state, ...(choice ? { choice } : typed && { text: typed }) };
  turn = await runCodeNode(jsCode, { headers, body }, env);
  for (const { text, items, choices } of turn.messages) {
    console.log([`\nBot: ${text}`, ...items.map((item) => `  - ${item}`)].join("\n"));
    for (const [index, { label }] of choices.entries()) console.log(`  ${index + 1}. ${label}`);
  }
}

/** A simulated tenant over HTTP, as the environment names it. */
async function serveTenant() {
  const tenant = createSimulator({ speed });
  const server = createServer(toNodeListener(tenant.fetch));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = `http://127.0.0.1:${server.address().port}`;
  return {
    NEXTHINK_INSTANCE: tenant.instance,
    NEXTHINK_REGION: tenant.region,
    NEXTHINK_CLIENT_ID: tenant.credentials.clientId,
    NEXTHINK_CLIENT_SECRET: tenant.credentials.clientSecret,
    NEXTHINK_API_URL: address,
    NEXTHINK_TOKEN_URL: `${address}/oauth2/default/v1/token`,
  };
}
