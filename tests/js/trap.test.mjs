// Where the core traps, whoever waits for it is told, nothing that it knew is relied upon, and the next call works. It traps
// here because it runs out of memory, which is how a module without a fault can.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { createClient, createDirectory, NexthinkError } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";
import { init } from "nexthink-chatbot/slim";
import { tenantWith } from "../../js-examples/own-playbook/tenant.mjs";
import { arrive as arriveExporting, collect } from "./exporting.mjs";
import { limited } from "./limited-memory.mjs";

const [core, fleet] = ["core", "fleet"].map((name) =>
  readFileSync(createRequire(import.meta.url).resolve(`nexthink-chatbot/${name}.wasm`)),
);
const pages = 80;
await init({ core: limited(core, pages), fleet: limited(fleet, pages) });

/** Larger than the memory. */
const tooMuch = "x".repeat(pages * 65_536);
const employee = { username: "amartin" };
/** What an instance has begun ends by its own time, also where nobody waits for it any more. */
const timeoutMs = 1_000;
const options = { timeoutMs, instance: "acme", region: "eu", tokenProvider: async () => ({ accessToken: "token" }) };
const timesQuery = "#get_data_collection_times";
const timesOf = (nexthink, { collectorUid }) => nexthink.nql.execute(timesQuery, { collector_uid: collectorUid });
const trapped = /the WebAssembly core trapped while this call was under way/;

/** A tenant, a client, and answers of the tenant that are kept back or are something else. */
function arrive(more = {}, tenant = createSimulator({ speed: Number.POSITIVE_INFINITY, now: "2026-11-18T09:00:00Z" })) {
  const kept = new Map();
  const others = new Map();
  const fetch = async (url, init) => {
    const answer = tenant.fetch(url, init);
    for (const [part, response] of others) if (sent(url, init).includes(part)) return response();
    for (const [part, { arrived, release }] of kept) {
      if (!sent(url, init).includes(part)) continue;
      await answer;
      arrived();
      await release;
    }
    return answer;
  };
  return {
    tenant,
    nexthink: createClient({ ...tenant.client, timeoutMs, ...more, fetch }),
    /** The tenant takes requests with this in them, and does not answer until it is told to. */
    keepBack(part) {
      const { promise: has, resolve: arrived } = withResolvers();
      const { promise: release, resolve: answer } = withResolvers();
      kept.set(part, { arrived, release });
      return { has, answer: () => kept.delete(part) && answer() };
    },
    /** Requests with this in them are answered by something else. */
    answerBy: (part, response) => others.set(part, response),
  };
}

const sent = (url, { body = "" }) => `${url} ${body}`;
const withResolvers = () => {
  let resolve;
  const promise = new Promise((given) => {
    resolve = given;
  });
  return { promise, resolve };
};

const turn = () => new Promise(setImmediate);

/** Makes the core trap by an answer; gives what its caller is told. */
async function trap({ nexthink, answerBy }) {
  const answer = JSON.stringify({ queryId: "#large", rows: 1, headers: ["text"], data: [[tooMuch]] });
  answerBy("#large", () => new Response(answer, { headers: { "content-type": "application/json" } }));
  return told(nexthink.nql.execute("#large"));
}

/** The error of a call that must fail. */
const told = (call) =>
  call.then(
    () => assert.fail("it did not fail"),
    (error) => error,
  );

function isOfTrap(error, sideEffect) {
  assert.ok(NexthinkError.is(error), error);
  assert.match(error.message, trapped);
  assert.deepEqual([error.kind, error.sideEffect, error.retryable], ["internal", sideEffect, false]);
  assert.equal(error.cause.name, "RuntimeError");
  assert.equal(/look in Nexthink/.test(error.hint), sideEffect === "unknown");
}

test("calls that are under way end, each with whether something was sent, and the same client works again", async () => {
  const world = arrive();
  const { nexthink, keepBack, tenant } = world;
  const [device] = await nexthink.identify(employee);
  const { token } = nexthink.propose(await nexthink.diagnose("outlook", device), "offline", { employee });
  const [execute, query] = [keepBack("/act/execute"), keepBack(timesQuery)];

  const acting = told(nexthink.remediate(token));
  await execute.has;
  const looking = told(timesOf(nexthink, device));
  await query.has;
  isOfTrap(await trap(world), "none");
  isOfTrap(await acting, "unknown");
  isOfTrap(await looking, "none");

  const again = nexthink.identify({ username: "jdupont" });
  execute.answer();
  query.answer();
  assert.deepEqual(
    (await again).map(({ name }) => name),
    (await createClient(tenant.client).identify({ username: "jdupont" })).map(({ name }) => name),
  );
  assert.ok((await timesOf(nexthink, device)).rows.length > 0);
});

test("what comes for a call that has ended is not taken for what a new one waits for, which has its number", async () => {
  const world = arrive();
  // A new instance, which counts from the beginning.
  await trap(world);
  const asked = [];
  const used = [];
  const nexthink = createClient({
    ...options,
    tokenProvider: () => new Promise((resolve) => asked.push((accessToken) => resolve({ accessToken }))),
    fetch: async (_, { headers }) => {
      used.push(headers.authorization);
      return Response.json({ queryId: timesQuery, rows: 0, headers: [], data: [] });
    },
  });
  const first = told(nexthink.nql.execute(timesQuery));
  await turn();
  isOfTrap(await trap(world), "none");
  await first;
  const second = nexthink.nql.execute(timesQuery);
  await turn();
  const [ofTheFirst, ofTheSecond] = asked;
  ofTheFirst("old");
  await turn();
  ofTheSecond("new");
  await second;
  assert.deepEqual(used, ["Bearer new"]);
});

