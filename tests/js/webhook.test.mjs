// Webhooks of the simulated tenant, made by the ready templates, and others that nobody should send.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, request as httpRequest } from "node:http";
import { test } from "node:test";
import { inspect } from "node:util";
import { createClient } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";
import { program } from "./served-tenant.mjs";

const secret = "the-secret-of-the-connector-credential";
const now = "2026-11-18T09:00:00Z";
const hour = 3_600_000;

/** A tenant, a client, and a run that has just been triggered. */
async function triggered(options = {}) {
  const tenant = createSimulator({ devices: 0, speed: Number.POSITIVE_INFINITY, now });
  const client = (more) => {
    const { instance, region, credentials, host } = tenant;
    return createClient({ instance, region, credentials, host, ...options, ...more });
  };
  const nexthink = client();
  const remediate = async () => {
    const employee = { username: "amartin" };
    const [device] = await nexthink.identify(employee);
    const diagnosis = await nexthink.diagnose("outlook", device);
    const proposal = nexthink.propose(diagnosis, diagnosis.recommendations[0], { employee, reference: "INC-7" });
    return nexthink.remediate(proposal.token);
  };
  return { tenant, nexthink, client, remediate };
}

const bearer = (token = secret) => ({ authorization: `Bearer ${token}` });
const post = (body, headers = bearer()) => new Request("https://bot.example/hook", { method: "POST", headers, body });
const json = (value) => JSON.stringify(value);

/** What the ready template would send of a run. */
const saying = ({ requestId, reference }, more) =>
  json({ kind: "remote-action", requestId, externalReference: reference, status: "success", time: now, ...more });

/** The templates that an administrator is given. */
function readyTemplates() {
  const { stdout } = spawnSync(process.execPath, [program, "content", "--json"], { encoding: "utf8" });
  return JSON.parse(stdout).webhooks;
}

test("the tenant's webhook by the ready template finds its run, whose end the tenant itself tells", async () => {
  const { tenant, nexthink, remediate } = await triggered();
  const [{ name, query, resource, payload }] = readyTemplates();
  const credential = { type: "basic", username: "nexthink", password: secret };
  tenant.addWebhook({ name, query, resource, payload, url: "https://bot.example", credential });
  const run = await remediate();
  tenant.advance(hour);
  const deliveries = tenant.deliveries();
  assert.ok(deliveries.length > 0);
  for (const [index, { method, url, headers, body }] of deliveries.entries()) {
    const event = await nexthink.webhook(new Request(url, { method, headers, body }), { secret });
    assert.equal(event.kind, "remote-action");
    assert.equal(event.data.requestId, run.requestId);
    assert.equal(event.data.collectorUid, run.device.collectorUid);
    assert.deepEqual([event.run.id, event.run.state, event.run.ran], [run.id, "succeeded", true]);
    assert.deepEqual(event.run.employee, { username: "amartin" });
    assert.deepEqual(
      [event.duplicate, event.stale],
      [deliveries.slice(0, index).some((one) => one.body === body), false],
    );
  }
});

test("a webhook's own word is not believed: the run is as the tenant tells of it", async () => {
  const { tenant, nexthink, remediate } = await triggered();
  const run = await remediate();
  const early = await nexthink.webhook(post(saying(run)), { secret });
  assert.equal(early.run.id, run.id);
  assert.ok(!["succeeded", "failed"].includes(early.run.state) && early.run.endedAt === undefined, early.run.state);
  tenant.advance(hour);
  const wrong = await nexthink.webhook(post(saying(run, { status: "failure" })), { secret });
  assert.deepEqual([wrong.run.state, wrong.data.status], ["succeeded", "failure"]);
});

test("sent twice, out of order and late, it says so, and the run never goes backwards", async () => {
  const { tenant, nexthink, remediate } = await triggered();
  const run = await remediate();
  tenant.advance(2 * hour);
  const arrived = [];
  for (const more of [
    { status: "success" },
    { status: "in progress" },
    { status: "success" },
    { time: "2026-11-18T11:00:00Z" },
  ]) {
    const { run: found, duplicate, stale } = await nexthink.webhook(post(saying(run, more)), { secret });
    assert.equal(found.state, "succeeded");
    arrived.push([duplicate, stale]);
  }
  assert.deepEqual(arrived, [
    [false, true],
    [false, true],
    [true, true],
    [false, false],
  ]);
  const { stale } = await nexthink.webhook(post(saying(run)), { secret, maxAgeMs: 3 * hour });
  assert.equal(stale, false);
});

