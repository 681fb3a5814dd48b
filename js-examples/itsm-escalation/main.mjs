// A repair that fails, and the ticket that comes of it: `npm start`. Without a tenant and a ServiceNow of yours, both are
// simulated.

import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline/promises";
import { createClient, render } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";
import { startDesk } from "./desk.mjs";
import { openIncident } from "./service-now.mjs";

/** How much faster than ours the simulated tenant's time passes. */
const speed = 60;

function simulated() {
  const tenant = createSimulator({ speed });
  tenant.set("AMARTIN-LT", { remediationFailure: "Access to the registry was denied." });
  return tenant.client;
}

const { NEXTHINK_INSTANCE: instance, NEXTHINK_REGION: region, NEXTHINK_EMPLOYEE: username = "amartin" } = process.env;
const { NEXTHINK_CLIENT_ID: clientId, NEXTHINK_CLIENT_SECRET: clientSecret } = process.env;
const { SERVICENOW_URL: url, SERVICENOW_USER: user, SERVICENOW_PASSWORD: password } = process.env;
const nexthink = createClient(instance ? { instance, region, credentials: { clientId, clientSecret } } : simulated());
const desk = url ? { url, user, password } : await startDesk();

// In your chatbot: the session's, as whoever signed them in says it, never what a message or a model says.
const employee = { username };
// In your chatbot: kept with the state from the first turn on, so that the conversation keeps its ticket.
const conversation = randomUUID();

/** In a real tenant a person answers: what they agree to is really done. */
const terminal = instance && createInterface(process.stdin, process.stdout);
function answerTo({ status }) {
  if (terminal) return terminal.question("> ");
  const text = status === "awaiting-consent" ? "yes" : "I want to talk to a person";
  console.log(`> ${text}\n`);
  return text;
}

const assistant = nexthink.assistant();
const show = (turn) => {
  const text = render(turn, "text");
  if (text) console.log(`${text}\n`);
};
let turn = await assistant.start({ employee, text: "Outlook says it is offline" });
show(turn);
while (!["solved", "escalated", "ended"].includes(turn.status)) {
  if (turn.resumeAfterMs === undefined) {
    turn = await assistant.reply(turn.state, { text: await answerTo(turn) });
  } else {
    await new Promise((resolve) => setTimeout(resolve, turn.resumeAfterMs / (instance ? 1 : speed)));
    turn = await assistant.resume(turn.state);
  }
  show(turn);
}

terminal?.close();

if (turn.escalation) {
  const { number } = await openIncident(desk, conversation, turn.escalation);
  console.log(`The service desk knows all of this, as ${number}.`);
  const again = await openIncident(desk, conversation, turn.escalation);
  console.log(`A platform that delivers the same message twice gets ${again.number}.`);
  if (!url) {
    const [incident] = desk.tables.incident;
    console.log(`\n${incident.short_description}\n${incident.description}`);
    console.log(`\n${desk.tables.attachment.length} attachment, ${desk.tables.incident.length} incident`);
    desk.close();
  }
}
