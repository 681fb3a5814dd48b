// Exports that are left: by a loop that ends early, by a signal, by time; and those whose consumer is slow.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { createGzip, gzipSync } from "node:zlib";
import { answerOf, arrive, collect, streamOf } from "./exporting.mjs";

/** A file without an end. */
function* endless() {
  yield "a,b\n";
  for (let row = 0; ; row++) yield `${row},${"x".repeat(1_000)}\n`;
}

const never = () => new Promise(() => {});

for (const isPacked of [false, true]) {
  test(`leaving the loop closes the connection${isPacked ? " of a packed file" : ""}`, async (context) => {
    let close;
    const closed = new Promise((resolve) => {
      close = resolve;
    });
    const server = createServer((request, response) => {
      request.socket.on("close", close);
      const out = isPacked ? createGzip() : response;
      if (isPacked) out.pipe(response);
      const rows = endless();
      const write = () => {
        while (!response.destroyed && out.write(rows.next().value));
      };
      out.on("drain", write);
      write();
    });
    context.after(() => server.close());
    await once(server.listen(0, "127.0.0.1"), "listening");
    const address = `http://127.0.0.1:${server.address().port}/`;
    const { nexthink } = arrive({ file: (_, init) => fetch(address, init) });
    let rows = 0;
    for await (const { a } of nexthink.nql.export("#devices")) {
      assert.equal(a, String(rows));
      if (++rows === 100) break;
    }
    await closed;
  });
}

test("leaving the loop cancels the body, packed or not", async () => {
  for (const pack of [(body) => body, (body) => body.pipeThrough(new CompressionStream("gzip"))]) {
    let cancel;
    const cancelled = new Promise((resolve) => {
      cancel = resolve;
    });
    const { nexthink } = arrive({ file: () => new Response(pack(streamOf(endless(), { onCancel: cancel }))) });
    for await (const _ of nexthink.nql.export("#devices")) break;
    await cancelled;
  }
});

test("a signal ends an export that waits", async () => {
  const controller = new AbortController();
  const sleep = () => {
    queueMicrotask(() => controller.abort());
    return never();
  };
  const { nexthink } = arrive({ host: { sleep } });
  const { given, error } = await collect(nexthink.nql.export("#devices", {}, { signal: controller.signal }));
  assert.deepEqual([given, error.kind, error.sideEffect], [[], "aborted", "none"]);
});

test("a signal ends an export whose file is not answered, stalls, or is packed and stalls", async () => {
  const stalled = (first, cancelled) =>
    new Response(
      new ReadableStream({
        start: (controller) => controller.enqueue(first),
        cancel: cancelled,
      }),
    );
  for (const [name, begin] of [
    ["not answered", undefined],
    ["plain", Buffer.from("a,b\n1,2\n")],
    ["packed", gzipSync("a,b\n1,2\n").subarray(0, 15)],
    ["a single byte", Uint8Array.of(0x1f)],
  ]) {
    const controller = new AbortController();
    let [cancelled, cut] = [0, false];
    const file = (_, { signal }) => {
      signal.addEventListener("abort", () => {
        cut = true;
      });
      setImmediate(() => setImmediate(() => controller.abort()));
      return begin ? stalled(begin, () => void cancelled++) : never();
    };
    const { nexthink } = arrive({ file });
    const { error } = await collect(nexthink.nql.export("#devices", {}, { signal: controller.signal }));
    assert.equal(error?.kind, "aborted", name);
    assert.ok(cut, `${name}: the connection is cut`);
    assert.equal(cancelled, begin ? 1 : 0, name);
  }
});

test("after a signal between two rows no further row comes", async () => {
  const text = `a\n${"1\n".repeat(1_000)}`;
  for (const file of [
    () => new Response(text),
    async () => ({
      status: 200,
      headers: new Headers(),
      arrayBuffer: async () => new TextEncoder().encode(text).buffer,
    }),
    () => answerOf(endless()),
  ]) {
    const controller = new AbortController();
    const { nexthink } = arrive({ file });
    let rows = 0;
    await assert.rejects(
      async () => {
        for await (const _ of nexthink.nql.export("#devices", {}, { signal: controller.signal })) {
          if (++rows === 3) controller.abort();
        }
      },
      { kind: "aborted", sideEffect: "none" },
    );
    assert.equal(rows, 3);
  }
});

