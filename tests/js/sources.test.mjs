// Where scans and directories read from: what somebody else reads, stalls, fails to fit or was let go of.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createReadStream, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { createDirectory, scan } from "nexthink-chatbot";
import { arrive, collect } from "./exporting.mjs";

const header = "device.collector.uid,device.name,free_space";
const file = (rows) => `${header}\n${Array.from({ length: rows }, (_, at) => `uid-${at},PC-${at},5\n`).join("")}`;
const scanned = async (source, options) => {
  const one = scan(source, "slow-pc", options);
  const { given, error } = await collect(one);
  return { given, error, summary: one.summary };
};
const wasRead = { kind: "invalid", message: "the stream is read by somebody else, or was read" };

function temporaryFile(context, text) {
  const folder = mkdtempSync(join(tmpdir(), "sources-"));
  context.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "devices.csv");
  writeFileSync(path, text);
  return path;
}

test("a stream that gives nothing more is let go of when its reader is cancelled", async () => {
  const beginnings = {
    "nothing yet": undefined,
    "a row": file(1),
    "half of an archive": gzipSync(file(10)).subarray(0, 40),
  };
  for (const [name, beginning] of Object.entries(beginnings)) {
    const readers = { scan: scanned, directory: (stream, options) => createDirectory(stream, options) };
    for (const [reader, read] of Object.entries(readers)) {
      const stream = new PassThrough();
      if (beginning) stream.write(beginning);
      const closed = once(stream, "close");
      const controller = new AbortController();
      const reading = read(stream, { signal: controller.signal }).catch((error) => ({ error }));
      await new Promise(setImmediate);
      controller.abort();
      const result = await reading;
      assert.equal(result.error.kind, "aborted", `${reader}, ${name}`);
      await closed;
    }
  }
});

test("one file or stream is for one reader, and one that was read is none", async (context) => {
  const path = temporaryFile(context, file(10));
  for (const make of [() => open(path), () => createReadStream(path)]) {
    const source = await make();
    const first = scanned(source);
    assert.throws(() => scan(source, "disk"), wasRead);
    await assert.rejects(createDirectory(source), wasRead);
    assert.equal((await first).summary.rows, 10);
  }
  const stream = createReadStream(path);
  await stream.toArray();
  assert.throws(() => scan(stream, "slow-pc"), wasRead);
});

test("lines without their ends are not taken for one line", async (context) => {
  const path = temporaryFile(context, file(10));
  for (const lines of [async () => (await open(path)).readLines(), () => file(10).split("\n")]) {
    const { error } = await scanned(await lines());
    assert.deepEqual([error?.kind, /have no line break/.test(error?.message)], ["invalid", true]);
    await assert.rejects(createDirectory(await lines()), { kind: "invalid", message: /have no line break/ });
  }
  // JSON needs none, and neither does a file in one piece.
  const json = JSON.stringify([{ free_space: 5 }, { free_space: 5 }]);
  assert.equal((await scanned([json.slice(0, 9), json.slice(9)])).summary.rows, 2);
  assert.equal((await scanned([header])).summary.rows, 0);
  assert.equal((await scanned([header, "\nuid,PC,5"])).summary.rows, 1);
});

test("no match comes after a signal", async () => {
  for (const source of [file(20_000), [file(20_000)], [{ free_space: 5 }, { free_space: 4 }, { free_space: 3 }]]) {
    const controller = new AbortController();
    const given = [];
    const reading = async () => {
      for await (const match of scan(source, "slow-pc", { signal: controller.signal })) {
        given.push(match);
        controller.abort();
      }
    };
    await assert.rejects(reading, { kind: "aborted" });
    assert.equal(given.length, 1);
  }
});

test("an `onProgress` that fails later ends what it is told of", async () => {
  const onProgress = async () => {
    throw new RangeError("the bar");
  };
  assert.equal((await scanned(file(3), { onProgress })).error.message, "the bar");
  await assert.rejects(createDirectory(file(3), { onProgress }), { message: "the bar" });
  const { nexthink } = arrive();
  assert.equal((await collect(nexthink.nql.export("#devices", {}, { onProgress }))).error.message, "the bar");
});

test("a file that was opened in the call is closed where the call is refused", async (context) => {
  const path = temporaryFile(context, file(3));
  const refused = [
    (source) => scan(source, "no-such-playbook"),
    (source) => scan(source, "slow-pc", { stict: true }),
    (source) => createDirectory(source, { asOf: "yesterday" }),
  ];
  for (const call of refused) {
    const handle = await open(path);
    const closed = once(handle, "close");
    await assert.rejects(async () => call(handle), { kind: /^(invalid|not-found)$/ });
    await closed;
  }
});

