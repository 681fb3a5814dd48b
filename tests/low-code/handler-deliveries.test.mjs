// What the tenant sends of itself: webhooks, and the rows of its data exporter in each of their shapes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openDoor } from "./door.mjs";

test("without anyone to take them there are no such addresses, also not in the documents", async () => {
  const door = await openDoor();
  for (const path of ["/webhook", "/export"])
    assert.equal((await door.ask(path, { method: "POST", body: "{}" })).status, 404);
  const { paths } = await door.give("/openapi.json");
  assert.deepEqual(
    Object.keys(paths).filter((path) => /webhook|export/.test(path)),
    [],
  );
});

test("a webhook is handed over as it came, whatever its author has written", async () => {
  const taken = [];
  const door = await openDoor({
    onWebhook: async (event) => void taken.push(event),
    employee: () => assert.fail("nobody"),
  });
  for (const [body, type] of [
    ['{"device":"A"}', "application/json; charset=utf-8"],
    ["device=A", "application/x-www-form-urlencoded"],
    ["Gerät A", "text/plain;charset=UTF-8"],
  ]) {
    const { status, text } = await door.ask("/webhook", { method: "POST", body, headers: { "content-type": type } });
    assert.deepEqual([status, text], [204, ""]);
  }
  assert.deepEqual(taken, [
    { body: '{"device":"A"}', contentType: "application/json" },
    { body: "device=A", contentType: "application/x-www-form-urlencoded" },
    { body: "Gerät A", contentType: "text/plain" },
  ]);
  const wrong = await door.ask("/webhook", { method: "POST", body: "x", key: "wrong-key" });
  const large = await door.ask("/webhook", { method: "POST", body: "x".repeat(70_000) });
  assert.deepEqual([wrong.status, large.status, taken.length], [401, 413, 3]);
});

const secret = "the-secret-of-the-connector-credential";

test("with the credential's secret a webhook needs no API key, and comes with what it says", async () => {
  const taken = [];
  const onWebhook = (delivery) => void taken.push(delivery);
  const door = await openDoor({ webhook: { secret, template: { kind: "alert" } }, onWebhook });
  const headers = { authorization: `Bearer ${secret}`, "content-type": "application/json" };
  const body = JSON.stringify({ "alert.monitor.name": "Disk", "device.name": "Gerät A" });
  const send = (more) => door.ask("/webhook", { method: "POST", body, headers, key: null, ...more });
  assert.deepEqual([(await send()).status, (await send()).status], [204, 204]);
  assert.deepEqual(
    taken.map(({ body, contentType, event }) => [body, contentType, event.kind, event.data, event.duplicate]),
    [false, true].map((duplicate) => [
      body,
      "application/json",
      "alert",
      { monitor: "Disk", deviceName: "Gerät A" },
      duplicate,
    ]),
  );
  for (const [more, status, kind] of [
    [{ headers: { authorization: "Bearer wrong" } }, 401, "unauthorized"],
    [{ headers: {}, key: undefined }, 401, "unauthorized"],
    [{ body: "{" }, 400, "invalid"],
    [{ body: "x".repeat(1_100_000) }, 413, "too-large"],
  ]) {
    const answer = await send(more);
    assert.deepEqual([answer.status, answer.json.kind], [status, kind]);
    assert.ok(!answer.text.includes(secret));
  }
  assert.deepEqual([taken.length, door.errors.length], [2, 0]);
  const { paths } = await door.give("/openapi.json");
  assert.deepEqual(paths["/webhook"].post.security, []);
});

test("a smaller limit of webhooks holds, and a template that is wrong is the host's to hear of", async () => {
  const headers = { authorization: `Bearer ${secret}` };
  const ask = (door, body) => door.ask("/webhook", { method: "POST", body, headers, key: null });
  const small = await openDoor({ webhook: { secret, maxBodyBytes: 1024 }, onWebhook: () => assert.fail("taken") });
  assert.equal((await ask(small, "x".repeat(2_000))).json.kind, "too-large");
  const wrong = await openDoor({ webhook: { secret, template: "{{" }, onWebhook: () => assert.fail("taken") });
  assert.equal((await ask(wrong, "{}")).status, 500);
  assert.match(wrong.errors[0].error.cause.message, /line 1, column 3/);
});

test("webhooks that could never be taken are refused when the handler is made", async () => {
  const onWebhook = () => assert.fail("taken");
  await assert.rejects(openDoor({ webhook: { secret } }), { kind: "invalid", message: /no `onWebhook`/ });
  for (const [webhook, message] of [
    [null, /no `webhook\.secret`/],
    [{}, /no `webhook\.secret`/],
    [{ secret: [] }, /no `webhook\.secret`/],
    [{ secret: "fifteen-bytes-x" }, /`webhook\.secret` is no text of at least 16 bytes/],
    [{ secret: [secret, 7] }, /`webhook\.secret` is no text/],
    [{ secret, secrets: [] }, /`webhook\.secrets` is no option/],
    [{ secret, header: 5 }, /`webhook\.header` is no text/],
    [{ secret, template: ["{{status}}"] }, /`webhook\.template` is neither/],
    [{ secret, maxAgeMs: "1h" }, /`webhook\.maxAgeMs` is not a whole number/],
    [{ secret, maxBodyBytes: 1 }, /`webhook\.maxBodyBytes` is not a whole number from 1024/],
    [{ secret, runs: {} }, /`webhook\.runs` is no list/],
  ]) {
    await assert.rejects(openDoor({ webhook, onWebhook }), ({ kind, message: said, hint }) => {
      assert.equal(kind, "invalid");
      assert.match(said, message);
      return hint.length > 0;
    });
  }
});

