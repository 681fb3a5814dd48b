// A whole export through a playbook, without a client.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdtemp, open, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { NexthinkError, playbooks, scan } from "nexthink-chatbot";

const { memory } = await import(pathToFileURL(join(process.env.CHECKOUT, "bench", "client", "memory.mjs")));

const csv = 'device.name,free_space,note\r\nfull,5,"a ""b"",\n[1]"\r\nwell,50,\r\nunknown,-,\r\n';
const rows = [
  { "device.name": "full", free_space: "5", note: 'a "b",\n[1]' },
  { "device.name": "well", free_space: "50", note: null },
  { "device.name": "unknown", free_space: "-", note: null },
];

async function all(scanned) {
  const matches = [];
  for await (const match of scanned) matches.push(match);
  return matches;
}

function streamOf(pieces, onCancel) {
  const left = [...pieces];
  return new ReadableStream(
    {
      pull(controller) {
        const piece = left.shift();
        if (piece === undefined) controller.close();
        else controller.enqueue(typeof piece === "string" ? new TextEncoder().encode(piece) : piece);
      },
      cancel: onCancel,
    },
    { highWaterMark: 0 },
  );
}

/** What Node gives for a file that is open, of one whose reads give a few bytes each. */
function openFileOf(content, most) {
  const bytes = Buffer.from(content);
  let at = 0;
  const file = {
    fd: 3,
    async read(into, offset, length, position) {
      assert.equal(position, null);
      const piece = bytes.subarray(at, at + Math.min(most, length));
      into.set(piece, offset);
      at += piece.length;
      return { bytesRead: piece.length };
    },
    async close() {
      file.fd = -1;
    },
  };
  return file;
}

async function failsWith(scanned, kind, message) {
  await assert.rejects(
    async () => (scanned instanceof Promise ? scanned : all(scanned)),
    (error) => NexthinkError.is(error) && error.kind === kind && message.test(error.message) && error.hint.length > 0,
  );
}

test("the rows that match come out of every kind of source, with their rules", async () => {
  const bytes = new TextEncoder().encode(csv);
  const sources = {
    text: csv,
    bytes,
    buffer: bytes.buffer.slice(0),
    "web stream": streamOf([csv.slice(0, 30), csv.slice(30)]),
    "Node stream": Readable.from([Buffer.from(csv.slice(0, 50)), Buffer.from(csv.slice(50))]),
    "Node stream of text": Readable.from([csv.slice(0, 50), csv.slice(50)]),
    "async iterable": (async function* () {
      yield bytes.subarray(0, 7);
      yield bytes.subarray(7);
    })(),
    list: [bytes.subarray(0, 7), bytes.subarray(7)],
    response: new Response(csv),
    request: new Request("https://example.com/", { method: "POST", body: csv }),
    blob: new Blob([csv]),
    "open file": openFileOf(csv, 9),
    "open file, packed": openFileOf(gzipSync(csv), 1),
    "open file, packed, in pieces of many sizes": openFileOf(gzipSync(csv), 20),
    gzip: gzipSync(csv),
    "gzip in small pieces": streamOf(Array.from(gzipSync(csv), (byte) => Uint8Array.of(byte))),
    "gzip of two members": Buffer.concat([gzipSync(csv.slice(0, 40)), gzipSync(csv.slice(40))]),
  };
  for (const [name, source] of Object.entries(sources)) {
    const scanned = scan(source, "slow-pc");
    const [match, ...others] = await all(scanned);
    assert.equal(others.length, 0, name);
    assert.deepEqual(match.row, rows[0], name);
    assert.deepEqual([match.matched, match.applicable], [["disk-full"], true]);
    const { summary } = scanned;
    assert.deepEqual(
      [summary.rows, summary.matches, summary.bytes, summary.complete],
      [3, 1, bytes.length, true],
      name,
    );
  }
});

test("findings and recommendations are those of `evaluate`, and go along when a match is copied", async () => {
  const options = { locale: "en", remoteActionIds: { disk_cleanup: "#own_cleanup" } };
  const [match] = await all(scan(csv, "slow-pc", options));
  const { findings, recommendations } = playbooks.evaluate("slow-pc", rows[0], options);
  assert.deepEqual([match.findings, match.recommendations], [findings, recommendations]);
  assert.equal(recommendations[0].remoteActionId, "#own_cleanup");
  assert.equal(match.findings, match.findings);
  const plain = {
    row: rows[0],
    playbook: "slow-pc",
    matched: ["disk-full"],
    applicable: true,
    findings,
    recommendations,
  };
  for (const copy of [structuredClone(match), JSON.parse(JSON.stringify(match)), { ...match }]) {
    assert.deepEqual(copy, plain);
  }
});

