// What is sent again, how often, after which pause, and within which time. Nothing here really waits.

import assert from "node:assert/strict";
import { test } from "node:test";
import { act, arrive, failing, fine, read } from "./scripted-tenant.mjs";

const reset = () => Promise.reject(Object.assign(new TypeError("fetch failed"), { cause: { code: "ECONNRESET" } }));

test("what reads is sent again after whatever passes, twice where nothing else is said", async () => {
  for (const trouble of [...[408, 429, 500, 502, 503, 504].map((status) => () => failing(status)), reset]) {
    const passing = arrive([trouble, trouble, fine]);
    assert.equal((await read(passing.nexthink)).rows.length, 1);
    assert.equal(passing.requests.length, 3);
    assert.equal(new Set(passing.requests.map(({ body }) => body)).size, 1);
    const lasting = arrive([trouble]);
    await assert.rejects(read(lasting.nexthink), { retryable: true, sideEffect: "none" });
    assert.equal(lasting.requests.length, 3);
  }
});

test("what does not pass is not sent again", async () => {
  for (const status of [301, 400, 403, 404, 405, 413]) {
    const { nexthink, requests, pauses } = arrive([() => failing(status)]);
    await assert.rejects(read(nexthink), { retryable: false });
    assert.deepEqual([requests.length, pauses], [1, []], `${status}`);
  }
  const { nexthink, requests } = arrive([() => new Response("<html>")]);
  await assert.rejects(read(nexthink), { kind: "malformed" });
  assert.equal(requests.length, 1);
});

test("what changes something is sent once, whatever comes of it", async () => {
  const input = { campaignNqlId: "#c", userSid: ["S-1-5-21-1"], expiresInMinutes: 60 };
  const uuid = "e0aa796d-e3af-47b5-88d8-228cf5551fb6";
  for (const [trouble, sideEffect] of [
    [() => failing(429), "none"],
    [() => failing(401), "none"],
    [() => failing(408), "unknown"],
    [() => failing(500), "unknown"],
    [() => failing(503, { "retry-after": "1" }), "unknown"],
    [reset, "unknown"],
  ]) {
    for (const call of [
      act,
      (nexthink) => nexthink.workflows.execute({ workflowId: "w" }),
      (nexthink) => nexthink.workflows.trigger({ workflowUuid: uuid, executionUuid: uuid }),
      (nexthink) => nexthink.campaigns.trigger(input),
      (nexthink) => nexthink.spark.handoff({ userPrincipalName: "a@b.co", parts: [{ type: "TEXT", text: "x" }] }),
      (nexthink) => nexthink.request({ method: "POST", path: "/api/v1/anything", body: {} }),
    ]) {
      const { nexthink, requests, pauses } = arrive([trouble], { maxRetries: 10 });
      await assert.rejects(call(nexthink), { sideEffect });
      assert.deepEqual([requests.length, pauses], [1, []], `${call}`);
    }
  }
});

test("`maxRetries` says how often, and 0 means never", async () => {
  for (const maxRetries of [0, 1, 10]) {
    const { nexthink, requests } = arrive([() => failing(503)], { maxRetries });
    await assert.rejects(read(nexthink), { kind: "server" });
    assert.equal(requests.length, maxRetries + 1);
  }
  for (const maxRetries of [-1, 11, 1.5, "2"]) {
    assert.throws(() => arrive(fine, { maxRetries }), { kind: "invalid", message: /maxRetries/ });
  }
});

test("pauses grow, and no two clients keep the same", async () => {
  const pausesOf = async (byte) => {
    const random = (length) => new Uint8Array(length).fill(byte);
    const { nexthink, pauses } = arrive([() => failing(503)], { maxRetries: 8, host: { random } });
    await assert.rejects(read(nexthink), { kind: "server" });
    return pauses;
  };
  const limits = [500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000, 8_000];
  for (const byte of [0, 1, 77, 0xff]) {
    const pauses = await pausesOf(byte);
    assert.equal(pauses.length, limits.length);
    pauses.forEach((pause, at) => {
      assert.ok(pause >= 0 && pause <= limits[at], `${pauses}`);
    });
  }
  assert.notDeepEqual(await pausesOf(1), await pausesOf(77));
});

