// The stores of Cloudflare, by the runtime that Cloudflare runs: Durable Objects do what every store must, and a Worker
// that uses them triggers once; Workers KV is refused.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { serveHeldTenant } from "./held-tenant.mjs";
import { startWorker } from "./workerd/running-worker.mjs";

const options = { timeout: 30_000 };

/** A tenant, and Workers that share the Durable Objects and nothing else. */
async function arrive(context, { isSqlite = true, hold } = {}) {
  const tenant = await serveHeldTenant(context, { hold });
  const worker = await startWorker(context, {
    compatibilityDate: "2026-04-01",
    bindings: { CLIENT: tenant.client },
    source: { entryPoints: [fileURLToPath(new URL("workerd/store-worker.mjs", import.meta.url))] },
    storage: {
      durableObjects: { NEXTHINK_STORE: { className: "StoreEntry", useSQLite: isSqlite } },
      kvNamespaces: ["KV"],
    },
  });
  const triggers = () => tenant.requests().filter(({ path }) => path.endsWith("/act/execute")).length;
  const ask = async (path, parameters) => {
    const { status, body } = await worker.ask(path, parameters).answer;
    assert.equal(status, 200, JSON.stringify(body));
    return body;
  };
  return { tenant, ask, triggers };
}

for (const isSqlite of [true, false]) {
  test(`a store in Durable Objects, ${isSqlite ? "with" : "without"} SQLite`, options, async (context) => {
    const { ask } = await arrive(context, { isSqlite });
    const outcomes = await ask("/checks");
    assert.ok(outcomes.length >= 10);
    assert.deepEqual(
      outcomes.filter(([, outcome]) => outcome !== "ok"),
      [],
    );
    // What is over its time is removed, though nobody asks for it.
    await ask("/put", { key: "kept", ttlMs: 60_000 });
    await ask("/put", { key: "brief", ttlMs: 20 });
    while ((await ask("/count", { key: "brief" })) > 0);
    assert.equal(await ask("/count", { key: "kept" }), 1);
  });
}

test(
  "overlapping requests of a Worker with a store in Durable Objects trigger a proposal once",
  options,
  async (context) => {
    const { tenant, ask, triggers } = await arrive(context, { hold: (path) => path.endsWith("/act/execute") });
    const { token, id } = await ask("/proposal");
    let answered = 0;
    const asked = Array.from({ length: 10 }, async () => {
      const run = await ask("/remediate", { token });
      answered += 1;
      // Nine of them are answered while the request of the tenth is under way.
      if (answered === 9) tenant.release();
      return run;
    });
    const runs = await Promise.all(asked);
    assert.deepEqual([new Set(runs.map((run) => run.id)), triggers()], [new Set([id]), 1]);
    assert.deepEqual(
      runs.map(({ state }) => state).filter((state) => state !== "pending"),
      ["accepted"],
    );
  },
);

test("Workers KV shares a token, and is refused for what must happen once", options, async (context) => {
  const { ask, triggers } = await arrive(context);
  const { kind, sideEffect, hint, keys } = await ask("/key-value");
  assert.deepEqual([kind, sideEffect, triggers()], ["refused", "none", 0]);
  assert.match(hint, /Durable Objects can, Workers KV cannot/);
  assert.deepEqual(keys.length, 1);
});