test("every row comes with `all`, in every shape of file, as `evaluate` sees it", async () => {
  const names = Object.keys(rows[0]);
  const shapes = {
    csv: [csv],
    lines: [rows.map((row) => JSON.stringify(row)).join("\n")],
    list: [JSON.stringify(rows, null, 2)],
    object: [JSON.stringify({ property_a: "x", records: rows })],
    v1: [JSON.stringify({ headers: names, data: rows.map((row) => Object.values(row)) })],
    v2: [JSON.stringify({ queryId: "#q", rows: 3, data: rows })],
  };
  for (const [name, [text]] of Object.entries(shapes)) {
    const matches = await all(scan(text, "slow-pc", { all: true }));
    assert.deepEqual(
      matches.map(({ row }) => row),
      rows,
      name,
    );
    for (const { row, findings, matched } of matches) {
      const expected = playbooks.evaluate("slow-pc", row);
      assert.deepEqual(findings, expected.findings, name);
      const matching = expected.findings.filter(({ verdict }) => verdict === "match").map(({ rule }) => rule);
      assert.deepEqual(matched, matching);
    }
  }
});

test("the summary counts rows, matches of rules, unknown facts and rows that cannot be read", async () => {
  const scanned = scan(`${csv}broken\n"x`, "slow-pc");
  assert.equal(scanned.summary.rows, 0);
  assert.equal(scanned.summary.complete, false);
  await all(scanned);
  const { matchesPerRule, unknownPerFact, notReturned, malformed, malformedRows, notApplicable } = scanned.summary;
  assert.deepEqual(matchesPerRule, {
    "long-uptime": 0,
    "disk-full": 1,
    "startup-load": 0,
    "slow-group-policy": 0,
    "outdated-office": 0,
  });
  assert.equal(unknownPerFact.free_space, 1);
  assert.equal(unknownPerFact["device.boot.days_since_last_full_boot"], 3);
  assert.ok(notReturned.includes("device.boot.days_since_last_full_boot") && !notReturned.includes("free_space"));
  assert.deepEqual([malformed, notApplicable], [2, 0]);
  assert.deepEqual(malformedRows, [
    { line: 6, problem: "has 1 cell, the header has 3 columns" },
    { line: 7, problem: "opens a quote that never closes" },
  ]);
});

test("with `strict`, the rows before one that cannot be read come, and then an error with its line", async () => {
  const matches = [];
  const scanned = scan("name,free_space\na,1\nb\nc,1\n", "slow-pc", { strict: true });
  await assert.rejects(
    async () => {
      for await (const { row } of scanned) matches.push(row.name);
    },
    (error) => error.kind === "malformed" && /^line 3 has 1 cell/.test(error.message),
  );
  assert.deepEqual(matches, ["a"]);
  assert.equal(scanned.summary.complete, false);
});

test("devices of other platforms are passed over, and told with `all`", async () => {
  const file = "name,platform,free_space\nmac,macOS,1\npc,Windows,1\n";
  const scanned = scan(file, "slow-pc");
  assert.deepEqual(
    (await all(scanned)).map(({ row }) => row.name),
    ["pc"],
  );
  assert.equal(scanned.summary.notApplicable, 1);
  const [mac] = await all(scan(file, "slow-pc", { all: true }));
  assert.deepEqual([mac.applicable, mac.matched, mac.findings, mac.recommendations], [false, [], [], []]);
});

test("a playbook of one's own, and a time for rules that want fresh facts", async () => {
  const own = {
    id: "own",
    version: "1",
    title: { en: "Own" },
    query: {
      id: "#own",
      text: "devices during past 7d | where name == $device_name | list collector.uid, name, last_seen, operating_system.name",
    },
    rules: [
      {
        id: "old",
        when: 'operating_system.name == "*10*"',
        freshness: [{ fact: "operating_system.name", maxAge: "2d", time: "last_seen" }],
        reason: { en: "old" },
        advice: { en: "Ask for a new one" },
      },
    ],
  };
  const file =
    "device.name,last_seen,operating_system.name\na,2026-11-20 10:00:00,Windows 10\nb,2026-11-10 10:00:00,Windows 10\n";
  const now = new Date("2026-11-21T10:00:00Z");
  const scanned = scan(file, own, { now, all: true });
  const [fresh, stale] = await all(scanned);
  for (const match of [fresh, stale]) {
    assert.deepEqual(match.findings, playbooks.evaluate(own, match.row, { now }).findings);
  }
  assert.deepEqual([scanned.summary.rows, stale.matched], [2, []]);
  assert.equal(stale.findings[0].verdict, "unknown");
});

