// The rows of exports in JavaScript: how files are unpacked and cut, what they are called by, and what is left of files
// that are damaged.

import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { answerOf, arrive, collect } from "./exporting.mjs";

const csv = "a,b\n1,2\n3,4\n";
const rows = [
  { a: "1", b: "2" },
  { a: "3", b: "4" },
];
const wanted = (sent) => JSON.parse(sent.find(({ url }) => url.endsWith("/nql/export")).init.body).compression;
/** The rows of a file. */
const read = (file, ...rest) => collect(arrive({ file, ...rest }).nexthink.nql.export("#devices"));

test("an export gives what execute gives, as text", async () => {
  const { nexthink, sent } = arrive({ devices: 300 });
  const { rows: executed, columns } = await nexthink.nql.execute("#devices");
  const { given, error } = await collect(nexthink.nql.export("#devices"));
  assert.equal(error, undefined);
  assert.equal(given.length, 300);
  assert.deepEqual(Object.keys(given[0]), columns);
  const texts = executed.map((row) => Object.fromEntries(columns.map((column) => [column, String(row[column] ?? "")])));
  assert.deepEqual(given, texts);
  assert.equal(wanted(sent), "GZIP");
});

test("a file is unpacked where it is packed, whatever the header fields say", async () => {
  const packed = gzipSync(csv);
  const files = {
    "packed, and said so by its type": () => new Response(packed, { headers: { "content-type": "application/gzip" } }),
    "packed, and called text": () => new Response(packed, { headers: { "content-type": "text/csv" } }),
    // `fetch` has unpacked it, and leaves the header fields as they came.
    "unpacked by fetch": () =>
      new Response(csv, { headers: { "content-encoding": "gzip", "content-length": String(packed.length) } }),
    "of two members": () => new Response(Buffer.concat([gzipSync("a,b\n1,"), gzipSync("2\n3,4\n")])),
  };
  for (const [name, file] of Object.entries(files)) assert.deepEqual(await read(file), { given: rows }, name);
});

test("a file may be cut anywhere", async () => {
  const text = '"näme",b\r\n"é,""\n😀",2\r\n';
  const expected = { given: [{ näme: 'é,"\n😀', b: "2" }] };
  for (const bytes of [Buffer.from(text), gzipSync(text)]) {
    const single = Array.from(bytes, (byte) => Uint8Array.of(byte));
    assert.deepEqual(await read(() => answerOf(single)), expected);
    const empties = single.flatMap((piece) => [new Uint8Array(), piece]);
    // A byte stream takes no empty pieces; others do.
    assert.deepEqual(await read(() => answerOf(empties)), expected);
  }
});

test("a large piece may follow one of a single byte", async () => {
  const many = `a\n${"0123456789\n".repeat(50_000)}`;
  for (const bytes of [Buffer.from(many), gzipSync(many, { level: 0 })]) {
    const { given, error } = await read(() => answerOf([bytes.subarray(0, 1), bytes.subarray(1)]));
    assert.equal(error, undefined);
    assert.equal(given.length, 50_000);
  }
});

test("a fetch without streams is enough", async () => {
  for (const bytes of [Buffer.from(csv), gzipSync(csv), Buffer.alloc(0)]) {
    const arrayBuffer = async () => new Uint8Array(bytes).buffer;
    const answer = { status: 200, headers: new Headers(), arrayBuffer };
    const { given, error } = await read(async () => answer);
    assert.deepEqual([given, error], [bytes.length ? rows : [], undefined]);
  }
});

test("a refused file whose body fails is an error and nothing else", async () => {
  const arrayBuffer = () => Promise.reject(new Error("nobody reads this"));
  const { error } = await read(async () => ({ status: 403, headers: new Headers(), arrayBuffer }));
  assert.equal(error.kind, "server");
});

