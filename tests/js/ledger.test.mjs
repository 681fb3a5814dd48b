// At most once over several clients: the store that they share, and the second person who is asked.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";

const employee = { username: "amartin" };

/** A store in memory that takes its time, as one over a network does. */
function sharedStore() {
  const entries = new Map();
  const times = [];
  const pause = () => new Promise((resolve) => setTimeout(resolve));
  const put = async (key, expected, value, { ttlMs }) => {
    await pause();
    times.push(ttlMs);
    if (entries.get(key) !== expected) return false;
    entries.set(key, value);
    return true;
  };
  return {
    entries,
    times,
    atomic: true,
    get: async (key) => pause().then(() => entries.get(key)),
    putIfAbsent: (key, value, options) => put(key, undefined, value, options),
    replace: put,
  };
}

function arrive(options = {}) {
  const tenant = createSimulator({ speed: Number.POSITIVE_INFINITY, now: "2026-11-18T09:00:00Z" });
  const client = (more) => createClient({ ...tenant.client, ...options, ...more });
  const triggers = () => tenant.requests.filter(({ path }) => path.endsWith("/act/execute")).length;
  return { tenant, client, triggers };
}

async function proposed(nexthink) {
  const [device] = await nexthink.identify(employee);
  return nexthink.propose(await nexthink.diagnose("outlook", device), "offline", { employee });
}

const entryOf = (store, what) => JSON.parse([...store.entries].find(([key]) => key.includes(`:${what}:`))[1]);

