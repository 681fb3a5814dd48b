// The client of the tenant: one for all that an isolate does.

import { createClient } from "nexthink-chatbot";
import { durableObjectStore } from "../../stores/durable-object.mjs";
import { directoryIn } from "./directory.mjs";

let nexthink;

export function clientOf(env) {
  nexthink ??= createClient({
    instance: env.NEXTHINK_INSTANCE,
    region: env.NEXTHINK_REGION,
    credentials: { clientId: env.NEXTHINK_CLIENT_ID, clientSecret: env.NEXTHINK_CLIENT_SECRET },
    ...(env.NEXTHINK_API_URL && { apiUrl: env.NEXTHINK_API_URL }),
    ...(env.NEXTHINK_TOKEN_URL && { tokenUrl: env.NEXTHINK_TOKEN_URL }),
    // The ledger: every Worker and every Durable Object, wherever it runs, knows what was triggered.
    store: durableObjectStore(env.NEXTHINK_STORE),
    directory: directoryIn(env.FILES),
  });
  return nexthink;
}