test("of an unknown run, or one of which only a part agrees, there is none", async () => {
  const { nexthink, client, remediate } = await triggered();
  const run = await remediate();
  const found = async (more, options) =>
    (await nexthink.webhook(post(saying(run, more)), { secret, ...options })).run?.id;
  assert.equal(await found({ requestId: undefined }), run.id);
  for (const more of [
    { externalReference: "INC-8#p-0000000000000000" },
    { externalReference: `INC-8#${run.id}` },
    { requestId: "00000000-0000-4000-8000-000000000000" },
    { externalReference: "../../x:y" },
    { externalReference: "", requestId: "" },
    { externalReference: 7, requestId: {} },
    { kind: "alert" },
    { externalReference: undefined },
  ]) {
    assert.equal(await found(more), undefined, json(more));
  }
  assert.equal(await found({ externalReference: undefined }, { runs: [run] }), run.id);
  // Another process without the ledger knows it only from who keeps it.
  const elsewhere = client({ store: memoryStore() });
  const { run: unknown } = await elsewhere.webhook(post(saying(run, { time: undefined })), { secret });
  assert.equal(unknown, undefined);
});

test("a wrong secret, or none, is refused without a word on what was right", async () => {
  const { nexthink } = await triggered();
  const other = "another-secret-of-the-credential";
  const basic = (password) => ({ authorization: `Basic ${btoa(`nexthink:${password}`)}` });
  const both = { secret: [other, secret], header: "X-Webhook-Secret" };
  for (const headers of [bearer(), bearer(other), basic(secret), basic(other), { "x-webhook-secret": secret }]) {
    assert.equal((await nexthink.webhook(post("{}", headers), both)).kind, "other");
  }
  const told = new Set();
  for (const headers of [
    {},
    bearer("wrong"),
    bearer(`${secret}x`),
    basic(""),
    { "x-webhook-secret": other.slice(1) },
  ]) {
    await assert.rejects(nexthink.webhook(post("{", headers), both), (error) => {
      assert.deepEqual([error.kind, error.code, error.sideEffect], ["authentication", "webhook-credential", "none"]);
      const all = inspect(error, { depth: 9, showHidden: true }) + json(error);
      assert.ok(!all.includes(secret) && !all.includes(other) && !all.includes("wrong"), all);
      told.add(`${error.message} ${error.hint}`);
      return true;
    });
  }
  assert.equal(told.size, 1);
});

test("without a good secret nothing is taken", async () => {
  const { nexthink } = await triggered();
  for (const options of [
    undefined,
    {},
    { secret: "" },
    { secret: [] },
    { secret: "too-short" },
    { secret: 7 },
    { secret: null },
  ]) {
    await assert.rejects(
      nexthink.webhook(post("{}"), options),
      ({ kind, code }) => kind === "invalid" && code === undefined,
    );
  }
  await assert.rejects(nexthink.webhook(post("{}"), { secret, secrets: [] }), /`secrets` is no option of a webhook/);
  await assert.rejects(nexthink.webhook(post("{}"), { secret, header: "a b" }), { kind: "invalid" });
  await assert.rejects(nexthink.webhook(post("{}"), { secret, maxBodyBytes: 1 }), { kind: "invalid" });
});

