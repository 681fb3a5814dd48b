// What a client tells of its work, to its listener and to the tenant's traces; and what it never tells.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { createClient } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";
import { act, arrive, credentials, failing, fine, read, token } from "./scripted-tenant.mjs";

/** A client whose events are kept. */
function listen(answer, options) {
  const events = [];
  const onEvent = (event) => events.push(event);
  return { events, ...arrive(answer, { onEvent, ...options }) };
}

const types = (events) => events.map(({ type }) => type);

test("a first read tells of its token, its request and its answer", async () => {
  const answer = () => new Response('{"data":[]}', { headers: { "x-request-id": "r-1" } });
  const { nexthink, events } = listen(answer);
  await read(nexthink);
  const [tokenRequest, tokenResponse, ...rest] = events;
  assert.deepEqual(tokenRequest, { type: "request", call: 1, operation: "token.create", attempt: 1 });
  assert.deepEqual(
    [tokenResponse.type, tokenResponse.operation, tokenResponse.status],
    ["response", "token.create", 200],
  );
  const told = { call: 1, operation: "nql.execute" };
  assert.deepEqual(rest, [
    { type: "token", ...told, source: "credentials", expiresInSeconds: 900 },
    { type: "request", ...told, attempt: 1 },
    { type: "response", ...told, attempt: 1, status: 200, durationMs: 0, bytes: 11, requestId: "r-1" },
  ]);
  await act(nexthink).catch(() => {});
  assert.deepEqual([types(events.slice(5)), events.at(-1).call], [["request", "response"], 2]);
});

test("retries and pauses are told", async () => {
  const { nexthink, events, pauses } = listen([() => failing(503), () => failing(429, { "retry-after": "2" }), fine]);
  await read(nexthink);
  assert.deepEqual(types(events).slice(3), [
    "request",
    "response",
    "retry",
    "request",
    "response",
    "retry",
    "request",
    "response",
  ]);
  const retries = events.filter(({ type }) => type === "retry");
  assert.deepEqual(
    retries.map(({ attempt, waitMs }) => [attempt, waitMs]),
    [
      [2, pauses[0]],
      [3, pauses[1]],
    ],
  );
  const paused = listen([() => failing(429, { "retry-after": "2" }), fine], { maxRetries: 0 });
  await assert.rejects(read(paused.nexthink), { kind: "rate-limited" });
  await act(paused.nexthink);
  const [limit] = paused.events.filter(({ type }) => type === "rate-limit");
  assert.deepEqual(limit, {
    type: "rate-limit",
    call: 2,
    operation: "remoteActions.execute",
    reason: "tenant",
    waitMs: 2_000,
  });
});

test("an answer that never comes is told with its reason, and a wait for a turn is told", async () => {
  const { nexthink, events } = listen(() => Promise.reject(new TypeError("fetch failed")), {
    limits: { concurrent: 1 },
  });
  const calls = [act(nexthink), act(nexthink)];
  for (const { reason } of await Promise.allSettled(calls)) assert.equal(reason.kind, "network");
  const { status, bytes, error } = events.findLast(({ type }) => type === "response");
  assert.deepEqual([status, bytes, error], [undefined, undefined, "network"]);
  assert.deepEqual(
    events.filter(({ type }) => type === "rate-limit").map(({ reason, waitMs }) => [reason, waitMs]),
    [["concurrent", undefined]],
  );
});

test("what a listener throws, or rejects with, is its own affair, and it may call the client", async () => {
  for (const onEvent of [
    () => {
      throw new Error("the listener's");
    },
    async () => Promise.reject(new Error("the listener's")),
    () => null,
  ]) {
    assert.equal((await read(arrive(fine, { onEvent }).nexthink)).rows.length, 1);
  }
  const inner = [];
  const { nexthink, requests } = arrive(fine, {
    onEvent: ({ type, call }) => {
      if (call === 1 && type !== "token") inner.push(read(nexthink), act(nexthink));
    },
  });
  await read(nexthink);
  await Promise.all(inner);
  assert.equal(inner.length, 8);
  assert.equal(requests.length, 9);
});

