// What is read of an answer, and what is not: its size has a limit, and a redirect is an answer like any other.

import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { act, arrive, fine, read } from "./scripted-tenant.mjs";

const megabyte = 1 << 20;

/** An answer of so many chunks, which counts those that were taken and says when it was cancelled. */
function streamed(chunk, count, headers) {
  const seen = { pulled: 0, cancelled: false };
  const body = new ReadableStream(
    {
      pull(controller) {
        if (seen.pulled === count) return controller.close();
        seen.pulled += 1;
        controller.enqueue(chunk);
      },
      cancel() {
        seen.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { seen, answer: () => new Response(body, { headers }) };
}

test("an answer that announces more than the limit is not read at all", async () => {
  const { seen, answer } = streamed(new Uint8Array(1_000), 100, { "content-length": "100000" });
  const { nexthink, requests } = arrive(answer, { maxResponseBytes: 10_000 });
  await assert.rejects(read(nexthink), { kind: "malformed", sideEffect: "none", hint: /maxResponseBytes/ });
  await settled();
  assert.deepEqual(seen, { pulled: 0, cancelled: true });
  assert.equal(requests[0].signal.aborted, true);
  assert.equal(requests.length, 1);
});

test("an answer that grows beyond the limit is read no further", async () => {
  for (const headers of [{}, { "content-length": "9", "content-encoding": "gzip" }, { "content-length": "many" }]) {
    for (const [call, sideEffect] of [
      [read, "none"],
      [act, "unknown"],
    ]) {
      const { seen, answer } = streamed(new Uint8Array(1_000), 1_000, headers);
      const { nexthink } = arrive(answer, { maxResponseBytes: 10_000 });
      await assert.rejects(call(nexthink), { kind: "malformed", sideEffect, retryable: false });
      await settled();
      assert.deepEqual(seen, { pulled: 11, cancelled: true });
    }
  }
});

test("an announced length that is too small hides nothing", async () => {
  // Browsers show a page of another origin the length of what was sent, and not that it was packed.
  const { seen, answer } = streamed(new Uint8Array(1_000), 1_000, { "content-length": "9" });
  const { nexthink } = arrive(answer, { maxResponseBytes: 10_000 });
  await assert.rejects(read(nexthink), { kind: "malformed" });
  await settled();
  assert.deepEqual(seen, { pulled: 11, cancelled: true });
});

test("a mock without a body has its limit, too", async () => {
  const mock = (length) => () => ({
    status: 200,
    headers: { get: () => null },
    arrayBuffer: async () => new TextEncoder().encode(`{"data":[]${" ".repeat(length - 11)}}`).buffer,
  });
  const client = (length) => arrive(mock(length), { maxResponseBytes: 1_000 }).nexthink;
  await assert.rejects(read(client(1_001)), { kind: "malformed" });
  assert.deepEqual((await read(client(1_000))).rows, []);
});

test("40 MB are more than the default limit, and rows where the limit is raised", async () => {
  const row = new TextEncoder().encode(`{"a":"${"x".repeat(megabyte - 9)}"},`);
  const answer = () => {
    let chunk = 0;
    return new Response(
      new ReadableStream({
        pull(controller) {
          if (chunk === 0) controller.enqueue(new TextEncoder().encode('{"data":['));
          if (chunk < 40) controller.enqueue(row);
          else controller.enqueue(new TextEncoder().encode('{"a":"last"}]}'));
          if (chunk === 40) controller.close();
          chunk += 1;
        },
      }),
    );
  };
  await assert.rejects(read(arrive(answer).nexthink), { kind: "malformed", hint: /maxResponseBytes/ });
  const { rows } = await read(arrive(answer, { maxResponseBytes: 64 * megabyte }).nexthink);
  assert.deepEqual([rows.length, rows[0].a.length, rows[40].a], [41, megabyte - 9, "last"]);
});

test("a body that is packed is what it is when unpacked", async () => {
  // As a `fetch` gives it that has unpacked it and left the fields as they were.
  const text = '{"data":[{"a":1}]}';
  const headers = { "content-encoding": "gzip", "content-length": String(gzipSync(text).length) };
  const { nexthink } = arrive(() => new Response(text, { headers }));
  assert.deepEqual((await read(nexthink)).rows, [{ a: 1 }]);
});

test("a body that breaks off is a network failure: sent again if it was a read, unknown if not", async () => {
  const broken = () =>
    new Response(
      new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('{"data":['));
          controller.error(new TypeError("terminated"));
        },
      }),
    );
  const reading = arrive([broken, fine]);
  assert.equal((await read(reading.nexthink)).rows.length, 1);
  assert.equal(reading.requests.length, 2);
  const acting = arrive([broken, fine]);
  await assert.rejects(act(acting.nexthink), { kind: "network", sideEffect: "unknown" });
  assert.equal(acting.requests.length, 1);
});

test("a redirect is an error and is not followed", async () => {
  // Browsers hide it: status 0.
  const opaque = { status: 0, headers: { get: () => null }, body: null, arrayBuffer: async () => new ArrayBuffer(0) };
  const moved = (status) => () => new Response(null, { status, headers: { location: "https://elsewhere.example/" } });
  for (const answer of [...[301, 302, 303, 307, 308].map(moved), () => opaque]) {
    for (const [call, sideEffect] of [
      [read, "none"],
      [act, "unknown"],
    ]) {
      const { nexthink, requests } = arrive([answer]);
      await assert.rejects(call(nexthink), { kind: "malformed", message: /redirect/, sideEffect });
      assert.deepEqual(
        requests.map(({ redirect }) => redirect),
        ["manual"],
      );
    }
  }
});

test("what is no answer is an error, and does not end the process", async () => {
  const head = { status: 200, headers: { get: () => null } };
  for (const answer of [
    undefined,
    null,
    "text",
    {},
    { status: 200 },
    { ...head, arrayBuffer: async () => undefined },
    { ...head, arrayBuffer: () => Promise.reject(new Error("no")) },
    {
      get status() {
        throw new Error("no status");
      },
    },
    { status: 200, headers: {}, arrayBuffer: async () => new ArrayBuffer(2) },
  ]) {
    const { nexthink } = arrive([() => answer], { maxRetries: 0 });
    await assert.rejects(read(nexthink), { name: "NexthinkError", sideEffect: "none" });
    await assert.rejects(act(nexthink), { name: "NexthinkError", sideEffect: "unknown" });
  }
});

/** Once around the loop: what was to be let go of has been let go of. */
function settled() {
  return new Promise((resolve) => setImmediate(resolve));
}