test("a signature of Standard Webhooks lets in, for its body and for five minutes", async () => {
  const { tenant, nexthink } = await triggered();
  const [key, old] = [Buffer.alloc(24, 7), Buffer.alloc(32, 9)];
  const options = { secret: [key, old].map((bytes) => `whsec_${bytes.toString("base64")}`) };
  const seconds = Date.parse(now) / 1000;
  const sign = (id, time, body, by = key) =>
    `v1,${createHmac("sha256", by).update(`${id}.${time}.${body}`).digest("base64")}`;
  const arrive = (id, time, signature, body) =>
    nexthink.webhook(
      post(body, { "webhook-id": id, "webhook-timestamp": `${time}`, "webhook-signature": signature }),
      options,
    );
  const body = json({ kind: "alert", deviceName: "Zürich" });
  const good = sign("msg_1", seconds, body);
  assert.equal((await arrive("msg_1", seconds, good, body)).id, "msg_1");
  const again = await arrive("msg_1", seconds, `v1,AAAA v2,x ${sign("msg_1", seconds, body, old)}`, body);
  assert.deepEqual([again.id, again.duplicate], ["msg_1", true]);
  for (const [id, time, signature, text] of [
    ["msg_2", seconds, good, body],
    ["msg_1", seconds, good, `${body} `],
    ["msg_1", seconds - 1, good, body],
    ["msg_1", seconds, "", body],
    ["msg_1", seconds - 400, sign("msg_1", seconds - 400, body), body],
    ["msg_1", seconds + 400, sign("msg_1", seconds + 400, body), body],
  ]) {
    await assert.rejects(arrive(id, time, signature, text), { kind: "authentication" });
  }
  tenant.advance(6 * 60_000);
  await assert.rejects(arrive("msg_1", seconds, good, body), { kind: "authentication" }, "somebody has recorded it");
  await assert.rejects(nexthink.webhook(post("{}", bearer(options.secret[0])), options), { kind: "authentication" });
});

test("of a body of five megabytes little more than the limit is read, and of a stranger's nothing", async () => {
  const { nexthink } = await triggered();
  const streamed = () => {
    let pieces = 0;
    let cancelled = false;
    const body = new ReadableStream(
      {
        pull(controller) {
          if (++pieces > 80) controller.close();
          else controller.enqueue(new Uint8Array(65_536).fill(32));
        },
        cancel: () => {
          cancelled = true;
        },
      },
      { highWaterMark: 0 },
    );
    return { body, seen: () => ({ pieces, cancelled }) };
  };
  const tooLarge = { kind: "invalid", code: "webhook-size" };
  const long = streamed();
  await assert.rejects(nexthink.webhook({ headers: bearer(), body: long.body }, { secret }), tooLarge);
  assert.deepEqual(long.seen(), { pieces: 17, cancelled: true });
  const stranger = streamed();
  await assert.rejects(nexthink.webhook({ headers: {}, body: stranger.body }, { secret }), { kind: "authentication" });
  assert.equal(stranger.seen().pieces, 0);
  const announced = streamed();
  const headers = { ...bearer(), "Content-Length": "5000000" };
  await assert.rejects(nexthink.webhook({ headers, body: announced.body }, { secret }), tooLarge);
  assert.equal(announced.seen().pieces, 0);
  for (const body of ["x".repeat(5_000_000), Buffer.alloc(5_000_000), { text: "x".repeat(5_000_000) }]) {
    await assert.rejects(nexthink.webhook({ headers: bearer(), body }, { secret }), tooLarge);
  }
  const most = json({ text: "x".repeat(1_048_576 - 11) });
  assert.equal((await nexthink.webhook(post(most), { secret })).data.text.length, 1_048_565);
  await assert.rejects(nexthink.webhook(post(`${most} `), { secret }), tooLarge);
});

test("what is no request, no list of runs and no signal is told", async () => {
  const { nexthink } = await triggered();
  const isInvalid = (message) => ({ kind: "invalid", message });
  for (const request of [undefined, null, "{}"]) {
    await assert.rejects(nexthink.webhook(request, { secret }), isInvalid(/there is no request/));
  }
  await assert.rejects(nexthink.webhook(post("{}"), { secret, runs: {} }), isInvalid(/`runs` is no list/));
  const controller = new AbortController();
  const calls = { signal: controller };
  await assert.rejects(nexthink.webhook(post("{}"), { secret }, calls), isInvalid(/`signal`/));
});

test("`timeoutMs` is for all that is asked for a webhook, not for each of it", async (context) => {
  const { client, remediate } = await triggered();
  const run = await remediate();
  // Each access takes 400 ms; none of the three calls takes a second.
  let passed = 0;
  const begun = Date.now();
  context.mock.method(Date, "now", () => begun + passed);
  const slow = async (answer) => {
    passed += 400;
    return answer;
  };
  const store = { atomic: true, get: () => slow(), putIfAbsent: () => slow(true), replace: () => slow(true) };
  const nearly = client({ store }).webhook(post(saying(run)), { secret, runs: [run] }, { timeoutMs: 1_000 });
  await assert.rejects(nearly, { kind: "timeout" });
  await client({ store }).webhook(post(saying(run)), { secret, runs: [run] }, { timeoutMs: 10_000 });
});

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