test("a signal that has fired before lets nothing be sent", async () => {
  const { nexthink, sent, opened } = arrive();
  const { error } = await collect(nexthink.nql.export("#devices", {}, { signal: AbortSignal.abort() }));
  assert.equal(error.kind, "aborted");
  assert.deepEqual([sent, opened], [[], []]);
});

test("the call's time ends an export that waits, and one whose consumer is slow", async () => {
  const waiting = arrive({ host: { sleep: undefined } });
  const { error } = await collect(waiting.nexthink.nql.export("#devices", {}, { timeoutMs: 50 }));
  assert.equal(error.kind, "timeout");
  const slow = arrive({ file: () => answerOf(endless()) });
  const started = Date.now();
  await assert.rejects(
    async () => {
      for await (const _ of slow.nexthink.nql.export("#devices", {}, { timeoutMs: 300 })) await turn();
    },
    { kind: "timeout" },
  );
  assert.ok(Date.now() - started < 5_000);
});

test("a time that is no whole number is refused", async () => {
  const { nexthink, sent } = arrive();
  for (const timeoutMs of [0, -1, 1.5, "10", 2 ** 31]) {
    const { error } = await collect(nexthink.nql.export("#devices", {}, { timeoutMs }));
    assert.equal(error.kind, "invalid", String(timeoutMs));
  }
  assert.equal(sent.length, 0);
});

test("a file that stalls ends by the client's time, and a slow consumer does not", async () => {
  let cancelled = 0;
  const stalled = () =>
    new Response(
      new ReadableStream({
        start: (controller) => controller.enqueue(Buffer.from("a,b\n1,2\n3")),
        cancel: () => void cancelled++,
      }),
    );
  const { nexthink } = arrive({ file: stalled, options: { timeoutMs: 100, maxRetries: 0 } });
  const { given, error } = await collect(nexthink.nql.export("#devices"));
  assert.deepEqual([given, error.kind, cancelled], [[{ a: "1", b: "2" }], "timeout", 1]);

  const pieces = ["a\n", ...Array.from({ length: 20 }, (_, row) => `${row}\n`)];
  const patient = arrive({ file: () => answerOf(pieces), options: { timeoutMs: 100 } });
  const started = Date.now();
  let rows = 0;
  for await (const _ of patient.nexthink.nql.export("#devices")) {
    rows++;
    // Longer in all than the time for one answer.
    while (Date.now() - started < rows * 10) await turn();
  }
  assert.equal(rows, 20);
  assert.ok(Date.now() - started >= 200);
});

test("no more is fetched than a slow consumer can soon read", async (context) => {
  const size = 16 * 1_024;
  function* pieces() {
    yield "n,x\n";
    for (let row = 0; row < 400; row++) {
      // Text that does not pack well, so that pieces stay pieces.
      yield `${row},${Array.from({ length: size / 8 }, (_, at) =>
        ((at * 2_654_435_761 + row * 40_503) >>> 0).toString(36),
      )
        .join("")
        .slice(0, size)}\n`;
    }
  }
  function* packed() {
    // Members of their own: what was pulled can be told from what was read.
    for (const piece of pieces()) yield gzipSync(piece, { level: 0 });
  }
  for (const [name, make] of Object.entries({ plain: pieces, packed })) {
    let [pulled, ahead, rows] = [0, 0, 0];
    const body = streamOf(make(), { onPull: () => pulled++ });
    const { nexthink } = arrive({ file: () => new Response(body) });
    for await (const { n } of nexthink.nql.export("#devices")) {
      assert.equal(n, String(rows++));
      // Whatever would be read ahead has the time for it.
      for (let turns = 0; turns < 20; turns++) await turn();
      ahead = Math.max(ahead, pulled - rows);
    }
    context.diagnostic(`${name}: at most ${ahead} pieces of ${size / 1_024} KB are fetched ahead`);
    assert.equal(rows, 400);
    assert.ok(ahead <= 24, `${name}: ${ahead}`);
  }
});
