// Calls that are cancelled, whatever they are doing, and calls whose time is over: they end at once and leave nothing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient } from "nexthink-chatbot";
import { act, arrive, credentials, failing, fine, json, read } from "./scripted-tenant.mjs";

const never = () => new Promise(() => {});

/** Something that a test waits for, and tells. */
function moment() {
  let tell;
  const told = new Promise((resolve) => {
    tell = resolve;
  });
  return { tell, told };
}

/** Cancels a call as soon as something has happened, and gives its error. */
async function cancelled(call, nexthink, when) {
  const controller = new AbortController();
  const failed = call(nexthink, { signal: controller.signal }).then(assert.fail, (error) => error);
  await when;
  controller.abort();
  const error = await failed;
  assert.equal(error.kind, "aborted", error.message);
  assert.equal(error.retryable, false);
  return error;
}

test("a call that is cancelled before it begins sends nothing, not even for a token", async () => {
  const { nexthink, requests, tokenRequests } = arrive();
  for (const call of [read, act]) {
    const options = { signal: AbortSignal.abort() };
    await assert.rejects(call(nexthink, options), { kind: "aborted", sideEffect: "none" });
  }
  assert.deepEqual([requests.length, tokenRequests.length], [0, 0]);
});

test("neither does one that has a token already", async () => {
  const { nexthink, requests } = arrive();
  await read(nexthink);
  for (const call of [read, act]) {
    await assert.rejects(call(nexthink, { signal: AbortSignal.abort() }), { kind: "aborted", sideEffect: "none" });
  }
  assert.equal(requests.length, 1);
});

test("a call that is cancelled while a token is fetched has sent nothing", async () => {
  for (const call of [read, act]) {
    const { tell, told } = moment();
    const seen = [];
    const fetch = (url, { signal }) => {
      seen.push({ url, signal });
      tell();
      return never();
    };
    const { nexthink } = arrive(fine, { host: { fetch } });
    const error = await cancelled(call, nexthink, told);
    assert.equal(error.sideEffect, "none");
    assert.deepEqual(
      seen.map(({ url, signal }) => [url.includes("-login."), signal.aborted]),
      [[true, true]],
    );
  }
});

test("a call that is cancelled while its token is provided has sent nothing", async () => {
  for (const call of [read, act]) {
    const { tell, told } = moment();
    const tokenProvider = () => {
      tell();
      return never();
    };
    const { nexthink, requests } = arrive(fine, { tokenProvider });
    const error = await cancelled(call, nexthink, told);
    assert.deepEqual([error.sideEffect, requests.length], ["none", 0]);
  }
});

test("who is cancelled while fetching a token leaves it to those who wait for it", async () => {
  const { tell, told } = moment();
  let asked = 0;
  const fetch = async (url) => {
    if (!url.includes("-login.")) return fine();
    asked += 1;
    if (asked > 1) return json({ access_token: "t", expires_in: 900 });
    tell();
    return never();
  };
  const { nexthink } = arrive(fine, { host: { fetch } });
  const controller = new AbortController();
  const first = read(nexthink, { signal: controller.signal });
  const others = [read(nexthink), act(nexthink)];
  await told;
  controller.abort();
  await assert.rejects(first, { kind: "aborted" });
  await Promise.all(others);
  assert.equal(asked, 2);
});

test("a call that is cancelled while it waits for its turn has sent nothing, and the next has its turn", async () => {
  const { tell, told } = moment();
  const answers = [];
  const answer = () => {
    tell();
    return new Promise((resolve) => answers.push(() => resolve(fine())));
  };
  const { nexthink, requests } = arrive(answer, { limits: { concurrent: 1 } });
  const first = read(nexthink);
  await told;
  const error = await cancelled(act, nexthink, undefined);
  assert.equal(error.sideEffect, "none");
  const last = read(nexthink);
  answers[0]();
  await first;
  while (answers.length < 2) await Promise.race([last, new Promise((resolve) => setImmediate(resolve))]);
  answers[1]();
  await last;
  assert.equal(requests.length, 2);
});

test("a call whose time is over while it waits for its turn ends, and says that nothing was sent", async () => {
  const { nexthink, requests } = arrive(never, { limits: { concurrent: 1 } });
  const controller = new AbortController();
  const first = read(nexthink, { signal: controller.signal });
  await assert.rejects(act(nexthink, { timeoutMs: 20 }), { kind: "timeout", sideEffect: "none" });
  assert.equal(requests.length, 1);
  controller.abort();
  await assert.rejects(first, { kind: "aborted" });
});

test("a clock that jumps takes nobody's turn away", async () => {
  const answers = [];
  const answer = () => new Promise((resolve) => answers.push(() => resolve(fine())));
  const { nexthink } = arrive(answer, { limits: { concurrent: 1 } });
  const calls = [read(nexthink), read(nexthink), act(nexthink)];
  const all = Promise.all(calls);
  for (let call = 0; call < calls.length; call++) {
    while (answers.length <= call) await Promise.race([all, new Promise((resolve) => setImmediate(resolve))]);
    answers[call]();
  }
  assert.equal((await all).length, 3);
});