test("a pause that the tenant asks for is kept, in seconds or as a date", async () => {
  for (const status of [429, 503]) {
    for (const after of ["7", (clock) => new Date(clock.now + 7_000).toUTCString()]) {
      const tenant = arrive((_, at) => {
        const asked = typeof after === "string" ? after : after(tenant.clock);
        return at === 0 ? failing(status, { "retry-after": asked }) : fine();
      });
      const begun = tenant.clock.now;
      await read(tenant.nexthink);
      const waited = tenant.clock.now - begun;
      assert.ok(waited >= 7_000 && waited < 7_600, `${status} ${after}: ${waited}`);
      assert.equal(tenant.requests.length, 2);
    }
  }
});

test("a pause of more than a minute is the caller's affair", async () => {
  const { nexthink, requests, pauses } = arrive([() => failing(429, { "retry-after": "61" })]);
  await assert.rejects(read(nexthink), { kind: "rate-limited", retryAfterMs: 61_000, retryable: true });
  assert.deepEqual([requests.length, pauses], [1, []]);
});

test("after a 429 every call of the client waits, also one that changes something", async () => {
  const { nexthink, clock, pauses } = arrive([() => failing(429, { "retry-after": "20" }), fine], { maxRetries: 0 });
  await assert.rejects(read(nexthink), { kind: "rate-limited" });
  const until = clock.now + 20_000;
  await Promise.all([act(nexthink), read(nexthink)]);
  assert.ok(clock.now >= until, `${pauses}`);
  const seen = pauses.length;
  await read(nexthink);
  assert.equal(pauses.length, seen);
});

test("a `sleep` that does not wait does not make the client spin", async () => {
  const pauses = [];
  const sleep = async (milliseconds) => {
    if (pauses.push(milliseconds) > 20) throw new Error("the client spins");
  };
  const { nexthink, requests } = arrive([() => failing(429, { "retry-after": "20" }), fine], { host: { sleep } });
  await read(nexthink);
  assert.equal(requests.length, 2);
  assert.ok(pauses.length <= 3, `${pauses}`);
});

test("what the whole call has no time for is not waited for", async () => {
  const trouble = () => failing(503, { "retry-after": "30" });
  const { nexthink, requests, pauses } = arrive([trouble], { totalTimeoutMs: 10_000 });
  await assert.rejects(read(nexthink), { kind: "server", retryAfterMs: 30_000 });
  assert.deepEqual([requests.length, pauses], [1, []]);
  // The call's own time comes before the client's.
  await assert.rejects(read(nexthink, { timeoutMs: 60_000 }), { kind: "server" });
  assert.equal(requests.length, 4);
  const paused = arrive([() => failing(429, { "retry-after": "30" })], { totalTimeoutMs: 10_000 });
  await assert.rejects(read(paused.nexthink), { kind: "rate-limited" });
  await assert.rejects(act(paused.nexthink), { kind: "rate-limited", sideEffect: "none" });
  assert.equal(paused.requests.length, 1);
});

test("requests begin evenly where a rate is set", async () => {
  const times = [];
  const tenant = arrive(
    () => {
      times.push(tenant.clock.now);
      return fine();
    },
    { limits: { perSecond: 4 } },
  );
  for (let call = 0; call < 5; call++) await read(tenant.nexthink);
  assert.deepEqual(
    times.map((time) => time - times[0]),
    [0, 250, 500, 750, 1_000],
  );
});

test("token requests are sent again, too: they change nothing", async () => {
  let asked = 0;
  const fetch = async (url) => {
    if (!url.includes("-login.")) return fine();
    asked += 1;
    return asked < 3 ? failing(503) : new Response('{"access_token":"t","expires_in":900}');
  };
  await act(arrive(fine, { host: { fetch } }).nexthink);
  assert.equal(asked, 3);
});
