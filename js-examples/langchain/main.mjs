// A chat in the terminal: `npm start`. Without a tenant of yours a simulated one, without a key for a model a scripted one.

import { createInterface } from "node:readline/promises";
import { initChatModel } from "langchain/chat_models/universal";
import { createClient } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";
import { beginChat } from "./chat.mjs";
import { Rehearsal } from "./rehearsal.mjs";

const { NEXTHINK_INSTANCE: instance, NEXTHINK_REGION: region, NEXTHINK_EMPLOYEE: username = "amartin" } = process.env;
const { NEXTHINK_CLIENT_ID: clientId, NEXTHINK_CLIENT_SECRET: clientSecret } = process.env;
const { NEXTHINK_API_URL: apiUrl, NEXTHINK_TOKEN_URL: tokenUrl } = process.env;
const tenant = { instance, region, apiUrl, tokenUrl, credentials: { clientId, clientSecret } };
const nexthink = createClient(instance ? tenant : createSimulator({ speed: 60 }).client);

// `AI_MODEL=openai:gpt-5`: LangChain imports the package of that provider, and says which one is to be installed.
const { AI_MODEL } = process.env;
const model = AI_MODEL ? await initChatModel(AI_MODEL) : new Rehearsal({});
if (!AI_MODEL)
  console.log("AI_MODEL is not set: a script speaks in the model's place, about an Outlook that is offline.");

const terminal = createInterface(process.stdin, process.stdout);
terminal.on("close", () => process.exit());

/** Asks the person, and not the model. Whatever is not a yes is a no. */
const isYes = async (question) => /^(y|yes)$/i.test((await terminal.question(`${question} (yes/no) `)).trim());

async function ask({ title, reason, device, risk }) {
  if (!(await isYes(`\nMay I run “${title}” on ${device.name}? ${reason}.`))) return false;
  return risk !== "disruptive" || isYes("It interrupts your work. Really now?");
}

// In your chatbot: the session's, as whoever signed them in says it. No tool takes it, so no message can change it.
const employee = { username };
const say = beginChat({ model, tools: nexthink.tools({ employee, approve: "by-kit" }), ask });
console.log(`You are ${username}. An empty line ends it.\n`);
for (let text = await hear(); text !== ""; text = await hear()) {
  console.log(`\nAssistant: ${await say(text).catch(({ message }) => `I cannot answer now (${message}).`)}\n`);
}
terminal.close();

async function hear() {
  return (await terminal.question("You: ")).trim();
}
