// Webhooks of the simulated tenant, made by the ready templates: which run they are about, and whether they came before.

import assert from "node:assert/strict";
import { test } from "node:test";
import { hour, post, readyTemplates, saying, secret, triggered } from "./webhook-desk.mjs";

test("the tenant's webhook by the ready template finds its run, whose end the tenant itself tells", async () => {
  const { tenant, nexthink, remediate } = await triggered();
  const [{ name, query, resource, payload }] = readyTemplates();
  const credential = { type: "basic", username: "nexthink", password: secret };
  tenant.addWebhook({ name, query, resource, payload, url: "https://bot.example", credential });
  const run = await remediate();
  tenant.advance(hour);
  const deliveries = tenant.deliveries();
  assert.ok(deliveries.length > 0);
  for (const [index, { method, url, headers, body }] of deliveries.entries()) {
    const event = await nexthink.webhook(new Request(url, { method, headers, body }), { secret });
    assert.equal(event.kind, "remote-action");
    assert.equal(event.data.requestId, run.requestId);
    assert.equal(event.data.collectorUid, run.device.collectorUid);
    assert.deepEqual([event.run.id, event.run.state, event.run.ran], [run.id, "succeeded", true]);
    assert.deepEqual(event.run.employee, { username: "amartin" });
    assert.deepEqual(
      [event.duplicate, event.stale],
      [deliveries.slice(0, index).some((one) => one.body === body), false],
    );
  }
});

test("a webhook's own word is not believed: the run is as the tenant tells of it", async () => {
  const { tenant, nexthink, remediate } = await triggered();
  const run = await remediate();
  const early = await nexthink.webhook(post(saying(run)), { secret });
  assert.equal(early.run.id, run.id);
  assert.ok(!["succeeded", "failed"].includes(early.run.state) && early.run.endedAt === undefined, early.run.state);
  tenant.advance(hour);
  const wrong = await nexthink.webhook(post(saying(run, { status: "failure" })), { secret });
  assert.deepEqual([wrong.run.state, wrong.data.status], ["succeeded", "failure"]);
});

test("sent twice, out of order and late, it says so, and the run never goes backwards", async () => {
  const { tenant, nexthink, remediate } = await triggered();
  const run = await remediate();
  tenant.advance(2 * hour);
  const arrived = [];
  for (const more of [
    { status: "success" },
    { status: "in progress" },
    { status: "success" },
    { time: "2026-11-18T11:00:00Z" },
  ]) {
    const { run: found, duplicate, stale } = await nexthink.webhook(post(saying(run, more)), { secret });
    assert.equal(found.state, "succeeded");
    arrived.push([duplicate, stale]);
  }
  assert.deepEqual(arrived, [
    [false, true],
    [false, true],
    [true, true],
    [false, false],
  ]);
  const { stale } = await nexthink.webhook(post(saying(run)), { secret, maxAgeMs: 3 * hour });
  assert.equal(stale, false);
});

test("of an unknown run, or one of which only a part agrees, there is none", async () => {
  const { nexthink, client, remediate } = await triggered();
  const run = await remediate();
  const found = async (more, options) =>
    (await nexthink.webhook(post(saying(run, more)), { secret, ...options })).run?.id;
  assert.equal(await found({ requestId: undefined }), run.id);
  for (const more of [
    { externalReference: "INC-8#p-0000000000000000" },
    { externalReference: `INC-8#${run.id}` },
    { requestId: "00000000-0000-4000-8000-000000000000" },
    { externalReference: "../../x:y" },
    { externalReference: "", requestId: "" },
    { externalReference: 7, requestId: {} },
    { kind: "alert" },
    { externalReference: undefined },
  ]) {
    assert.equal(await found(more), undefined, JSON.stringify(more));
  }
  assert.equal(await found({ externalReference: undefined }, { runs: [run] }), run.id);
  // Another process without the ledger knows it only from who keeps it.
  const elsewhere = client({ store: memoryStore() });
  const { run: unknown } = await elsewhere.webhook(post(saying(run, { time: undefined })), { secret });
  assert.equal(unknown, undefined);
});

test("`timeoutMs` is for all that is asked for a webhook, not for each of it", async (context) => {
  const { client, remediate } = await triggered();
  const run = await remediate();
  // Each access takes 400 ms; none of the three calls takes a second.
  let passed = 0;
  const begun = Date.now();
  context.mock.method(Date, "now", () => begun + passed);
  const slow = async (answer) => {
    passed += 400;
    return answer;
  };
  const store = { atomic: true, get: () => slow(), putIfAbsent: () => slow(true), replace: () => slow(true) };
  const nearly = client({ store }).webhook(post(saying(run)), { secret, runs: [run] }, { timeoutMs: 1_000 });
  await assert.rejects(nearly, { kind: "timeout" });
  await client({ store }).webhook(post(saying(run)), { secret, runs: [run] }, { timeoutMs: 10_000 });
});

/** A store of several processes, which can fail. */
function memoryStore() {
  const held = new Map();
  const keys = [];
  let isBroken = false;
  return {
    atomic: true,
    keys,
    breakDown: (yes) => {
      isBroken = yes;
    },
    get: async (key) => held.get(key),
    putIfAbsent: async (key, value, { ttlMs }) => {
      if (isBroken) throw new Error("down");
      keys.push([key, ttlMs]);
      if (held.has(key)) return false;
      held.set(key, value);
      return true;
    },
    replace: async (key, expected, value) => {
      if (held.get(key) !== expected) return false;
      held.set(key, value);
      return true;
    },
  };
}

test("processes with one store know of each other's webhooks, and one that could not be noted may come again", async () => {
  const store = memoryStore();
  const { tenant, client, remediate } = await triggered({ store });
  const run = await remediate();
  tenant.advance(hour);
  const take = (nexthink) => nexthink.webhook(post(saying(run)), { secret });
  store.breakDown(true);
  await assert.rejects(take(client()));
  store.breakDown(false);
  tenant.inject({ operation: "nql/execute", kind: "status", status: 503, times: 1 });
  const [first, second] = [await take(client({ maxRetries: 0 })).catch(() => take(client())), await take(client())];
  assert.deepEqual([first.duplicate, second.duplicate], [false, true]);
  assert.deepEqual([first.run.state, second.run.state], ["succeeded", "succeeded"]);
  const [[key, ttlMs]] = store.keys.filter(([name]) => name.includes(":webhook:"));
  assert.match(key, /^nexthink-chatbot:acme\.eu:webhook:[\w-]{43}$/);
  assert.equal(ttlMs, 24 * hour);
});
