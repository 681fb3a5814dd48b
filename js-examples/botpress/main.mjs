// A bot in the terminal that calls the action as Botpress does, by the integration's handler: `npm start`.

import { randomBytes } from "node:crypto";
import { createInterface } from "node:readline/promises";
import integration from "./src/integration.mjs";
import { sessionOf } from "./src/session.mjs";

const { NEXTHINK_INSTANCE: instance, NEXTHINK_REGION: region, NEXTHINK_EMPLOYEE: username = "amartin" } = process.env;
const { NEXTHINK_CLIENT_ID: clientId, NEXTHINK_CLIENT_SECRET: clientSecret } = process.env;
const sessionKey = randomBytes(32).toString("hex");
const tenant = instance ? { instance, region, clientId, clientSecret } : {};
const configuration = Buffer.from(JSON.stringify({ ...tenant, sessionKey })).toString("base64");
// What your site does where it opens the chat for somebody who has signed in.
const session = sessionOf({ username }, sessionKey);

async function callAction(input) {
  const headers = {
    "x-bp-operation": "action_triggered",
    "x-bp-type": "converse",
    "x-bp-configuration": configuration,
    "x-bot-id": "bot",
    "x-bot-user-id": "bot-user",
    "x-integration-id": "integration",
    "x-integration-alias": "nexthink",
    "x-webhook-id": "webhook",
  };
  const body = JSON.stringify({ type: "converse", input: { session, ...input } });
  const response = await integration.handler({ method: "POST", path: "/", query: "", headers, body });
  const answered = JSON.parse(response.body);
  if ((response.status ?? 200) !== 200) throw new Error(answered.message);
  return answered.output;
}

const terminal = createInterface(process.stdin, process.stdout);
terminal.on("close", () => process.exit());
let turn = { state: "", choices: [] };
for (;;) {
  const [given = ""] = turn.resumeAfterMs >= 0 ? [] : [await terminal.question("\nYou: ")];
  if (turn.resumeAfterMs > 0)
    await new Promise((resolve) => setTimeout(resolve, turn.resumeAfterMs / (instance ? 1 : 60)));
  const choice = turn.choices[Number(given) - 1]?.value;
  turn = await callAction({ state: turn.state, ...(choice ? { choice } : given && { text: given }) });
  if (turn.text) console.log(`\nBot: ${turn.text}`);
  for (const [index, { label }] of turn.choices.entries()) console.log(`  ${index + 1}. ${label}`);
}
