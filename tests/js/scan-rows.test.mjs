// A scan of rows that are objects already: those of a saved query, of an export under way, of a handler's `onExport`.

import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { test } from "node:test";
import { createClient, createHandler, NexthinkError, playbooks, scan } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";

const rows = [
  { "device.name": "full", free_space: 5, note: 'a "b",\n[1]' },
  { "device.name": "well", free_space: "50", note: null },
  { "device.name": "unknown", free_space: "" },
];

async function all(scanned) {
  const matches = [];
  for await (const match of scanned) matches.push(match);
  return matches;
}

const isInvalid = (message) => (error) =>
  NexthinkError.is(error) && error.kind === "invalid" && message.test(error.message) && error.hint.length > 0;

test("rows out of a list, an iterable and a stream of objects are judged as `evaluate` judges them", async () => {
  const sources = {
    list: rows,
    set: new Set(rows),
    generator: (function* () {
      yield* rows;
    })(),
    "async generator": (async function* () {
      yield* rows;
    })(),
    "Node stream of objects": Readable.from(rows),
    "stream of objects": ReadableStream.from(rows),
  };
  for (const [name, source] of Object.entries(sources)) {
    const scanned = scan(source, "slow-pc", { all: true });
    const matches = await all(scanned);
    assert.deepEqual(
      matches.map(({ row }) => row["device.name"]),
      ["full", "well", "unknown"],
      name,
    );
    for (const { row, findings } of matches) assert.deepEqual(findings, playbooks.evaluate("slow-pc", row).findings);
    const { summary } = scanned;
    assert.deepEqual(
      [summary.rows, summary.matches, summary.unknownPerFact.free_space, summary.complete],
      [3, 1, 1, true],
    );
  }
  const [{ row, matched }] = await all(scan(rows, "slow-pc"));
  assert.deepEqual([row, matched], [rows[0], ["disk-full"]]);
});

test("many rows are read in pieces, and none before it is needed", async () => {
  let asked = 0;
  let isLeft = false;
  async function* many() {
    try {
      for (; asked < 100_000; asked++) yield { "device.name": `PC-${asked}`, free_space: asked % 2 ? 5 : 50 };
    } finally {
      isLeft = true;
    }
  }
  let at = 1;
  for await (const { row } of scan(many(), "slow-pc")) {
    assert.equal(row["device.name"], `PC-${at}`);
    at += 2;
    if (at > 100) break;
  }
  assert.ok(asked < 3_000, `${asked} rows were asked for`);
  assert.ok(isLeft);
});

test("what a saved query returns and what an export gives is scanned as it comes", async () => {
  const tenant = createSimulator({ devices: 300, speed: Number.POSITIVE_INFINITY });
  tenant.setQuery(
    "#space",
    "devices during past 7d | include device_performance.events during past 24h | compute free_space = system_drive_free_space.avg() / 1000000000 | list device.name, free_space",
  );
  const nexthink = createClient(tenant.client);
  const answer = await nexthink.nql.execute("#space");
  const answered = await all(scan(answer.rows, "slow-pc"));
  const exported = await all(scan(nexthink.nql.export("#space"), "slow-pc"));
  assert.ok(answered.length > 0 && answered.length < answer.rows.length);
  const told = (matches) => matches.map(({ row, matched }) => [row["device.name"], matched]).sort();
  assert.deepEqual(told(exported), told(answered));
});

test("rows that a data exporter sends are scanned by the handler that takes them", async () => {
  const nexthink = createClient(createSimulator({ devices: 0 }).client);
  const found = [];
  const handler = createHandler(nexthink, {
    apiKey: "a-key-of-the-test-long-enough",
    trustCaller: true,
    async onExport(sent) {
      for await (const { row } of scan(sent, "slow-pc")) found.push(row["device.name"]);
    },
  });
  const headers = { "x-api-key": "a-key-of-the-test-long-enough", "content-type": "application/json" };
  const request = new Request("https://acme.com/export", { method: "POST", headers, body: JSON.stringify(rows) });
  assert.deepEqual(await (await handler(request)).json(), { rows: 3 });
  assert.deepEqual(found, ["full"]);
});

test("a row that cannot be read is told by its number, and ends the scan where it is strict", async () => {
  const broken = [rows[0], "no row", ["a list"], { ...rows[0], note: { a: 1 } }];
  const scanned = scan(broken, "slow-pc");
  assert.equal((await all(scanned)).length, 2);
  assert.deepEqual(
    scanned.summary.malformedRows.map(({ line }) => line),
    [2, 3],
  );
  await assert.rejects(all(scan(broken, "slow-pc", { strict: true })), /line 2/);
});

test("a quiet day has no matches, and what is no row of JSON is refused", async () => {
  assert.deepEqual(await all(scan([], "slow-pc")), []);
  const circular = { "device.name": "round" };
  circular.self = circular;
  for (const row of [{ "device.name": "big", free_space: 5n }, circular]) {
    await assert.rejects(all(scan([row], "slow-pc")), isInvalid(/cannot be written as JSON/));
  }
  await assert.rejects(all(scan([5], "slow-pc")), isInvalid(/neither bytes nor text/));
  await assert.rejects(all(scan([{ name: "a", memory: 1 }], "slow-pc")), isInvalid(/none of the columns/));
});