test("a piece is asked for only when the rows of the one before are taken, and leaving lets go of the stream", async () => {
  let pulled = 0;
  let cancelled = 0;
  const stream = new ReadableStream(
    {
      pull(controller) {
        pulled++;
        controller.enqueue(new TextEncoder().encode(pulled === 1 ? "name,free_space\n" : "a,1\nb,1\nc,1\n"));
      },
      cancel: () => void cancelled++,
    },
    { highWaterMark: 0 },
  );
  const seen = [];
  for await (const { row } of scan(stream, "slow-pc")) {
    seen.push(`${row.name}${pulled}`);
    if (seen.length === 5) break;
  }
  assert.deepEqual(seen, ["a2", "b2", "c2", "a3", "b3"]);
  assert.deepEqual([cancelled, stream.locked], [1, true]);

  let returned = 0;
  const pieces = {
    [Symbol.asyncIterator]: () => pieces,
    next: async () => ({ done: false, value: "name,free_space\na,1\n" }),
    return: async () => {
      returned++;
      return { done: true };
    },
  };
  for await (const _ of scan(pieces, "slow-pc")) break;
  assert.equal(returned, 1);
  const node = Readable.from([Buffer.from(csv), Buffer.from(csv)]);
  for await (const _ of scan(node, "slow-pc")) break;
  await new Promise((resolve) => setImmediate(resolve));
  assert.ok(node.destroyed);
});

test("a file that is open in Node is read from where it stands, and closed when nothing more is wanted of it", async (context) => {
  const folder = await mkdtemp(join(tmpdir(), "scan-"));
  context.after(() => rm(folder, { recursive: true }));
  const path = join(folder, "devices.csv");
  // Longer than what is read at once, packed or not.
  const note = (at) => createHash("sha512").update(`${at}`).digest("base64");
  const rows = Array.from({ length: 80_000 }, (_, at) => `PC-${at},${at % 1_000 ? 50 : 5},${note(at)}`);
  await writeFile(path, `name,free_space,note\n${rows.join("\n")}`);
  const expected = await all(scan(createReadStream(path), "slow-pc"));
  assert.equal(expected.length, 80);
  for (const [content, isPacked] of [
    [await readFile(path), false],
    [gzipSync(await readFile(path)), true],
  ]) {
    assert.ok(content.length > 1.1 * 4_194_304);
    await writeFile(path, content);
    const file = await open(path);
    const scanned = scan(file, "slow-pc");
    assert.deepEqual(JSON.stringify(await all(scanned)), JSON.stringify(expected), `packed: ${isPacked}`);
    assert.deepEqual([scanned.summary.rows, scanned.summary.complete], [80_000, true]);
    assert.equal(file.fd, -1);
  }
  const left = await open(path);
  for await (const _ of scan(left, "slow-pc")) break;
  await left.close();
  assert.throws(() => scan(left, "slow-pc"), { kind: "invalid", message: /was read/ });
  await writeFile(path, "made at night\nname,free_space\nfull,5\n");
  const begun = await open(path);
  await begun.read(Buffer.alloc("made at night\n".length));
  assert.deepEqual((await all(scan(begun, "slow-pc")))[0].row, { name: "full", free_space: "5" });
});

test("a scan that is left before its first row lets go of its stream all the same", async () => {
  const iterator = () => {
    const pieces = { returned: 0, [Symbol.asyncIterator]: () => pieces, next: () => assert.fail("it was read") };
    return Object.assign(pieces, { return: async () => ({ done: true, value: ++pieces.returned }) });
  };
  const sources = {
    "web stream": [(left) => streamOf([csv], () => left.push("cancelled")), (_, left) => left.length === 1],
    "packed web stream": [
      (left) => streamOf([gzipSync(csv)], () => left.push("cancelled")),
      (_, left) => left.length === 1,
    ],
    "Node stream": [() => Readable.from([Buffer.from(csv)]), ({ destroyed }) => destroyed],
    file: [() => createReadStream(fileURLToPath(import.meta.url)), ({ destroyed }) => destroyed],
    "open file": [() => openFileOf(csv, 9), ({ fd }) => fd === -1],
    "async iterable": [iterator, ({ returned }) => returned === 1],
  };
  for (const [name, [make, isLetGo]] of Object.entries(sources)) {
    for (const leave of [
      async (source) => {
        const scanned = scan(source, "slow-pc");
        for (const _ of [1, 2]) assert.deepEqual(await scanned.return(), { done: true, value: undefined });
        assert.deepEqual(await scanned.next(), { done: true, value: undefined });
        assert.deepEqual([scanned.summary.rows, scanned.summary.complete], [0, false]);
      },
      (source) => failsWith(scan(source, "slow-pc", { signal: AbortSignal.abort() }), "aborted", /cancelled/),
    ]) {
      const left = [];
      const source = make(left);
      await leave(source);
      await new Promise((resolve) => setImmediate(resolve));
      assert.ok(isLetGo(source, left), name);
    }
  }
});

