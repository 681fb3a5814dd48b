// The life of a client: made, used, dropped. A chatbot that serves many tenants, or a function that is called with other
// credentials each time, has many of them. Its tenant is there at once, so that 100,000 lives take minutes.

import { setImmediate as turn } from "node:timers/promises";
import { answers, queries, token } from "./answers.mjs";
import { parameters } from "./variants.mjs";

const encoder = new TextEncoder();
const bodyOf = (text) => encoder.encode(text);
const tokenBody = bodyOf(token);
const rowBody = bodyOf(answers.get(queries.oneRow).body);
const headers = { get: (name) => (name === "content-type" ? "application/json" : null) };

/** A tenant's `fetch`, a new one each time: clients of one `fetch` share what they remember, those of others do not. */
export function tenantAtOnce() {
  return async (url) => {
    // As every answer that comes from outside: only between turns of the event loop is finalized what was dropped.
    await turn();
    const bytes = url.endsWith("/token") ? tokenBody : rowBody;
    return { status: 200, headers, arrayBuffer: async () => bytes.slice().buffer };
  };
}

/** @param {typeof import("nexthink-chatbot").createClient} createClient @param {Function} fetch the tenant's */
export async function live(createClient, fetch) {
  const credentials = { clientId: "soak", clientSecret: "not a secret" };
  const nexthink = createClient({ instance: "acme", region: "eu", credentials, fetch });
  const { rows } = await nexthink.nql.execute(queries.oneRow, parameters);
  const [device] = await nexthink.identify(parameters);
  if (rows.length !== 1 || device.name !== "PC-1000") throw new Error("the tenant was not understood");
}
