// Where access tokens come from: the tenant, a provider of the host's, a store that several processes share.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient, NexthinkError } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";
import { act, arrive, credentials, failing, fine, read } from "./scripted-tenant.mjs";

const bearer = ({ headers }) => headers.authorization;

test("a token is fetched once for overlapping calls, and again a minute before it ends", async () => {
  const { nexthink, clock, requests, tokenRequests } = arrive();
  await Promise.all(Array.from({ length: 20 }, () => read(nexthink)));
  assert.equal(tokenRequests.length, 1);
  clock.now += (900 - 61) * 1_000;
  await read(nexthink);
  assert.equal(tokenRequests.length, 1);
  clock.now += 2_000;
  await read(nexthink);
  assert.equal(tokenRequests.length, 2);
  assert.notEqual(bearer(requests.at(-1)), bearer(requests[0]));
});

test("a provider is asked once for overlapping calls, and not again while its token holds", async () => {
  let asked = 0;
  const tokenProvider = async () => ({ accessToken: `provided-${++asked}`, expiresInSeconds: 600 });
  const { nexthink, clock, requests, tokenRequests } = arrive(fine, { tokenProvider });
  await Promise.all([read(nexthink), act(nexthink), read(nexthink)]);
  clock.now += 500_000;
  await read(nexthink);
  assert.equal(asked, 1);
  assert.deepEqual([...new Set(requests.map(bearer))], ["Bearer provided-1"]);
  clock.now += 60_000;
  await read(nexthink);
  assert.equal(asked, 2);
  assert.equal(tokenRequests.length, 0);
});

test("a provider that does not say how long its token holds is asked before each request", async () => {
  let asked = 0;
  const tokenProvider = async () => ({ accessToken: `provided-${++asked}` });
  const { nexthink, requests } = arrive(fine, { tokenProvider });
  await read(nexthink);
  await act(nexthink);
  assert.deepEqual(requests.map(bearer), ["Bearer provided-1", "Bearer provided-2"]);
});

test("after a 401 the provider is asked again, and what reads is sent again once", async () => {
  let asked = 0;
  const tokenProvider = async () => ({ accessToken: `provided-${++asked}`, expiresInSeconds: 600 });
  const answer = (request) => (bearer(request).endsWith("-1") ? failing(401) : fine());
  const renewed = arrive(answer, { tokenProvider });
  await read(renewed.nexthink);
  assert.deepEqual(renewed.requests.map(bearer), ["Bearer provided-1", "Bearer provided-2"]);

  const refused = arrive([() => failing(401)], { tokenProvider });
  await assert.rejects(read(refused.nexthink), { kind: "authentication", status: 401, retryable: false });
  assert.equal(refused.requests.length, 2);
  await assert.rejects(act(refused.nexthink), { kind: "authentication", sideEffect: "none" });
  assert.equal(refused.requests.length, 3);
});

test("a provider that fails, or gives no token, is an authentication error, and nothing is sent", async () => {
  const secret = "words of the provider";
  for (const [tokenProvider, called] of [
    [async () => Promise.reject(new Error(secret)), "rejects"],
    [
      () => {
        throw new Error(secret);
      },
      "throws",
    ],
    [async () => undefined, "nothing"],
    [async () => secret, "a text"],
    [async () => ({}), "an empty object"],
    [async () => ({ accessToken: 5 }), "a number"],
    [async () => ({ accessToken: "" }), "an empty text"],
    [async () => ({ accessToken: `${secret}\r\nx-evil: 1` }), "another header"],
    [async () => ({ accessToken: "é" }), "what no header holds"],
  ]) {
    const { nexthink, requests } = arrive(fine, { tokenProvider });
    for (const call of [read, act]) {
      const error = await call(nexthink).then(assert.fail, (thrown) => thrown);
      assert.ok(NexthinkError.is(error), called);
      assert.deepEqual([error.kind, error.sideEffect], ["authentication", "none"], called);
      assert.ok(!JSON.stringify(error).includes(secret), called);
    }
    assert.equal(requests.length, 0, called);
  }
});

test("a provider and credentials exclude each other, and a provider is a function", () => {
  const tokenProvider = async () => ({ accessToken: "x" });
  for (const options of [{ tokenProvider, credentials }, { tokenProvider: "x" }, {}]) {
    assert.throws(() => createClient({ instance: "acme", region: "eu", ...options }), { kind: "invalid" });
  }
});