test("requests of Node and its frameworks are taken as they are", async (context) => {
  const { nexthink } = await triggered();
  const body = json({ id: "e", deviceName: "A" });
  const headers = { Authorization: `Bearer ${secret}`, "content-type": "application/json" };
  async function* pieces() {
    yield Buffer.from(body.slice(0, 5));
    yield body.slice(5);
  }
  for (const given of [
    body,
    Buffer.from(body),
    new TextEncoder().encode(body).buffer,
    JSON.parse(body),
    pieces(),
    new Blob([body]),
  ]) {
    assert.equal((await nexthink.webhook({ method: "POST", headers, body: given }, { secret })).data.deviceName, "A");
  }
  assert.equal((await nexthink.webhook({ headers: new Headers(headers), text: async () => body }, { secret })).id, "e");
  const twice = { headers: { authorization: [`Bearer ${secret}`, "Bearer other"] }, body };
  await assert.rejects(nexthink.webhook(twice, { secret }), { kind: "authentication" });

  const events = [];
  const server = createServer((request, response) => {
    nexthink
      .webhook(request, { secret })
      .then(
        (event) => events.push(event.data.deviceName),
        (error) => events.push(error.code),
      )
      .finally(() => response.end());
  });
  context.after(() => server.close());
  await once(server.listen(0, "127.0.0.1"), "listening");
  for (const sent of [body, "{"]) {
    const asked = httpRequest({ port: server.address().port, host: "127.0.0.1", method: "POST", headers });
    asked.end(sent);
    const [answer] = await once(asked, "response");
    answer.resume();
    await once(answer, "end");
  }
  assert.deepEqual(events, ["A", "webhook-payload"]);
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

/** A store of several processes, which can fail. */
function memoryStore() {
  const held = new Map();
  const keys = [];
  let isBroken = false;
  return {
    atomic: true,
    keys,
    breakDown: (yes) => {
      isBroken = yes;
    },
    get: async (key) => held.get(key),
    putIfAbsent: async (key, value, { ttlMs }) => {
      if (isBroken) throw new Error("down");
      keys.push([key, ttlMs]);
      if (held.has(key)) return false;
      held.set(key, value);
      return true;
    },
    replace: async (key, expected, value) => {
      if (held.get(key) !== expected) return false;
      held.set(key, value);
      return true;
    },
  };
}

test("processes with one store know of each other's webhooks, and one that could not be noted may come again", async () => {
  const store = memoryStore();
  const { tenant, client, remediate } = await triggered({ store });
  const run = await remediate();
  tenant.advance(hour);
  const take = (nexthink) => nexthink.webhook(post(saying(run)), { secret });
  store.breakDown(true);
  await assert.rejects(take(client()));
  store.breakDown(false);
  tenant.inject({ operation: "nql/execute", kind: "status", status: 503, times: 1 });
  const [first, second] = [await take(client({ maxRetries: 0 })).catch(() => take(client())), await take(client())];
  assert.deepEqual([first.duplicate, second.duplicate], [false, true]);
  assert.deepEqual([first.run.state, second.run.state], ["succeeded", "succeeded"]);
  const [[key, ttlMs]] = store.keys.filter(([name]) => name.includes(":webhook:"));
  assert.match(key, /^nexthink-chatbot:acme\.eu:webhook:[\w-]{43}$/);
  assert.equal(ttlMs, 24 * hour);
});

test("a call that is given up while the body comes is aborted, and lets go of the body", async () => {
  const { nexthink } = await triggered();
  const leaving = new AbortController();
  let cancelled = false;
  const body = new ReadableStream({
    pull: () => leaving.abort(),
    cancel: () => {
      cancelled = true;
    },
  });
  const call = nexthink.webhook({ headers: bearer(), body }, { secret }, { signal: leaving.signal });
  await assert.rejects(call, { kind: "aborted" });
  assert.equal(cancelled, true);
});
