// A store in Durable Objects, for Cloudflare Workers: an object for each key, which does one thing after the other.
//
// In wrangler.toml:
//   [[durable_objects.bindings]]
//   name = "NEXTHINK_STORE"
//   class_name = "StoreEntry"
//   [[migrations]]
//   tag = "v1"
//   new_sqlite_classes = ["StoreEntry"]

import { DurableObject } from "cloudflare:workers";

/** One entry. Export it from your Worker. */
export class StoreEntry extends DurableObject {
  async read() {
    const entry = await this.ctx.storage.get("entry");
    return entry && Date.now() < entry.until ? entry.value : undefined;
  }

  /** Puts a value where `expected` stands, or nothing. Nobody comes between: storage holds other calls back. */
  async put(expected, value, ttlMs) {
    if ((await this.read()) !== expected) return false;
    const until = Date.now() + ttlMs;
    this.ctx.storage.put("entry", { value, until });
    await this.ctx.storage.setAlarm(until);
    return true;
  }

  async alarm() {
    const entry = await this.ctx.storage.get("entry");
    // It may come a little early, or be that of a value that was replaced meanwhile.
    if (entry && Date.now() < entry.until) await this.ctx.storage.setAlarm(entry.until);
    else await this.ctx.storage.deleteAll();
  }
}

/**
 * @param {DurableObjectNamespace} namespace the binding: `durableObjectStore(env.NEXTHINK_STORE)`
 * @returns {import("nexthink-chatbot").Store}
 */
export function durableObjectStore(namespace) {
  // A stub belongs to the request that made it, so each call makes its own.
  const entry = (key) => namespace.get(namespace.idFromName(key));
  return {
    atomic: true,
    get: (key) => entry(key).read(),
    putIfAbsent: (key, value, { ttlMs }) => entry(key).put(undefined, value, ttlMs),
    replace: (key, expected, value, { ttlMs }) => entry(key).put(expected, value, ttlMs),
  };
}
