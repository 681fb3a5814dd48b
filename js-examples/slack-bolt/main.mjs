// Starts the app: `npm start`. With a simulated tenant, as long as the environment names none of yours.

import { setTimeout as wait } from "node:timers/promises";
import { createClient } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";
import { handOverTo } from "../service-desk/hand-over.mjs";
import { appFor } from "./app.mjs";

const { SLACK_BOT_TOKEN: token, SLACK_SIGNING_SECRET: signingSecret, PORT = "3000", SERVICE_DESK_URL } = process.env;
const { NEXTHINK_INSTANCE: instance, NEXTHINK_REGION: region } = process.env;
const { NEXTHINK_CLIENT_ID: clientId, NEXTHINK_CLIENT_SECRET: clientSecret } = process.env;
if (!token || !signingSecret)
  throw new Error("SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET are not set: the README says whence");

const tenant = instance
  ? { instance, region, credentials: { clientId, clientSecret } }
  : createSimulator({ speed: 20 }).client;

const app = appFor({
  nexthink: createClient(tenant),
  handOver: handOverTo(SERVICE_DESK_URL),
  // A simulated tenant's time passes faster than ours.
  sleep: tenant.host?.sleep ?? wait,
  // Nobody in your workspace has an account there: everybody is Alice Martin, whose Outlook works offline.
  ...(!instance && { employeeOf: async () => ({ username: "amartin" }) }),
  slack: { token, signingSecret },
});
const server = await app.start(Number(PORT));
console.log(`Slack's requests are taken at http://localhost:${server.address().port}/slack/events`);
