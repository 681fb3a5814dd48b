// The client of the tenant: one for all that an isolate does. With a simulated tenant, as long as no variable names yours; leave
// that out where you have one: it is a third of what is uploaded.

import { createClient } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";
import { durableObjectStore } from "../../stores/durable-object.mjs";

let nexthink;

export function clientOf(env) {
  nexthink ??= createClient({
    ...(env.NEXTHINK_INSTANCE ? tenantOf(env) : createSimulator({ speed: 20 }).client),
    // The ledger: every Worker and every Durable Object, wherever it runs, knows what was triggered.
    store: durableObjectStore(env.NEXTHINK_STORE),
  });
  return nexthink;
}

const tenantOf = (env) => ({
  instance: env.NEXTHINK_INSTANCE,
  region: env.NEXTHINK_REGION,
  credentials: { clientId: env.NEXTHINK_CLIENT_ID, clientSecret: env.NEXTHINK_CLIENT_SECRET },
  // Where it is not at its usual address.
  ...(env.NEXTHINK_API_URL && { apiUrl: env.NEXTHINK_API_URL, tokenUrl: env.NEXTHINK_TOKEN_URL }),
});
