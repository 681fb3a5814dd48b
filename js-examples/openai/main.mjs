// A chat in the terminal: `npm start`. Without a tenant of yours a simulated one, without a key for a model a scripted one.

import { createInterface } from "node:readline/promises";
import { createClient } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";
import OpenAI from "openai";
import { beginChat } from "./chat.mjs";
import { rehearsal } from "./rehearsal.mjs";

const { NEXTHINK_INSTANCE: instance, NEXTHINK_REGION: region, NEXTHINK_EMPLOYEE: username = "amartin" } = process.env;
const { NEXTHINK_CLIENT_ID: clientId, NEXTHINK_CLIENT_SECRET: clientSecret } = process.env;
const { NEXTHINK_API_URL: apiUrl, NEXTHINK_TOKEN_URL: tokenUrl } = process.env;
const tenant = { instance, region, apiUrl, tokenUrl, credentials: { clientId, clientSecret } };
const nexthink = createClient(instance ? tenant : createSimulator({ speed: 60 }).client);

const { OPENAI_API_KEY: apiKey, OPENAI_MODEL: model = "gpt-5" } = process.env;
const openai = apiKey ? new OpenAI({ apiKey }) : rehearsal();
if (!apiKey)
  console.log("OPENAI_API_KEY is not set: a script speaks in the model's place, about an Outlook that is offline.");

const terminal = createInterface(process.stdin, process.stdout);
terminal.on("close", () => process.exit());

/** Asks the person, and not the model. Whatever is not a yes is a no. */
const isYes = async (question) => /^(y|yes)$/i.test((await terminal.question(`${question} (yes/no) `)).trim());

async function approve({ title, reason, device, risk }) {
  if (!(await isYes(`\nMay I run “${title}” on ${device.name}? ${reason}.`))) return false;
  return risk !== "disruptive" || isYes("It interrupts your work. Really now?");
}

// In your chatbot: the session's, as whoever signed them in says it. No tool takes it, so no message can change it.
const employee = { username };
const say = beginChat({ openai, model, tools: nexthink.tools({ employee, approve, strict: true }) });
console.log(`You are ${username}. An empty line ends it.\n`);
for (let text = await hear(); text !== ""; text = await hear()) {
  console.log(`\nAssistant: ${await say(text).catch(({ message }) => `I cannot answer now (${message}).`)}\n`);
}
terminal.close();

async function hear() {
  return (await terminal.question("You: ")).trim();
}
