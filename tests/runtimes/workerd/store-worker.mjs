// A Worker with stores that Cloudflare offers: Durable Objects, which serve, and Workers KV, which `remediate` refuses.

import { createClient } from "nexthink-chatbot";
import { durableObjectStore, StoreEntry as Entry } from "../../../js-examples/stores/durable-object.mjs";
import { storeChecks } from "../../js/store-conformance.mjs";

/** An entry that tells how much it stores. */
export class StoreEntry extends Entry {
  async count() {
    return (await this.ctx.storage.list()).size;
  }
}

/** What can be made of Workers KV: it cannot look and write in one step. */
const keyValueStore = (namespace) => {
  const put = async (key, expected, value, { ttlMs }) => {
    if (((await namespace.get(key)) ?? undefined) !== expected) return false;
    await namespace.put(key, value, { expirationTtl: Math.max(60, Math.ceil(ttlMs / 1_000)) });
    return true;
  };
  return {
    atomic: false,
    get: (key) => namespace.get(key),
    putIfAbsent: (key, value, options) => put(key, undefined, value, options),
    replace: put,
  };
};

/** One client for all requests of the isolate. */
let nexthink;
const clientOf = ({ CLIENT, NEXTHINK_STORE }) => {
  nexthink ??= createClient({ ...CLIENT, store: durableObjectStore(NEXTHINK_STORE) });
  return nexthink;
};

const employee = { username: "amartin" };

async function proposed(client) {
  const [device] = await client.identify(employee);
  return client.propose(await client.diagnose("outlook", device), "offline", { employee });
}

const paths = {
  /** What is wrong with the store in Durable Objects, check by check. */
  async "/checks"({ NEXTHINK_STORE }) {
    const outcomes = storeChecks.map(({ name, check }) =>
      check(() => durableObjectStore(NEXTHINK_STORE)).then(
        () => [name, "ok"],
        (error) => [name, String(error)],
      ),
    );
    return Promise.all(outcomes);
  },

  async "/proposal"(env) {
    return proposed(clientOf(env));
  },

  async "/remediate"(env, { token }) {
    return clientOf(env).remediate(token);
  },

  async "/put"({ NEXTHINK_STORE }, { key, ttlMs }) {
    return durableObjectStore(NEXTHINK_STORE).putIfAbsent(key, "value", { ttlMs: Number(ttlMs) });
  },

  async "/count"({ NEXTHINK_STORE }, { key }) {
    return NEXTHINK_STORE.get(NEXTHINK_STORE.idFromName(key)).count();
  },

  async "/key-value"({ CLIENT, KV }) {
    const client = createClient({ ...CLIENT, store: keyValueStore(KV), shareToken: true });
    const { token } = await proposed(client);
    const refused = await client.remediate(token).catch(({ kind, sideEffect, hint }) => ({ kind, sideEffect, hint }));
    const { keys } = await KV.list();
    return { ...refused, keys: keys.map(({ name }) => name) };
  },
};

export default {
  async fetch(request, env) {
    const { pathname, searchParams } = new URL(request.url);
    try {
      return Response.json((await paths[pathname](env, Object.fromEntries(searchParams))) ?? null);
    } catch (error) {
      return Response.json({ error: String(error), stack: error.stack, hint: error.hint }, { status: 500 });
    }
  },
};