test("clients that share a store trigger a proposal once, and tell each other what has become of it", async () => {
  const store = sharedStore();
  const { client, triggers } = arrive({ store });
  const [one, other] = [client(), client()];
  const { token, id } = await proposed(one);
  const runs = await Promise.all([one, other, one, other].map((nexthink) => nexthink.remediate(token)));
  assert.deepEqual([new Set(runs.map((run) => run.id)), triggers()], [new Set([id]), 1]);
  let run = runs[0];
  for await (run of one.follow(run));
  assert.equal(run.state, "succeeded");
  assert.deepEqual(await other.progress(runs[1]), run);
  assert.equal(other.solved(run, true).solved, true);
  // The store learns of it in the background.
  for (let looks = 0; entryOf(store, "run").run.solved !== true; looks += 1) {
    assert.ok(looks < 100);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  assert.equal(entryOf(store, "device").lease, undefined);
  // What is longer fires at once where a store forgets by a timer.
  assert.ok(
    store.times.every((ttlMs) => Number.isInteger(ttlMs) && ttlMs > 0 && ttlMs < 2 ** 31),
    store.times,
  );
  for (const [key, value] of store.entries) {
    assert.match(key, /^nexthink-chatbot:acme\.eu:(run|device):/);
    assert.ok(!value.includes(token));
  }
});

test("a store that is not atomic triggers nothing", async () => {
  for (const atomic of [false, undefined, "true", 1]) {
    const { client, triggers } = arrive({ store: { ...sharedStore(), atomic } });
    const nexthink = client();
    const { token } = await proposed(nexthink);
    await assert.rejects(nexthink.remediate(token), { kind: "refused", sideEffect: "none", message: /`store`/ });
    assert.equal(triggers(), 0);
  }
});

test("a store that fails before anything is sent keeps it from being sent, and what it threw is told to nobody", async () => {
  const { client, triggers } = arrive();
  const failing = async () => Promise.reject(new Error("redis://user:password@host"));
  const store = { ...sharedStore(), putIfAbsent: failing };
  const nexthink = client({ store });
  const { token } = await proposed(nexthink);
  const error = await nexthink.remediate(token).then(assert.fail, (thrown) => thrown);
  assert.deepEqual([error.kind, error.sideEffect, triggers()], ["network", "none", 0]);
  assert.ok(!JSON.stringify(error).includes("redis") && error.message.includes("`store`"), error.message);
});

test("a store that hangs while it is read holds a call for little longer than the call's own time", async (context) => {
  const { client, triggers } = arrive();
  const nexthink = client({ store: { ...sharedStore(), get: () => new Promise(() => {}) } });
  const { token } = await proposed(nexthink);
  const times = [];
  const { setTimeout: begin } = globalThis;
  context.mock.method(globalThis, "setTimeout", (fire, time, ...rest) => {
    times.push(time);
    return begin(fire, Math.min(time, 1), ...rest);
  });
  await assert.rejects(nexthink.remediate(token, {}, { timeoutMs: 300 }), { kind: "timeout", sideEffect: "none" });
  assert.deepEqual(
    [triggers(), times.some((time) => time > 300), times.every((time) => time <= 1_000)],
    [0, true, true],
  );
});

test("a store that answers with anything but text, true and false is one that fails, and triggers nothing", async () => {
  const kinds = { 1: 1, 0: "0", OK: "OK", nothing: undefined, null: null, answer: new Response("false") };
  const cases = Object.entries(kinds).map(([name, answer]) => [`put ${name}`, { putIfAbsent: async () => answer }]);
  for (const answer of [{ lease: {} }, 5, true]) cases.push([`got ${answer}`, { get: async () => answer }]);
  for (const [name, wrong] of cases) {
    const { client, triggers } = arrive();
    const nexthink = client({ store: { ...sharedStore(), ...wrong } });
    const { token } = await proposed(nexthink);
    const error = await nexthink.remediate(token).then(assert.fail, (thrown) => thrown);
    assert.deepEqual([error.kind, error.sideEffect, triggers()], ["network", "none", 0], name);
    assert.match(error.hint, /true or false/, name);
  }
});

test("a network that went away while it was read from may have carried the request; one that never was there has not", async () => {
  for (const [code, syscall, state] of [
    ["EHOSTUNREACH", "read", "unknown"],
    ["ENETUNREACH", "write", "unknown"],
    ["ECONNREFUSED", "read", "unknown"],
    ["EHOSTUNREACH", "connect", undefined],
    ["ENOTFOUND", "getaddrinfo", undefined],
    ["ECONNREFUSED", undefined, undefined],
  ]) {
    const { tenant, client, triggers } = arrive();
    let fails = true;
    const nexthink = client({
      fetch: async (url, init) => {
        const acts = fails && url.endsWith("/act/execute");
        if (!acts) return tenant.fetch(url, init);
        // With a connection the request arrives, and its answer does not.
        if (state) await tenant.fetch(url, init);
        throw Object.assign(new TypeError("fetch failed"), { cause: { code, syscall } });
      },
    });
    const { token } = await proposed(nexthink);
    const first = await nexthink.remediate(token).catch((error) => error);
    assert.deepEqual([first.state, first.sideEffect], state ? [state, undefined] : [undefined, "none"], code);
    fails = false;
    let run = await nexthink.remediate(token);
    for await (run of nexthink.follow(run));
    assert.deepEqual([run.state, triggers()], ["succeeded", 1], `${syscall} ${code}`);
  }
});

test("only `true` of the second person triggers anything", async () => {
  const answers = [
    async () => false,
    async () => undefined,
    async () => "yes",
    () => 1,
    async () => Promise.reject(new Error("a secret")),
    () => {
      throw new Error("a secret");
    },
  ];
  for (const approve of answers) {
    const { client, triggers } = arrive({ approve });
    const nexthink = client();
    const { token } = await proposed(nexthink);
    const error = await nexthink.remediate(token).then(assert.fail, (thrown) => thrown);
    assert.deepEqual([error.kind, error.sideEffect, triggers()], ["refused", "none", 0], String(approve));
    assert.ok(!JSON.stringify(error).includes("a secret"));
  }
  const asked = [];
  const { client, triggers } = arrive({ approve: async (proposal) => asked.push(proposal) === 1 });
  const nexthink = client();
  const proposal = await proposed(nexthink);
  assert.equal((await nexthink.remediate(proposal.token)).state, "accepted");
  assert.deepEqual([asked.length, asked[0].id, asked[0].employee, triggers()], [1, proposal.id, employee, 1]);
  assert.deepEqual([asked[0].token, asked[0].evidence.rule], [undefined, "offline"]);
});

test("a second person who cannot be asked is refused when the client is made", () => {
  for (const approve of [null, true, {}]) {
    assert.throws(() => arrive({ approve }).client(), { kind: "invalid", message: /`approve`/ });
  }
});

test("a caller who leaves while the request is under way leaves a run behind, and nothing is sent again", async () => {
  const store = sharedStore();
  const { tenant, client, triggers } = arrive({ store });
  const nexthink = client();
  const { token } = await proposed(nexthink);
  const leaving = new AbortController();
  const slow = client({
    fetch: (url, init) => {
      if (url.endsWith("/act/execute")) queueMicrotask(() => leaving.abort());
      return tenant.fetch(url, init);
    },
  });
  const run = await slow.remediate(token, {}, { signal: leaving.signal });
  assert.equal(run.state, "unknown");
  assert.equal(entryOf(store, "run").run.state, "unknown", "it was written down all the same");
  let found = await nexthink.remediate(token);
  for await (found of nexthink.follow(found));
  assert.deepEqual([found.state, triggers()], ["succeeded", 1]);
});

test("two clients of one process without a store remember together, and trigger once", async () => {
  const tenant = createSimulator({ devices: 0, speed: Number.POSITIVE_INFINITY });
  const client = () => createClient(tenant.client);
  const employee = { username: "amartin" };
  const [device] = await client().identify(employee);
  const proposal = client().propose(await client().diagnose("outlook", device), "offline", { employee });
  const runs = await Promise.all(Array.from({ length: 5 }, () => client().remediate(proposal.token)));
  assert.deepEqual([...new Set(runs.map(({ id }) => id))], [proposal.id]);
  assert.equal(tenant.requests.filter(({ path }) => path.endsWith("/act/execute")).length, 1);
  // Another simulated tenant is another company, though it has the same name and devices.
  const other = createSimulator({ devices: 0, speed: Number.POSITIVE_INFINITY });
  const elsewhere = createClient(other.client);
  const again = elsewhere.propose(await elsewhere.diagnose("outlook", device), "offline", { employee });
  assert.equal((await elsewhere.remediate(again.token)).state, "accepted");
});