test("what was agreed to before is not done again by a client without a store, and known to one with a store", async () => {
  const entries = new Map();
  const store = {
    atomic: true,
    get: async (key) => entries.get(key),
    putIfAbsent: async (key, value) => !entries.has(key) && Boolean(entries.set(key, value)),
    replace: async (key, expected, value) => entries.get(key) === expected && Boolean(entries.set(key, value)),
  };
  for (const more of [{}, { store }]) {
    const world = arrive(more);
    const { nexthink, tenant } = world;
    const [device] = await nexthink.identify(employee);
    const { token } = nexthink.propose(await nexthink.diagnose("outlook", device), "offline", { employee });
    const run = await nexthink.remediate(token);
    tenant.advance(1);
    isOfTrap(await trap(world), "none");
    if (more.store) assert.equal((await nexthink.remediate(token)).id, run.id);
    else assert.equal((await told(nexthink.remediate(token))).kind, "consent");
    assert.equal(tenant.requests.filter(({ path }) => path.endsWith("/act/execute")).length, 1);
    let last;
    for await (last of nexthink.follow(run));
    assert.equal(last.state, "succeeded");
  }
});

test("playbooks of one's own are there again", async () => {
  const file = (name) =>
    readFileSync(new URL(`../../js-examples/own-playbook/playbooks/${name}`, import.meta.url), "utf8");
  const own = JSON.parse(file("teams.json"));
  own.query.text = file("teams.nql");
  const world = arrive({ playbooks: [own] }, tenantWith(own));
  const [device] = await world.nexthink.identify(employee);
  const before = await world.nexthink.diagnose("teams", device);
  await trap(world);
  const after = await world.nexthink.diagnose("teams", device);
  assert.deepEqual(
    after.findings.map(({ rule, verdict }) => [rule, verdict]),
    before.findings.map(({ rule, verdict }) => [rule, verdict]),
  );
});

test("an export ends, with a step under way or between two", async () => {
  const { promise: isAskedAgain, resolve: askedAgain } = withResolvers();
  const pieces = () => {
    let asked = 0;
    return {
      pull(controller) {
        asked += 1;
        if (asked === 1) return controller.enqueue(new TextEncoder().encode("name\none\n"));
        askedAgain();
        return new Promise(() => {});
      },
    };
  };
  const file = () => new Response(new ReadableStream(pieces(), { highWaterMark: 0 }));
  const { nexthink } = arriveExporting({ file, options: { timeoutMs } });
  const begin = async () => {
    const rows = nexthink.nql.export("#devices")[Symbol.asyncIterator]();
    assert.deepEqual((await rows.next()).value, { name: "one" });
    return rows;
  };
  const [one, other, left] = [await begin(), await begin(), await begin()];
  const underWay = told(one.next());
  await isAskedAgain;
  await trap(arrive());
  isOfTrap(await underWay, "none");
  isOfTrap(await told(other.next()), "none");
  assert.equal((await left.return()).done, true);
  const again = await collect(arriveExporting().nexthink.nql.export("#devices"));
  assert.ok(again.given.length > 0 && !again.error);
});

test("a call that is made at once and traps ends those that are under way, too", async () => {
  const { nexthink, keepBack } = arrive();
  const [device] = await nexthink.identify(employee);
  const query = keepBack(timesQuery);
  const looking = told(timesOf(nexthink, device));
  await query.has;
  const request = { device, remoteActionId: "set_outlook_online_windows", reason: tooMuch };
  assert.throws(() => nexthink.propose(request, { employee }), { kind: "internal", message: /trapped/ });
  isOfTrap(await looking, "none");
  assert.equal((await nexthink.identify(employee))[0].name, device.name);
});

test("many in a row leave nothing behind", async () => {
  const world = arrive();
  for (let round = 0; round < 20; round += 1) {
    isOfTrap(await trap(world), "none");
    assert.equal((await world.nexthink.identify(employee)).length > 0, true);
  }
});

test("a runtime that refuses a timer has no trap: the request is sent without one", async (context) => {
  const { nexthink, keepBack } = arrive();
  const [device] = await nexthink.identify(employee);
  const query = keepBack(timesQuery);
  const looking = timesOf(nexthink, device);
  await query.has;
  const refuse = () => {
    throw new Error("Disallowed operation called within global scope.");
  };
  context.mock.method(globalThis, "setTimeout", refuse);
  const other = createClient({ ...options, fetch: refuse });
  const error = await told(other.nql.execute(timesQuery));
  context.mock.restoreAll();
  assert.deepEqual([error.kind, /OUTSIDE_OF_A_REQUEST_HANDLER/.test(error.message)], ["network", true]);
  query.answer();
  assert.ok((await looking).rows.length > 0);
});

test("where the module for many rows runs out of memory, that is an error of ours, too", async () => {
  const rows = function* () {
    yield "device.collector.uid,device.name,user.name\n";
    for (let at = 0; at < 200_000; at += 1) yield `0193a5b0-${at},A-DEVICE-WITH-A-LONG-NAME-${at},employee-${at}\n`;
  };
  const isOurs = (error) => NexthinkError.is(error) && error.kind === "internal" && error.cause.name === "RuntimeError";
  await assert.rejects(createDirectory(rows()), isOurs);
});
