// The tenant: yours, of the environment, or a simulated one, of which each route has its own.

import { createClient } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";
import { redisStore } from "../../stores/redis.mjs";

const { NEXTHINK_INSTANCE: instance, NEXTHINK_REGION: region } = process.env;
const { NEXTHINK_CLIENT_ID: clientId, NEXTHINK_CLIENT_SECRET: clientSecret } = process.env;
// Where the tenant is not at its usual address.
const { NEXTHINK_API_URL: apiUrl, NEXTHINK_TOKEN_URL: tokenUrl } = process.env;
const { KV_REST_API_URL, KV_REST_API_TOKEN } = process.env;

export const isSimulated = !instance;

export const nexthink = createClient(
  isSimulated
    ? createSimulator({ speed: 20 }).client
    : {
        instance,
        region,
        credentials: { clientId, clientSecret },
        ...(apiUrl && { apiUrl, tokenUrl }),
        store: sharedStore(),
      },
);

/** There are as many instances as there are requests: without a ledger that they share, two could trigger the same repair. */
function sharedStore() {
  if (!KV_REST_API_URL)
    throw new Error("KV_REST_API_URL is not set: instances that share no store could repair a device twice");
  // Redis over HTTP, as Upstash has it, which works on the edge, too.
  return redisStore(async (...words) => {
    const headers = { authorization: `Bearer ${KV_REST_API_TOKEN}` };
    const response = await fetch(KV_REST_API_URL, {
      method: "POST",
      headers,
      body: JSON.stringify(words),
      cache: "no-store",
    });
    const { result, error } = await response.json();
    if (error !== undefined) throw new Error(`the store has failed: ${error}`);
    return result;
  });
}
