// Requests by the runtime's own fetch, against a server on this machine: answers that come together, each for its own call
// and as a part of what its caller is doing; and redirects, which that fetch refuses by itself.

import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { serveEcho } from "./echoing-tenant.mjs";

const device = "e0aa796d-7d0c-4a4b-9c1e-000000000001";
const many = Array.from({ length: 48 }, (_, at) => String(at));

test("answers that come together are each told to the call that has asked for it", async (context) => {
  const { nexthink } = await serveEcho(context);
  for (let round = 0; round < 5; round++) {
    const answers = await Promise.all(many.map((at) => nexthink.nql.execute("#echo", { at })));
    assert.deepEqual(
      answers.map(({ rows }) => rows[0].at),
      many,
    );
  }
  const alone = await nexthink.nql.execute("#echo", { at: "alone" });
  assert.equal(alone.rows[0].at, "alone");
});

test("whatever a call does belongs to its caller, whoever it has waited for and however many go on together", async (context) => {
  const current = new AsyncLocalStorage();
  for (const concurrent of [many.length, 16, 3, 1]) {
    const events = [];
    const onEvent = (event) => events.push({ ...event, caller: current.getStore() });
    // All but one wait for the token that it fetches, most of them for their turn, and none is answered the first time.
    const { nexthink } = await serveEcho(context, { onEvent, limits: { concurrent } });
    for (const round of ["a", "b"]) {
      const callers = many.map((at) => `${at}${round}`);
      await Promise.all(callers.map((at) => current.run(at, () => nexthink.nql.execute("#busy_at_first", { at }))));
    }
    const callers = ["a", "b"].flatMap((round) => many.map((at) => `${at}${round}`));
    // Calls are numbered in their order.
    assert.deepEqual(
      events.filter(({ call, caller }) => caller !== callers[call - 1]),
      [],
    );
    const sent = events.filter(({ type, operation }) => type === "request" && operation === "nql.execute");
    assert.equal(sent.length, callers.length * 2);
  }
});

test("a call goes on when an export has given its turn back, and has nothing more to do", async (context) => {
  const { nexthink } = await serveEcho(context, { limits: { concurrent: 1 } });
  await nexthink.nql.execute("#echo", { at: "first" });
  const exported = nexthink.nql.export("#missing")[Symbol.asyncIterator]().next();
  const answer = nexthink.nql.execute("#echo", { at: "second" });
  await assert.rejects(exported, { kind: "not-found" });
  assert.equal((await answer).rows[0].at, "second");
});

test("a call that is given up while its answer waits for others ends at once, and the others go on", async (context) => {
  const { nexthink, answered } = await serveEcho(context);
  for (let round = 0; round < 5; round++) {
    const controller = new AbortController();
    answered.once("answer", () => controller.abort());
    const signals = many.map((_, at) => (at % 2 ? undefined : controller.signal));
    const calls = many.map((at, place) => nexthink.nql.execute("#echo", { at }, { signal: signals[place] }));
    const outcomes = await Promise.allSettled(calls);
    for (const [place, { value, reason }] of outcomes.entries()) {
      if (reason) assert.deepEqual([reason.kind, place % 2], ["aborted", 0]);
      else assert.equal(value.rows[0].at, many[place]);
    }
    assert.ok(outcomes.some(({ reason }) => reason));
  }
});