test("a runtime that cannot unpack asks for a file that is not packed", async () => {
  const { DecompressionStream } = globalThis;
  try {
    delete globalThis.DecompressionStream;
    const { nexthink, sent } = arrive();
    const { given, error } = await collect(nexthink.nql.export("#devices"));
    assert.equal(error, undefined);
    assert.ok(given.length > 0);
    assert.equal(wanted(sent), "NONE");
    const packed = await read(() => new Response(gzipSync(csv)));
    assert.deepEqual([packed.given, packed.error.kind], [[], "malformed"]);
  } finally {
    globalThis.DecompressionStream = DecompressionStream;
  }
});

test("a packed file that is cut short or damaged is malformed", async () => {
  const many = `a,b\n${Array.from({ length: 20_000 }, (_, row) => `${row},${(row * 7919) % 10_007}\n`).join("")}`;
  const packed = gzipSync(many);
  const middle = packed.length >> 1;
  const half = packed.subarray(0, middle);
  const damaged = Buffer.from(packed);
  damaged.fill(0xff, middle, middle + 64);
  const checksum = Buffer.from(packed);
  checksum[checksum.length - 6] ^= 1;
  const pieces = (bytes) => Array.from({ length: 20 }, (_, at) => part(bytes, at, 20));
  const files = { half, damaged, checksum, "header only": packed.subarray(0, 10), magic: packed.subarray(0, 2) };
  for (const [name, bytes] of Object.entries(files)) {
    for (const cut of [[bytes], pieces(bytes)]) {
      const { given, error } = await read(() => answerOf(cut));
      assert.equal(error?.kind, "malformed", `${name}: ${error}`);
      for (const [row, { a }] of given.entries()) assert.equal(a, String(row), name);
    }
  }
});

function part(bytes, at, parts) {
  return bytes.subarray(Math.floor((at * bytes.length) / parts), Math.floor(((at + 1) * bytes.length) / parts));
}

test("of a file that breaks off the rows before are given, then what broke", async () => {
  function* breaking() {
    yield "a,b\n1,2\n3,";
    yield "4\n5,";
    throw Object.assign(new Error("reset"), { code: "ECONNRESET" });
  }
  const { given, error } = await read(() => answerOf(breaking()));
  assert.deepEqual(given, rows);
  assert.deepEqual([error.kind, error.sideEffect], ["network", "none"]);
  assert.match(error.message, /ECONNRESET/);
  const packed = gzipSync(csv);
  function* breakingPacked() {
    yield packed.subarray(0, 12);
    throw Object.assign(new Error("reset"), { code: "ECONNRESET" });
  }
  assert.equal((await read(() => answerOf(breakingPacked()))).error.kind, "network");
});

test("of a file that is wrong the rows before are given, then the line", async () => {
  const { given, error } = await read(() => new Response(`${csv}secret\n5,6\n`));
  assert.deepEqual(given, rows);
  assert.equal(error.kind, "malformed");
  assert.match(error.message, /line 4/);
  assert.doesNotMatch(error.message, /secret/);
});

test("an empty file has no rows, and neither has a header alone", async () => {
  for (const text of ["", "a,b\n", "a,b"]) {
    for (const body of [text, gzipSync(text)]) {
      assert.deepEqual(await read(() => new Response(body)), { given: [] }, text);
    }
  }
});

test("no value is lost to a column's name", async () => {
  const { given } = await read(() => new Response("a,__proto__,a,constructor,a (2),__proto__\n1,2,3,4,5,6\n"));
  assert.deepEqual(Object.entries(given[0]), [
    ["a", "1"],
    ["__proto__", "2"],
    ["a (2)", "3"],
    ["constructor", "4"],
    ["a (2) (2)", "5"],
    ["__proto__ (2)", "6"],
  ]);
  assert.equal(Object.getPrototypeOf(given[0]), Object.prototype);
});

test("the storage is sent neither the token nor anything of the caller's", async () => {
  const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  const { nexthink, opened } = arrive();
  await collect(nexthink.nql.export("#devices", { username: "amartin" }, { traceparent }));
  assert.equal(opened.length, 1);
  const { method, headers, redirect, body, signal } = opened[0].init;
  assert.deepEqual({ method, redirect, body }, { method: "GET", redirect: "manual", body: undefined });
  assert.deepEqual(Object.keys(headers), ["user-agent"]);
  assert.ok(signal instanceof AbortSignal);
});