test("with a provider there is no secret to sign with: propose needs a consent key", async () => {
  const tenant = createSimulator({ speed: Number.POSITIVE_INFINITY, now: "2026-11-18T09:00:00Z" });
  const { instance, region, host } = tenant;
  const tokenProvider = async () => {
    const pair = Buffer.from(`${tenant.credentials.clientId}:${tenant.credentials.clientSecret}`).toString("base64");
    const answer = await tenant.fetch(`https://${instance}-login.${region}.nexthink.cloud/oauth2/default/v1/token`, {
      method: "POST",
      headers: { authorization: `Basic ${pair}` },
      body: new URLSearchParams({ grant_type: "client_credentials", scope: "service:integration" }),
    });
    const { access_token: accessToken, expires_in: expiresInSeconds } = await answer.json();
    return { accessToken, expiresInSeconds };
  };
  const employee = { username: "amartin" };
  const propose = async (options) => {
    const nexthink = createClient({ instance, region, host, tokenProvider, ...options });
    const [device] = await nexthink.identify(employee);
    return nexthink.propose(await nexthink.diagnose("outlook", device), "offline", { employee });
  };
  await assert.rejects(propose(), { kind: "invalid", message: /consentKey/ });
  assert.ok((await propose({ consentKey: "k".repeat(32) })).token);
});

/** A store in memory that keeps what it is told. */
function storeInMemory() {
  const entries = new Map();
  const put = (key, value, { ttlMs }) => {
    entries.set(key, { value, ttlMs });
    return true;
  };
  return {
    atomic: true,
    entries,
    async get(key) {
      return this.entries.get(key)?.value;
    },
    async putIfAbsent(key, value, options) {
      return !this.entries.has(key) && put(key, value, options);
    },
    async replace(key, expected, value, options) {
      return this.entries.get(key)?.value === expected && put(key, value, options);
    },
  };
}

test("two clients that share a token ask the tenant for one", async () => {
  const store = storeInMemory();
  const [first, second] = [arrive(fine, { store, shareToken: true }), arrive(fine, { store, shareToken: true })];
  await read(first.nexthink);
  await read(second.nexthink);
  assert.deepEqual([first.tokenRequests.length, second.tokenRequests.length], [1, 0]);
  assert.equal(bearer(first.requests[0]), bearer(second.requests[0]));
  const [[key, { ttlMs }]] = store.entries;
  assert.match(key, /^nexthink-chatbot:acme\.eu:token:/);
  assert.ok(!key.includes(credentials.clientId));
  assert.ok(ttlMs > 0 && ttlMs <= 900_000, `${ttlMs}`);
  const other = arrive(fine, { store, shareToken: true, instance: "other" });
  const others = arrive(fine, { store, shareToken: true, credentials: { ...credentials, clientId: "another" } });
  await Promise.all([read(other.nexthink), read(others.nexthink)]);
  assert.deepEqual([other.tokenRequests.length, others.tokenRequests.length, store.entries.size], [1, 1, 3]);
});

test("a shared token that the tenant refuses, or that has ended, is replaced", async () => {
  const store = storeInMemory();
  const first = arrive(fine, { store, shareToken: true });
  await read(first.nexthink);
  const [[key, { value: old }]] = store.entries;
  const second = arrive([() => failing(401), fine], { store, shareToken: true });
  await read(second.nexthink);
  assert.equal(second.tokenRequests.length, 1);
  assert.notEqual(store.entries.get(key).value, old);
  const late = arrive(fine, { store, shareToken: true });
  late.clock.now += 900_000;
  await read(late.nexthink);
  assert.equal(late.tokenRequests.length, 1);
});

test("a store that fails, or holds rubbish, costs a token of one's own and nothing else", async () => {
  const failed = async () => Promise.reject(new Error("the store is down"));
  for (const get of [failed, async () => "rubbish", async () => 5, async () => '{"accessToken":1}', async () => null]) {
    const store = { atomic: true, get, putIfAbsent: failed, replace: failed };
    const { nexthink, tokenRequests } = arrive(fine, { store, shareToken: true });
    assert.equal((await read(nexthink)).rows.length, 1);
    assert.equal(tokenRequests.length, 1);
  }
});

test("without a store no token can be shared, and without `shareToken` none is", async () => {
  assert.throws(() => arrive(fine, { shareToken: true }), { kind: "invalid", message: /store/ });
  assert.throws(() => arrive(fine, { store: { atomic: true, get() {} } }), { kind: "invalid", message: /store\.put/ });
  const store = storeInMemory();
  await read(arrive(fine, { store }).nexthink);
  assert.equal(store.entries.size, 0);
});
