// What a payload says: by the ready templates, by others of one's own, and where it is hostile.

import assert from "node:assert/strict";
import { test } from "node:test";
import { bearer, now, post, readyTemplates, secret, triggered } from "./webhook-desk.mjs";

test("a template that does not parse is told with the place", async () => {
  const { nexthink } = await triggered();
  for (const [template, place] of [
    ["Device {{device.name", /line 1, column 10/],
    ['{\n  "device": "{{device.name}}",\n}', /line 3, column 1/],
    ["{{a}}{{b}}", /no text between them.*line 1, column 6/],
    [{ fields: { deviceName: "/a/~x" } }, /`template\.fields\.deviceName`/],
    [{ kind: "alarm" }, /`kind` is not/],
    [{ payload: "{{a}}", fields: { a: "b" } }, /both/],
  ]) {
    await assert.rejects(nexthink.webhook(post("{}"), { secret, template }), ({ kind, code, message }) => {
      assert.match(message, place);
      return kind === "invalid" && code === undefined;
    });
  }
});

test("payloads of one's own are read by their text or by places", async () => {
  const { nexthink, remediate } = await triggered();
  const run = await remediate();
  const take = async (template, body) => nexthink.webhook(post(body), { secret, template });
  const text = "RA {{external_reference}} on {{device.name}}: {{status}}\n";
  const told = await take(text, `RA ${run.reference} on Büro 1: success`);
  assert.deepEqual([told.kind, told.run.id], ["remote-action", run.id]);
  assert.deepEqual(told.data, { externalReference: run.reference, deviceName: "Büro 1", status: "success" });
  await assert.rejects(take(text, "RA x on a on b: c"), { code: "webhook-payload" });
  await assert.rejects(take(text, "something else"), { code: "webhook-payload" });
  const shaped = await take('{"on":"{{device.name}} ({{status}})","n":{{count}}}', '{"n":3,"on":"A \\"1\\" (ok)"}');
  assert.deepEqual(shaped.data, { deviceName: 'A "1"', status: "ok", count: 3 });
  const placed = await take({ kind: "alert", fields: { monitor: "/alert/0/name" } }, '{"alert":[{"name":"Disk"}]}');
  assert.deepEqual([placed.kind, placed.data], ["alert", { monitor: "Disk" }]);
});

test("the ready template of an alert is read, and one that nobody filled in is told", async () => {
  const { nexthink } = await triggered();
  const [, { payload }] = readyTemplates();
  const values = { "alert.monitor.name": "Disk", "alert.status": "open", trigger_time: now, "device.name": "A-LT" };
  const body = payload.replace(/\{\{(.+?)\}\}/g, (_, name) => values[name]);
  const { kind, data, time, stale, run } = await nexthink.webhook(post(body), { secret });
  assert.deepEqual([kind, time, stale, run], ["alert", now, false, undefined]);
  assert.deepEqual(data, { monitor: "Disk", status: "open", time: now, deviceName: "A-LT" });
  await assert.rejects(nexthink.webhook(post(payload), { secret }), /no placeholder of the payload was filled in/);
});

test("hostile payloads set no prototype and break nothing", async () => {
  const { nexthink } = await triggered();
  const { data } = await nexthink.webhook(
    post('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'),
    { secret },
  );
  assert.deepEqual(Object.keys(data), ["constructor"]);
  assert.equal({}.polluted, undefined);
  assert.equal(Object.getPrototypeOf(data), Object.prototype);
  for (const body of [
    "[".repeat(200_000),
    `{"a":${"[".repeat(200)}${"]".repeat(200)}}`,
    new Uint8Array([0x7b, 0xff, 0x7d]),
    "",
    "null",
    '{"a":1}{"b":2}',
  ]) {
    await assert.rejects(nexthink.webhook(post(body), { secret }), { kind: "invalid", code: "webhook-payload" });
  }
  const packed = { ...bearer(), "content-encoding": "gzip" };
  await assert.rejects(nexthink.webhook(post("x", packed), { secret }), { code: "webhook-payload" });
});
