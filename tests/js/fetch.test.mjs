// How the runtime's `fetch` is called: any that is given, in any form, is good enough.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient } from "nexthink-chatbot";
import { act, arrive, credentials, fine, json, read } from "./scripted-tenant.mjs";

const answer = async (url) => (url.includes("-login.") ? json({ access_token: "t", expires_in: 900 }) : fine());

test("fetch gets a text and a plain object, and nothing that a mock would not know", async () => {
  const calls = [];
  const fetch = (...given) => {
    calls.push(given);
    return answer(given[0]);
  };
  const { nexthink } = arrive(fine, { host: { fetch } });
  await act(nexthink);
  await nexthink.remoteActions.list().catch(() => {});
  assert.equal(calls.length, 3);
  for (const [url, init, ...more] of calls) {
    assert.equal(typeof url, "string");
    assert.equal(more.length, 0);
    for (const plain of [init, init.headers]) assert.equal(Object.getPrototypeOf(plain), Object.prototype);
    assert.ok(init.signal instanceof AbortSignal);
    assert.equal(init.redirect, "manual");
    for (const value of Object.values(init.headers)) assert.equal(typeof value, "string");
  }
  const [, post, get] = calls.map(([, init]) => init);
  assert.deepEqual(Object.keys(post).sort(), ["body", "headers", "method", "redirect", "signal"]);
  assert.deepEqual(Object.keys(get).sort(), ["headers", "method", "redirect", "signal"]);
});

test("each request has its own method and header fields, whichever calls and clients came before it", async () => {
  const trace = (digit) => `00-${digit.repeat(32)}-00f067aa0ba902b7-01`;
  const clients = [arrive(), arrive()];
  const calls = [];
  for (const digit of ["1", "2"]) {
    for (const { nexthink } of clients) {
      const traced = { traceparent: trace(digit) };
      // Cancelled before it is sent, when its header fields have been told already.
      const cancelled = { ...traced, signal: AbortSignal.abort() };
      calls.push(
        () => read(nexthink),
        () => read(nexthink, traced),
        () => read(nexthink),
      );
      calls.push(() => assert.rejects(read(nexthink, cancelled), { kind: "aborted" }));
      calls.push(
        () => read(nexthink, traced),
        () => nexthink.remoteActions.list().catch(() => {}),
        () => act(nexthink),
      );
    }
  }
  for (const call of calls) await call();
  await Promise.all(calls.map((call) => call()));
  const authorizations = clients.map(({ requests }) => requests[0].headers.authorization);
  assert.notEqual(...authorizations);
  for (const [at, { requests }] of clients.entries()) {
    assert.equal(requests.length, 24);
    for (const { method, headers, body } of requests) {
      assert.deepEqual([headers.authorization, method], [authorizations[at], body === undefined ? "GET" : "POST"]);
    }
    const traces = requests.map(({ headers }) => headers.traceparent).filter(Boolean);
    assert.deepEqual(
      traces.sort(),
      [..."11112222"].map((digit) => trace(digit)),
    );
    const inOrder = requests.slice(0, 6).map(({ url, headers }) => [url.split("/").at(-1), headers.traceparent]);
    const [plain, traced] = [undefined, trace("1")].map((trace) => ["execute", trace]);
    assert.deepEqual(inOrder, [plain, traced, plain, traced, ["remote-action", undefined], plain]);
  }
});

test("the user's functions have no `this`, and the runtime's fetch has the global object", async () => {
  const seen = [];
  // Sloppy functions would see the global object instead of nothing.
  const noting = (name, use) =>
    function (...given) {
      seen.push([name, this]);
      return use(...given);
    };
  const host = {
    fetch: noting("fetch", answer),
    now: noting("now", Date.now),
    sleep: noting("sleep", async () => {}),
    random: noting("random", (length) => new Uint8Array(length)),
  };
  await read(createClient({ instance: "acme", region: "eu", credentials, host, limits: { perSecond: 1 } }));
  await read(arrive(fine, { onEvent: noting("onEvent", () => {}) }).nexthink);
  const tokenProvider = noting("tokenProvider", async () => ({ accessToken: "t" }));
  await read(createClient({ instance: "acme", region: "eu", tokenProvider, fetch: noting("short", answer) }));
  for (const [name, self] of seen) assert.ok(self === undefined || self === null, name);
  for (const name of ["fetch", "now", "onEvent", "tokenProvider", "short"]) {
    assert.ok(
      seen.some(([known]) => known === name),
      name,
    );
  }
  const given = globalThis.fetch;
  const selves = [];
  globalThis.fetch = function (url) {
    selves.push(this);
    return answer(url);
  };
  try {
    await read(createClient({ instance: "acme", region: "eu", credentials }));
  } finally {
    globalThis.fetch = given;
  }
  assert.deepEqual([...new Set(selves)], [globalThis]);
});

test("a client names itself, but not in a browser", async () => {
  const agents = async () => {
    const { nexthink, requests, tokenRequests } = arrive(fine, { dangerouslyAllowBrowser: true });
    await read(nexthink);
    return [...tokenRequests, ...requests].map(({ headers }) => headers["user-agent"]);
  };
  for (const agent of await agents()) assert.match(agent, /^nexthink-chatbot\/\d+\.\d+\.\d+$/);
  Object.assign(globalThis, { window: {}, document: {} });
  try {
    assert.deepEqual(await agents(), [undefined, undefined]);
  } finally {
    delete globalThis.window;
    delete globalThis.document;
  }
});

test("a fetch that gives its answer at once, or throws, is as good as one that promises", async () => {
  const { nexthink } = arrive(fine, {
    host: { fetch: (url) => (url.includes("-login.") ? json({ access_token: "t", expires_in: 900 }) : fine()) },
  });
  assert.equal((await read(nexthink)).rows.length, 1);
  const throwing = () => {
    throw new TypeError("no network");
  };
  await assert.rejects(read(arrive(fine, { host: { fetch: throwing } }).nexthink), { kind: "network" });
});
