// What AWS calls: `index.handler`. Made once in each instance of the function, and used again as long as that is warm.

import { createClient } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";
import { handOverTo } from "../service-desk/hand-over.mjs";
import { redisStore } from "../stores/redis.mjs";
import { authenticated } from "./employee.mjs";
import { handlerFor } from "./handler.mjs";

const { NEXTHINK_INSTANCE: instance, NEXTHINK_REGION: region, REDIS_URL, SERVICE_DESK_URL } = process.env;
const { NEXTHINK_CLIENT_ID: clientId, NEXTHINK_CLIENT_SECRET: clientSecret } = process.env;

const tenant = instance
  ? { instance, region, credentials: { clientId, clientSecret }, store: await sharedStore() }
  : createSimulator({ speed: 20 }).client;

export const handler = handlerFor(createClient(tenant), handOverTo(SERVICE_DESK_URL), authenticated);

/** Lambda runs as many instances as it likes: without a ledger that they share, two could trigger the same repair. */
async function sharedStore() {
  if (!REDIS_URL) throw new Error("REDIS_URL is not set: instances that share no store could repair a device twice");
  const { createClient: connect } = await import("redis");
  const redis = connect({ url: REDIS_URL });
  // It connects again by itself; an error that nobody listens to would end the process.
  redis.on("error", ({ message }) => console.error(`the store: ${message}`));
  await redis.connect();
  return redisStore((...words) => redis.sendCommand(words));
}