test("the shortest secrets that a handler takes are good enough when a webhook comes", async () => {
  const signing = `whsec_${Buffer.alloc(16, 7).toString("base64")}`;
  for (const [given, sent, expected] of [
    ["sixteen-bytes-xy", "sixteen-bytes-xy", 204],
    [["ü".repeat(8), secret], secret, 204],
    // One that signs is never sent as it is.
    [signing, signing, 401],
  ]) {
    const door = await openDoor({ webhook: { secret: given }, onWebhook: () => {} });
    const headers = { authorization: `Bearer ${sent}` };
    const { status } = await door.ask("/webhook", { method: "POST", body: "{}", headers, key: null });
    assert.deepEqual([status, door.errors], [expected, []]);
  }
});

async function exporting() {
  const taken = [];
  const door = await openDoor({
    onExport: async (rows) => {
      for await (const row of rows) taken.push(row);
    },
  });
  const send = (body, type = "application/json") =>
    door.ask("/export", { method: "POST", body, headers: { "content-type": type } });
  return { send, taken };
}

const rows = [
  { "device.name": "A", age: 1 },
  { "device.name": "B {} [", age: null },
];

test("rows come in three shapes, and are the same", async () => {
  const lines = rows.map((row) => JSON.stringify(row));
  for (const [body, type] of [
    [JSON.stringify(rows)],
    [JSON.stringify(rows, undefined, 2)],
    [lines.join("\n"), "application/x-ndjson"],
    [`${lines.join("\r\n")}\r\n\r\n`, "application/jsonl"],
    [lines.join("\n")],
    [JSON.stringify({ property_a: "x", records: rows, tags: ["a"] })],
  ]) {
    const { send, taken } = await exporting();
    const { status, json } = await send(body, type);
    assert.deepEqual([status, json], [200, { rows: 2 }], body);
    assert.deepEqual(taken, rows);
  }
});

test("one line is a row, an empty list is none, and so is an empty body", async () => {
  const cells = { "device.name": "A", "device.entity.tags": [] };
  for (const [body, expected, type] of [
    [JSON.stringify(cells), [cells]],
    ['{"name":"A","tags":[]}', [{ name: "A", tags: [] }], "application/x-ndjson"],
    ['{"name":"A","apps":[{"name":"B"}]}', [{ name: "A", apps: [{ name: "B" }] }], "application/jsonl"],
    ['{"device.name":"A"}', [{ "device.name": "A" }]],
    ['{"device.name":"A"}\n', [{ "device.name": "A" }]],
    ["[]", []],
    ['{"records":[]}', []],
    ["", []],
  ]) {
    const { send, taken } = await exporting();
    assert.equal((await send(body, type)).status, 200, body);
    assert.deepEqual(taken, expected);
  }
});

test("of rows that cannot be read as a whole none is taken, and it is said where it broke", async () => {
  for (const [body, detail] of [
    ['{"a":1}\n{"a":\n{"a":3}', /line 2/],
    ['[{"a":1},2]', /row 2 /],
    ['{"a":1}\n7', /row 2 /],
    ['{"sent":"now","records":[{"a":1},7]}', /row 2 /],
    ['{"a":[{"x":1}],"b":[{"y":1}]}', /more than one list/],
    ["7", /neither a list nor an object/],
    ['{"a":1', /not JSON/],
    [`[{"a":${"[".repeat(100)}${"]".repeat(100)}}]`, /nested/],
  ]) {
    const { send, taken } = await exporting();
    const { status, json } = await send(body);
    assert.equal(status, 400, body);
    assert.match(json.detail, detail);
    assert.deepEqual(taken, []);
  }
  const { send } = await exporting();
  assert.equal((await send("a,b\n1,2", "text/csv")).status, 415);
});

test("a broken export of millions of lines is refused at once", async () => {
  const { send } = await exporting();
  const before = performance.now();
  for (const lines of ["\n".repeat(5_000_000), " \n".repeat(2_000_000), "} ".repeat(2_000_000)]) {
    assert.equal((await send(`{"a":1}${lines}x`)).status, 400);
  }
  assert.ok(performance.now() - before < 10_000);
});

test("an export may be ten megabytes", async () => {
  const row = { "device.name": "x".repeat(1_000) };
  const { send, taken } = await exporting();
  const body = Array.from({ length: 9_000 }, () => JSON.stringify(row)).join("\n");
  assert.deepEqual((await send(body)).json, { rows: 9_000 });
  assert.equal(taken.length, 9_000);
  assert.equal((await send(`${body}\n${body}`)).status, 413);
});