// Known: the request after a renewed token has the number of the one before it.
test("each request of a call has a number of its own, also after a 401", async () => {
  const { nexthink, events } = listen([() => failing(401), fine]);
  await read(nexthink);
  const sent = events.filter(({ type, operation }) => type === "request" && operation === "nql.execute");
  assert.deepEqual(
    sent.map(({ attempt }) => attempt),
    [1, 2],
  );
});

const trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
const others = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

test("a request belongs to the trace of its call, or else of its client", async () => {
  const traces = ({ requests, tokenRequests }) =>
    [...tokenRequests, ...requests].map(({ headers }) => headers.traceparent);
  const traced = arrive(fine, { traceparent: trace });
  await read(traced.nexthink);
  await act(traced.nexthink, { traceparent: others });
  await read(traced.nexthink);
  assert.deepEqual(traces(traced), [trace, trace, others, trace]);
  const untraced = arrive();
  await read(untraced.nexthink);
  await act(untraced.nexthink, { traceparent: trace });
  assert.deepEqual(traces(untraced), [undefined, undefined, trace]);
  assert.ok(!("traceparent" in untraced.requests[0].headers));
});

test("what is no trace is refused, and not sent", async () => {
  const { nexthink, requests } = arrive();
  for (const traceparent of ["", "00", trace.toUpperCase(), `${trace}\r\nx-evil: 1`, 5, {}, []]) {
    assert.throws(() => arrive(fine, { traceparent }), { kind: "invalid", message: /traceparent/ });
    await assert.rejects(read(nexthink, { traceparent }), { kind: "invalid", message: /traceparent/ });
  }
  assert.equal(requests.length, 0);
});

test("no secret, token, parameter or body is told, shown or logged", async () => {
  const secret = "a-value-of-the-caller";
  const consentKey = "k".repeat(32);
  const answers = [
    () => failing(401),
    () => failing(503),
    () => new Response(`{"message":"${secret}"}`, { status: 400 }),
  ];
  const { nexthink, events, requests } = listen(answers, { consentKey });
  const errors = [];
  const collect = (error) => errors.push(error);
  await nexthink.nql.execute("#any_query", { name: secret }).catch(collect);
  await nexthink.request({ method: "POST", path: `/api/v1/${secret}`, body: { secret } }).catch(collect);
  await nexthink.identify({ username: secret }).catch(collect);
  await nexthink.nql.execute(secret, { name: secret }).catch(collect);
  await nexthink.remediate(`${secret}.${secret}`).catch(collect);
  await nexthink.spark.handoff({ userPrincipalName: `${secret}\n`, parts: [] }).catch(collect);
  assert.equal(errors.length, 6);
  assert.ok(
    requests.some(({ url, body }) => url.includes(secret) || body?.includes(secret)),
    "the test would see it",
  );
  const groups = ["nql", "remoteActions", "workflows", "campaigns", "enrichment", "spark"];
  const shown = [nexthink, ...groups.map((group) => nexthink[group]), ...events, ...errors].flatMap((value) => [
    inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: !errors.includes(value) }),
    JSON.stringify(value),
    String(value),
  ]);
  for (const text of shown) {
    for (const hidden of [secret, token, credentials.clientSecret, consentKey])
      assert.ok(!text?.includes(hidden), text);
  }
});

test("events of a whole repair are the same for the same seed", async () => {
  const repair = async () => {
    const events = [];
    const tenant = createSimulator({ speed: Number.POSITIVE_INFINITY, now: "2026-11-18T09:00:00Z" });
    const nexthink = createClient({ ...tenant.client, onEvent: (event) => events.push(event) });
    const employee = { username: "amartin" };
    const [device] = await nexthink.identify(employee);
    const { token } = nexthink.propose(await nexthink.diagnose("outlook", device), "offline", { employee });
    for await (const _ of nexthink.follow(await nexthink.remediate(token)));
    return events.map(({ durationMs, requestId, ...event }) => event);
  };
  const events = await repair();
  assert.equal(events.filter(({ operation }) => operation === "remoteActions.execute").length, 2);
  assert.deepEqual(await repair(), events);
});