test("progress is told after each piece", async () => {
  const told = [];
  const pieces = [csv, "more,1,\n"];
  await all(scan(streamOf(pieces), "slow-pc", { onProgress: (progress) => told.push(progress) }));
  assert.deepEqual(
    told.map(({ rows, bytes, matches }) => [rows, bytes, matches]),
    [
      [3, csv.length, 1],
      [4, csv.length + 8, 2],
      [4, csv.length + 8, 2],
    ],
  );
  for (const { rowsPerSecond } of told) assert.ok(rowsPerSecond >= 0 && Number.isFinite(rowsPerSecond));
});

test("a text of many megabytes is read in pieces of its own", async () => {
  const many = 50_000;
  const file = `name,free_space\n${Array.from({ length: many }, (_, at) => `PC-${at},${at % 2 ? 5 : "50.25"}\n`).join("")}`;
  let at = 1;
  for await (const { row } of scan(file, "slow-pc")) {
    assert.equal(row.name, `PC-${at}`);
    at += 2;
  }
  assert.equal(at, many + 1);
});

test("a signal ends a scan that waits for its stream, and lets go of it", async () => {
  const controller = new AbortController();
  let cancelled = false;
  const waiting = new ReadableStream({
    cancel() {
      cancelled = true;
    },
  });
  const scanned = all(scan(waiting, "slow-pc", { signal: controller.signal }));
  controller.abort();
  await failsWith(scanned, "aborted", /cancelled/);
  assert.ok(cancelled);
});

test("what cannot be scanned is an error that says what to do", async () => {
  await failsWith(scan("name,memory\na,1\n", "slow-pc"), "invalid", /none of the columns/);
  await failsWith(scan("<html>", "slow-pc"), "invalid", /page of HTML/);
  await failsWith(scan("device.name;free_space\na;1\n", "slow-pc"), "invalid", /separated by semicolons/);
  await failsWith(scan(Buffer.from("\ufeffa,b\n", "utf16le"), "slow-pc"), "invalid", /UTF-16/);
  await failsWith(scan(gzipSync(csv).subarray(0, 40), "slow-pc"), "malformed", /gzip/);
  await failsWith(
    scan(
      (async function* () {
        yield csv;
        throw new Error("reset");
      })(),
      "slow-pc",
    ),
    "network",
    /before its end/,
  );
  await failsWith(scan([5], "slow-pc"), "invalid", /neither bytes nor text/);
  const locked = streamOf([csv]);
  locked.getReader();
  await failsWith(scan(locked, "slow-pc"), "invalid", /read by somebody else/);
  const refused = (call, kind, message) =>
    assert.throws(call, (error) => NexthinkError.is(error) && error.kind === kind && message.test(error.message));
  refused(() => scan(csv, "slow-mac"), "not-found", /no playbook/);
  refused(() => scan(csv, "slow-pc", { limit: 5 }), "invalid", /`limit` is no option/);
  refused(() => scan(csv, "slow-pc", { now: 5 }), "invalid", /`now` is not a `Date`/);
  refused(() => scan(csv, "slow-pc", { onProgress: 5 }), "invalid", /`onProgress` is not a function/);
  refused(() => scan(new Response("no", { status: 404 }), "slow-pc"), "invalid", /status 404/);
  for (const nothing of [undefined, null, 5, {}]) refused(() => scan(nothing, "slow-pc"), "invalid", /nothing to read/);
});

test("a scan takes as much memory with 400,000 rows as with 10,000", async (context) => {
  const file = function* (rows) {
    yield "device.name,device.collector.uid,free_space,note\n";
    for (let row = 0; row < rows; row += 250) {
      let piece = "";
      for (let at = row; at < row + 250; at++) {
        piece += `PC-${at},5a1f${String(at).padStart(8, "0")}-0000,${at % 20 ? 50 : 5},"a, b ""${at}"""\n`;
      }
      yield new TextEncoder().encode(piece);
    }
  };
  const measured = async (rows) => {
    const before = await memory();
    const most = { heap: 0, buffers: 0, wasm: 0 };
    let read = 0;
    for await (const { row } of scan(file(rows), "slow-pc")) {
      if (++read % (rows / 200) === 0) {
        assert.equal(row["device.name"], `PC-${(read - 1) * 20}`);
        const now = await memory();
        for (const kind of Object.keys(most)) most[kind] = Math.max(most[kind], now[kind] - before[kind]);
      }
    }
    assert.equal(read, rows / 20);
    return most;
  };
  await measured(10_000);
  const small = await measured(10_000);
  const large = await measured(400_000);
  context.diagnostic(`10,000 rows: ${JSON.stringify(small)}; 400,000 rows: ${JSON.stringify(large)}`);
  for (const kind of Object.keys(small)) {
    // Not three bytes a row; what the engine compiles on the way is half of it.
    assert.ok(large[kind] - small[kind] < 1_024 * 1_024, `${kind}: ${large[kind]} after ${small[kind]}`);
  }
});