test("an export that is never iterated sends nothing, and one of a wrong name rejects in its loop", async () => {
  const { nexthink, sent } = arrive();
  nexthink.nql.export("#devices");
  const wrong = nexthink.nql.export("devices");
  const { error } = await collect(wrong);
  assert.equal(error.kind, "invalid");
  assert.equal(sent.length, 0);
});

test("each loop over an export is one of its own", async () => {
  const { nexthink, sent } = arrive();
  const exporting = nexthink.nql.export("#devices");
  const first = await collect(exporting);
  assert.ok(first.given.length > 0);
  assert.deepEqual(await collect(exporting), first);
  assert.equal(sent.filter(({ url }) => url.endsWith("/nql/export")).length, 2);
});

test("exports at once on one client do not meet", async () => {
  let number = 0;
  const { nexthink } = arrive({ file: () => new Response(`n\n${`${++number}\n`.repeat(1_000)}`) });
  const all = await Promise.all(Array.from({ length: 8 }, () => collect(nexthink.nql.export("#devices"))));
  const seen = all.map(({ given }) => {
    assert.equal(given.length, 1_000);
    return [...new Set(given.map(({ n }) => n))].join();
  });
  assert.deepEqual(seen.sort(), ["1", "2", "3", "4", "5", "6", "7", "8"]);
});

test("progress is told until the end, without an address", async () => {
  const { nexthink } = arrive({ devices: 300 });
  const told = [];
  const { given } = await collect(
    nexthink.nql.export("#devices", {}, { onProgress: (progress) => told.push(progress) }),
  );
  assert.equal(given.length, 300);
  assert.equal(told[0].status, "SUBMITTED");
  const { exportId, ...last } = told.at(-1);
  assert.equal(typeof exportId, "string");
  assert.deepEqual(last, { status: "COMPLETED", rows: 300, bytes: last.bytes, truncated: false });
  assert.deepEqual(
    [...told].sort((a, b) => a.bytes - b.bytes),
    told,
  );
  assert.ok(told.every((progress) => !JSON.stringify(progress).includes("http") && !("list" in progress)));
});

test("a listener to progress that is no function is refused before an export counts against the day's", async () => {
  const { nexthink, sent } = arrive();
  for (const onProgress of [true, {}, "log", null]) {
    const { error } = await collect(nexthink.nql.export("#devices", {}, { onProgress }));
    assert.equal(error.kind, "invalid");
    assert.match(error.message, /`onProgress`/);
  }
  assert.equal(sent.length, 0);
});

test("what a listener to progress throws ends the loop and lets the file go", async () => {
  let cancelled = 0;
  const body = new ReadableStream({
    pull: (controller) => controller.enqueue(Buffer.from("a,b\n1,2\n")),
    cancel: () => void cancelled++,
  });
  const { nexthink } = arrive({ file: () => new Response(body) });
  const own = new Error("my own");
  const onProgress = ({ bytes }) => {
    if (bytes > 0) throw own;
  };
  const { error } = await collect(nexthink.nql.export("#devices", {}, { onProgress }));
  assert.equal(error, own);
  assert.equal(cancelled, 1);
});

test("whatever an export does belongs to its caller, however many wait for one another", async () => {
  const current = new AsyncLocalStorage();
  const seen = [];
  const onEvent = ({ call }) => seen.push([call, current.getStore()]);
  const { nexthink } = arrive({ options: { onEvent, limits: { concurrent: 1 } } });
  const callers = ["a", "b", "c", "d"];
  await Promise.all(callers.map((caller) => current.run(caller, () => collect(nexthink.nql.export("#devices")))));
  assert.ok(seen.length > callers.length);
  // Calls are numbered in their order.
  assert.deepEqual(
    seen.filter(([call, caller]) => caller !== callers[call - 1]),
    [],
  );
});