test("bytes that are somebody else's now are no file", async () => {
  const bytes = new TextEncoder().encode(file(3));
  structuredClone(bytes, { transfer: [bytes.buffer] });
  assert.throws(() => scan(bytes, "slow-pc"), { kind: "invalid", message: /were transferred/ });
  assert.throws(() => scan(bytes.buffer, "slow-pc"), { kind: "invalid", message: /were transferred/ });
});

test("a directory that is closed while another is made of it is named", async () => {
  const base = await createDirectory(file(3));
  const stream = new PassThrough();
  const later = createDirectory(stream, { base });
  base.close();
  stream.end(file(1));
  await assert.rejects(later, { kind: "invalid", message: "this is no directory, or it was closed" });
});

test("whoever passes where a file is, and not the file, is told so", async (context) => {
  const path = temporaryFile(context, "free_space\n3\n");
  const folder = dirname(path);
  const refused = (source, message) => {
    assert.throws(() => scan(source, "slow-pc"), { kind: "invalid", message });
    return assert.rejects(createDirectory(source), { kind: "invalid", message });
  };
  const places = [
    path,
    "devices.csv",
    "C:\\exports\\devices.csv.gz",
    "https://example.com/devices",
    new URL(`file://${path}`),
  ];
  for (const place of places) await refused(place, /^what was passed is a path or an address/);
  const opening = open(path);
  await refused(opening, /^what was passed is a promise/);
  await (await opening).close();
  const closed = await open(path);
  await closed.close();
  const fails = async (source, message) => {
    const { error } = await scanned(source);
    assert.deepEqual([error.kind, error.message], ["invalid", message]);
  };
  await fails(closed, "what was passed is a file that is closed");
  await fails(await open(folder), "what was passed is a directory");
  await fails(createReadStream(folder), "what was passed is a directory");
  // A file can have one line, too.
  for (const one of ['[{"free_space":3,"link":"https://example.com/a.csv"}]', '{"free_space":3,"name":"a.json"}']) {
    assert.equal((await scanned(one)).given.length, 1);
  }
});

test("a stream of a file gives pieces of a megabyte", async (context) => {
  const path = temporaryFile(context, file(60_000));
  const piecesOf = async (stream) => {
    const pieces = [];
    const { summary } = await scanned(stream, { onProgress: ({ bytes }) => void pieces.push(bytes) });
    return { pieces: pieces.length, rows: summary.rows };
  };
  const { size } = statSync(path);
  const whole = await piecesOf(createReadStream(path));
  assert.equal(whole.rows, 60_000);
  assert.ok(whole.pieces <= size / 1_000_000 + 3, `${whole.pieces} pieces of ${size} bytes`);
  // As text, from a place on, up to a place.
  assert.deepEqual(await piecesOf(createReadStream(path, "utf8")), whole);
  const end = Buffer.byteLength(file(30_000)) - 1;
  assert.equal((await piecesOf(createReadStream(path, { end }))).rows, 30_000);
  const start = Buffer.byteLength(header) + 1;
  const { error } = await scanned(createReadStream(path, { start }));
  assert.equal(error.kind, "invalid", "there is no header from there on");
});

test("of a stream that somebody has begun to read, or that gives what it likes, nothing is lost", async (context) => {
  const path = temporaryFile(context, `left out\n${file(1_000)}`);
  const begun = createReadStream(path);
  await once(begun, "readable");
  assert.equal(String(begun.read(9)), "left out\n");
  assert.equal((await scanned(begun)).summary.rows, 1_000);
  // More at once than it is asked for; one by one; rows.
  const bytes = Buffer.from(file(100_000));
  const texts = file(100).split(/(?<=\n)/);
  const rows = Array.from({ length: 100 }, () => ({ free_space: 5 }));
  for (const [made, expected] of [
    [pushing([bytes]), 100_000],
    [pushing(texts), 100],
    [Readable.from(texts), 100],
    [Readable.from(rows), 100],
  ]) {
    const { summary, error } = await scanned(Object.assign(made, { path: "devices.csv" }));
    assert.deepEqual([error, summary.rows], [undefined, expected]);
    // Of objects, as many would be kept in memory.
    if (made.readableObjectMode) assert.ok(made.readableHighWaterMark < 100);
  }
});

/** A stream that has what it gives at once. */
function pushing(pieces) {
  const left = [...pieces, null];
  return new Readable({
    read() {
      this.push(left.shift());
    },
  });
}
