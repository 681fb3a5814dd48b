// Starts the bot: `npm start`, or `npm run start:botbuilder`. With a simulated tenant, as long as the environment names none of
// yours.

import { setTimeout as wait } from "node:timers/promises";
import express from "express";
import { createClient } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";
import { handOverTo } from "../service-desk/hand-over.mjs";
import { agentsHandler } from "./agents-sdk.mjs";
import { botBuilderHandler } from "./bot-builder.mjs";

const { BOT_ID, BOT_SECRET, BOT_TENANT, PORT = "3978", SERVICE_DESK_URL } = process.env;
const { NEXTHINK_INSTANCE: instance, NEXTHINK_REGION: region } = process.env;
const { NEXTHINK_CLIENT_ID: clientId, NEXTHINK_CLIENT_SECRET: clientSecret } = process.env;
if (instance && !BOT_ID) throw new Error("BOT_ID is not set: without it anybody could say that they are Teams");

const tenant = instance
  ? { instance, region, credentials: { clientId, clientSecret } }
  : createSimulator({ speed: 20 }).client;

const handlerFor = process.argv[2] === "botbuilder" ? botBuilderHandler : agentsHandler;
const handler = handlerFor({
  nexthink: createClient(tenant),
  handOver: handOverTo(SERVICE_DESK_URL),
  // A simulated tenant's time passes faster than ours.
  sleep: tenant.host?.sleep ?? wait,
  // Nobody in your directory has an account there: everybody is Alice Martin, whose Outlook works offline.
  ...(!instance && { employeeOf: async () => ({ username: "amartin" }) }),
  account: { clientId: BOT_ID, clientSecret: BOT_SECRET, tenantId: BOT_TENANT },
});

const server = express()
  .post("/api/messages", express.json(), handler)
  .listen(Number(PORT), () =>
    console.log(`Messages are taken at http://localhost:${server.address().port}/api/messages`),
  );