test("a request that is cancelled is cancelled at the runtime, and what it did is known only of reads", async () => {
  for (const [call, sideEffect] of [
    [read, "none"],
    [act, "unknown"],
  ]) {
    const { tell, told } = moment();
    const { nexthink } = arrive(({ signal }) => {
      tell(signal);
      return never();
    });
    const error = await cancelled(call, nexthink, told);
    assert.equal(error.sideEffect, sideEffect);
    assert.equal((await told).aborted, true);
  }
});

test("a call that is cancelled while its answer is read cancels the body", async () => {
  for (const call of [read, act]) {
    const { tell, told } = moment();
    const gone = moment();
    const body = new ReadableStream({ pull: tell, cancel: gone.tell }, { highWaterMark: 0 });
    const { nexthink } = arrive(() => new Response(body));
    const error = await cancelled(call, nexthink, told);
    assert.equal(error.sideEffect, call === act ? "unknown" : "none");
    await gone.told;
  }
});

test("an answer that comes when nobody waits any more is let go of", async () => {
  const { tell, told } = moment();
  const gone = moment();
  let answer;
  const { nexthink } = arrive(() => {
    tell();
    return new Promise((resolve) => {
      answer = resolve;
    });
  });
  await cancelled(read, nexthink, told);
  answer(new Response(new ReadableStream({ cancel: gone.tell })));
  await gone.told;
});

test("a pause before the next attempt ends with the call", async () => {
  const { tell, told } = moment();
  const sleep = () => {
    tell();
    return never();
  };
  const { nexthink, requests } = arrive([() => failing(503)], { host: { sleep } });
  const error = await cancelled(read, nexthink, told);
  assert.equal(error.sideEffect, "none");
  assert.equal(requests.length, 1);
});

test("who cancels after the end changes nothing", async () => {
  const { nexthink } = arrive();
  const controller = new AbortController();
  const answer = await read(nexthink, { signal: controller.signal });
  controller.abort();
  assert.equal(answer.rows.length, 1);
  assert.equal((await read(nexthink)).rows.length, 1);
});

test("a signal that many calls share ends all of them, and nothing warns of a leak", async (context) => {
  const warnings = [];
  const onWarning = ({ message }) => warnings.push(message);
  process.on("warning", onWarning);
  context.after(() => process.off("warning", onWarning));
  const { nexthink } = arrive(never);
  const controller = new AbortController();
  const calls = Array.from({ length: 48 }, () => read(nexthink, { signal: controller.signal }));
  const other = new AbortController();
  const last = read(nexthink, { signal: other.signal });
  await new Promise((resolve) => setImmediate(resolve));
  controller.abort();
  for (const call of calls) await assert.rejects(call, { kind: "aborted" });
  other.abort();
  await assert.rejects(last, { kind: "aborted" });
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(warnings, []);
});

test("no timer is left, and no listener on a signal that outlives the calls", async () => {
  const listeners = new Set();
  const controller = new AbortController();
  const { signal } = controller;
  const { addEventListener, removeEventListener } = signal;
  signal.addEventListener = (type, listener, ...more) => {
    listeners.add(listener);
    addEventListener.call(signal, type, listener, ...more);
  };
  signal.removeEventListener = (type, listener, ...more) => {
    listeners.delete(listener);
    removeEventListener.call(signal, type, listener, ...more);
  };
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  const before = timers();
  // The runtime's own timers: nothing is injected but the answers, and no pause is longer than a few milliseconds.
  const random = (length) => new Uint8Array(length);
  const answers = [() => failing(503), fine, fine, () => failing(404)];
  let asked = 0;
  const fetch = async (url) =>
    url.includes("-login.") ? json({ access_token: "t", expires_in: 900 }) : answers[asked++ % answers.length]();
  const options = { instance: "acme", region: "eu", credentials, host: { fetch, random }, limits: { concurrent: 2 } };
  const nexthink = createClient(options);
  await Promise.allSettled(Array.from({ length: 12 }, (_, at) => (at % 2 ? read : act)(nexthink, { signal })));
  assert.ok(asked >= 12);
  const waiting = createClient({ ...options, host: { fetch: never } });
  const failed = [read(waiting, { signal }), act(waiting, { signal }), read(waiting, { signal })];
  await new Promise((resolve) => setImmediate(resolve));
  assert.ok(timers() > before, "the test would see a timer");
  assert.ok(listeners.size > 0, "the test would see a listener");
  controller.abort();
  for (const { reason } of await Promise.allSettled(failed)) assert.equal(reason.kind, "aborted");
  assert.deepEqual([timers(), listeners.size], [before, 0]);
});