/** What a process says that makes overlapping calls. */
async function overlapping(options = [], args = []) {
  const script = fileURLToPath(new URL("./overlapping-process.mjs", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [...options, script, ...args], { timeout: 30_000 });
  return stdout;
}

test("a clock of a test's own that was there before the import holds no answer back", async () => {
  const before = ["--import", "data:text/javascript,globalThis.setImmediate = () => {};"];
  assert.equal(await overlapping(before), "1152 answers\n");
  assert.equal(await overlapping(), "1152 answers\n");
});

const nodeMajor = Number.parseInt(process.versions.node, 10);
// Before they use a connection again they look at it in the next turn of the event loop, which such a clock never reaches.
const skip = nodeMajor > 20 && "from Node 22 on, overlapping requests by a bare fetch hang by such a clock, too";

test("a clock of a test's own that comes later holds no answer back", { skip }, async () => {
  assert.equal(await overlapping([], ["later"]), "1152 answers\n");
});

test("an answer is whole, in however many pieces it comes, and its connection serves the next one", async (context) => {
  const { nexthink, connections } = await serveEcho(context);
  // Node's fetch opens two, whoever uses it.
  for (let call = 0; call < 3; call++) await nexthink.nql.execute("#echo");
  const opened = connections();
  for (const at of ["short", "é".repeat(9), "long".repeat(100_000)]) {
    for (const queryId of ["#pieces", "#echo"]) {
      const { rows } = await nexthink.nql.execute(queryId, { at });
      assert.deepEqual(rows, [{ at }], queryId);
    }
  }
  assert.equal(connections(), opened);
});

test("an answer of which only the beginning comes is no answer", async (context) => {
  const { nexthink } = await serveEcho(context, { maxRetries: 0 });
  await nexthink.nql.execute("#echo");
  await assert.rejects(nexthink.nql.execute("#first_piece", { at: "lost" }), { kind: "network", retryable: true });
  assert.equal((await nexthink.nql.execute("#echo", { at: "next" })).rows[0].at, "next");
});

test("a call that is given up cuts its request off, at whatever moment", { timeout: 30_000 }, async (context) => {
  const { nexthink, answered, held } = await serveEcho(context, { maxRetries: 0, allowedRemoteActions: ["#held"] });
  const turns = (many) => async () => {
    for (let turn = 0; turn < many; turn++) await new Promise((resolve) => setImmediate(resolve));
  };
  const microtasks = (many) => async () => {
    for (let turn = 0; turn < many; turn++) await undefined;
  };
  const arrived = () => once(answered, "held");
  const many = Array.from({ length: 30 }, (_, many) => many);
  const moments = [...many.map(microtasks), ...[1, 2, 3, 5].map(turns), arrived, arrived];
  const calls = [
    (signal) => nexthink.nql.execute("#held", {}, { signal }),
    (signal) => nexthink.nql.execute("#held_piece", {}, { signal }),
    (signal) => nexthink.remoteActions.execute({ remoteActionId: "#held", devices: [device] }, { signal }),
  ];
  const own = globalThis.fetch;
  // An instrumentation may have something to do before.
  const late = async (...given) => {
    for (let turn = 0; turn < 5; turn++) await undefined;
    return own(...given);
  };
  for (const fetch of [own, late]) {
    const { mock } = context.mock.method(globalThis, "fetch", fetch);
    for (let call = 0; call < 2; call++) await nexthink.nql.execute("#echo", { at: "first" });
    for (const [call, moment] of calls.flatMap((call) => moments.map((moment) => [call, moment]))) {
      const controller = new AbortController();
      const reached = moment();
      const given = assert.rejects(call(controller.signal), { kind: "aborted" });
      await reached;
      controller.abort();
      await given;
    }
    mock.restore();
  }
  // A request may be on its way yet; this one comes behind it.
  await nexthink.nql.execute("#echo", { at: "last" });
  while (held.size > 0) await once(answered, "cut");
});

test("a mock in the place of fetch is given a signal, also where Node's own needs none", async (context) => {
  const { nexthink } = await serveEcho(context);
  for (let call = 0; call < 3; call++) await nexthink.nql.execute("#echo");
  const fetch = (_url, { signal }) =>
    new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  const { mock } = context.mock.method(globalThis, "fetch", fetch);
  await assert.rejects(nexthink.nql.execute("#echo", {}, { timeoutMs: 30 }), { kind: "timeout" });
  assert.equal(mock.calls[0].arguments[1].signal.aborted, true);
  mock.restore();
});

test("a call that is given up cuts nothing off but itself, whatever its connection has served before", async (context) => {
  const { nexthink, requests } = await serveEcho(context, { maxRetries: 0 });
  for (let round = 0; round < 20; round++) {
    const controller = new AbortController();
    await nexthink.nql.execute("#echo", { at: "before" });
    const answers = ["one", "two"].map((at) => nexthink.nql.execute("#pieces", { at }));
    const given = nexthink.nql.execute("#pieces", { at: "up" }, { signal: controller.signal });
    if (round % 2) await Promise.race(answers);
    controller.abort();
    const [outcome] = await Promise.allSettled([given]);
    assert.ok(outcome.value || outcome.reason.kind === "aborted");
    const rows = (await Promise.all(answers)).map(({ rows }) => rows[0].at);
    assert.deepEqual(rows, ["one", "two"]);
  }
  assert.ok(requests.length >= 1 + 20 * 3);
});

/** Sets what sends the requests of Node's fetch; gives what was there. */
function setDispatcher(context, make) {
  const place = Symbol.for(`undici.globalDispatcher.${nodeMajor < 26 ? 1 : 2}`);
  const own = globalThis[place];
  context.after(() => {
    globalThis[place] = own;
  });
  globalThis[place] = make(own);
}

test("a request goes through the dispatcher that the application has set, whole if it may be sent again", async (context) => {
  const { nexthink } = await serveEcho(context, { allowedRemoteActions: ["echo"] });
  await nexthink.nql.execute("#echo", { at: "first" });
  const sent = [];
  setDispatcher(context, (own) => ({
    dispatch(options, handler) {
      sent.push([options.path, typeof options.body]);
      return own.dispatch(options, handler);
    },
  }));
  for (const at of ["é, 日本語, 😀", "long".repeat(100_000)]) {
    assert.deepEqual((await nexthink.nql.execute("#echo", { at })).rows, [{ at }]);
  }
  // It would be sent twice by a dispatcher that repeats what has failed, if that could.
  await nexthink.remoteActions.execute({ remoteActionId: "echo", devices: [device] }).catch(() => {});
  assert.deepEqual(sent, [
    ["/api/v2/nql/execute", "string"],
    ["/api/v2/nql/execute", "string"],
    ["/api/v1/act/execute", "object"],
  ]);
});

test("what a wrapper of fetch sends in the place of a body is what arrives", async (context) => {
  const { nexthink } = await serveEcho(context);
  await nexthink.nql.execute("#echo", { at: "first" });
  const own = globalThis.fetch;
  const changes = [
    (url, init) => own(url, { ...init, body: init.body.replace("asked", "other") }),
    (url, init) => own(url, { ...init, body: new Blob([init.body.replace("asked", "other")]) }),
    (url, init) => own(new Request(url, { ...init, body: init.body.replace("asked", "other") })),
    (url, init) => own(new Request(url, { ...init, body: init.body.replace("asked", "other") }).clone()),
  ];
  for (const fetch of changes) {
    const { mock } = context.mock.method(globalThis, "fetch", fetch);
    assert.deepEqual((await nexthink.nql.execute("#echo", { at: "asked" })).rows, [{ at: "other" }], String(fetch));
    mock.restore();
  }
});

test("what a mock in the place of fetch announces wrongly is read to its end", async (context) => {
  const { nexthink } = await serveEcho(context);
  await nexthink.nql.execute("#echo");
  const text = JSON.stringify({ queryId: "#mocked", data: [{ at: "here" }] });
  for (const length of [1, 30, text.length, 900]) {
    const pieces = [text.slice(0, 20), text.slice(20, 40), text.slice(40)].map((piece) => Buffer.from(piece));
    const headers = { "content-type": "application/json", "content-length": String(length) };
    const fetch = async () => new Response(ReadableStream.from(pieces), { headers });
    const { mock } = context.mock.method(globalThis, "fetch", fetch);
    assert.equal((await nexthink.nql.execute("#mocked")).rows[0].at, "here", `announced: ${length}`);
    mock.restore();
  }
});

test("a redirect is an error and is not followed, whatever was sent before it", async (context) => {
  const statuses = [301, 302, 303, 307, 308];
  const allowedRemoteActions = statuses.map((status) => `moved_${status}`);
  const { nexthink, requests } = await serveEcho(context, { allowedRemoteActions });
  for (const status of statuses) {
    const calls = [
      [() => nexthink.nql.execute(`#moved_${status}`), "none"],
      [() => nexthink.remoteActions.execute({ remoteActionId: `moved_${status}`, devices: [device] }), "unknown"],
    ];
    for (const [call, sideEffect] of calls) {
      requests.length = 0;
      await assert.rejects(call(), { kind: "malformed", message: /redirect, which is not followed/, sideEffect });
      assert.equal(requests.filter((url) => url !== "/token").length, 1);
    }
  }
});

test("a redirect is told alike where a mock stands for Node's fetch", async (context) => {
  const { nexthink } = await serveEcho(context);
  await nexthink.nql.execute("#echo");
  for (const cause of ["unexpected redirect", new Error("unexpected redirect")]) {
    const fetch = async () => {
      throw Object.assign(new TypeError("Failed to fetch"), { cause });
    };
    const { mock } = context.mock.method(globalThis, "fetch", fetch);
    await assert.rejects(nexthink.nql.execute("#echo"), { kind: "malformed", message: /redirect/ });
    assert.equal(mock.callCount(), 1);
    mock.restore();
  }
});

test("in another runtime requests are made as everywhere, also where someone has brought Node's dispatcher", async (context) => {
  const asked = [];
  // It is there once it was used.
  await fetch("data:,");
  context.mock.method(globalThis, "fetch", async (_url, { redirect }) => {
    asked.push(redirect);
    return new Response('{"access_token":"t","expires_in":900,"data":[]}');
  });
  const own = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  context.after(() => {
    delete globalThis.navigator;
    if (own) Object.defineProperty(globalThis, "navigator", own);
  });
  for (const [userAgent, redirect] of [
    ["Deno/2.9.6", "manual"],
    ["Bun/1.4.5", "manual"],
    ["Cloudflare-Workers", "manual"],
    ["Node.js/22", "error"],
    [undefined, "error"],
  ]) {
    Object.defineProperty(globalThis, "navigator", { value: { userAgent }, configurable: true });
    asked.length = 0;
    const { nexthink } = await serveEcho(context);
    await nexthink.nql.execute("#echo");
    assert.deepEqual(asked, [redirect, redirect], userAgent);
  }
});

test("what a mock in the place of fetch fails with ends its own call, also where answers come together", async (context) => {
  const { nexthink } = await serveEcho(context, { allowedRemoteActions: ["echo"] });
  await nexthink.nql.execute("#echo", { at: "first" });
  const own = globalThis.fetch;
  const fetch = async (...given) => {
    const answer = await own(...given);
    const get = (name) => {
      if (name === "x-request-id") throw new Error("no such header");
      return answer.headers.get(name);
    };
    return { status: answer.status, headers: { get }, arrayBuffer: () => answer.arrayBuffer() };
  };
  const { mock } = context.mock.method(globalThis, "fetch", fetch);
  for (let round = 0; round < 5; round++) {
    const calls = many.map(() => nexthink.remoteActions.execute({ remoteActionId: "echo", devices: [device] }));
    const outcomes = await Promise.allSettled(calls);
    assert.deepEqual([...new Set(outcomes.map(({ reason }) => reason?.kind))], ["network"]);
  }
  mock.restore();
});
