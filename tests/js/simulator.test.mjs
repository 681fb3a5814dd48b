// The simulated tenant as JavaScript users get it: its HTTP in the shape of `fetch`, its clock, and what tests control.

import assert from "node:assert/strict";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { createClient } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";

const api = "https://acme.api.eu.nexthink.cloud";
const minute = 60_000;
const hour = 60 * minute;

/** A tenant in which waiting takes no time, and a client of a few lines with a token. */
async function start(options = {}) {
  const tenant = createSimulator({
    devices: 40,
    speed: Number.POSITIVE_INFINITY,
    now: "2026-11-18T09:00:00Z",
    ...options,
  });
  let token;
  const renew = async () => {
    token = (await (await requestToken(tenant)).json()).access_token;
  };
  await renew();
  const post = (path, body, init = {}) =>
    tenant.fetch(`${api}${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "x-utc-times": "true", "content-type": "application/json" },
      body: JSON.stringify(body),
      ...init,
    });
  const rows = async (queryId, parameters) => {
    const response = await post("/api/v2/nql/execute", { queryId, parameters });
    assert.equal(response.status, 200);
    return (await response.json()).data;
  };
  return { tenant, post, rows, renew };
}

function requestToken(tenant, secret = tenant.credentials.clientSecret) {
  const pair = Buffer.from(`${tenant.credentials.clientId}:${secret}`).toString("base64");
  return tenant.fetch(`https://${tenant.instance}-login.${tenant.region}.nexthink.cloud/oauth2/default/v1/token`, {
    method: "POST",
    headers: new Headers({ authorization: `Basic ${pair}` }),
    body: new URLSearchParams({ grant_type: "client_credentials", scope: "service:integration" }),
  });
}

const trigger = (tenant, device, remoteActionId = "set_outlook_online") => ({
  remoteActionId,
  devices: [tenant.device(device).collectorUid],
  triggerInfo: { externalReference: "INC-1" },
});

test("it has the options of its client", async () => {
  const { client } = createSimulator({ devices: 40, speed: Number.POSITIVE_INFINITY });
  const [device] = await createClient(client).identify({ username: "amartin" });
  assert.equal(device.name, "AMARTIN-LT");
});

test("the right credentials give a token and wrong ones are refused", async () => {
  const { tenant } = await start();
  const body = await (await requestToken(tenant)).json();
  assert.deepEqual([body.token_type, body.expires_in], ["Bearer", 900]);
  const refused = await requestToken(tenant, "wrong");
  assert.equal(refused.status, 401);
  assert.equal((await refused.json()).error, "invalid_client");
});

test("a token ends after fifteen minutes of the tenant's time", async () => {
  const { tenant, post } = await start();
  tenant.advance(15 * minute);
  const response = await post("/api/v2/nql/execute", { queryId: "#get_device_basic_infos" });
  assert.deepEqual([response.status, await response.text()], [401, ""]);
});

test("v1 and v2 give the same rows in their own shapes", async () => {
  const { tenant, post, rows } = await start();
  const query = { queryId: "#get_device_basic_infos", parameters: { username: "qroux" } };
  const v1 = await (await post("/api/v1/nql/execute", query)).json();
  const v2 = await rows(query.queryId, query.parameters);
  assert.equal(v1.headers[0], "device.collector.uid");
  assert.deepEqual(
    v1.data,
    v2.map((row) => v1.headers.map((header) => row[header])),
  );
  assert.deepEqual(
    v2.map((row) => row["device.name"]),
    ["QROUX-LT", "QROUX-DT", "QROUX-MAC"],
  );
  assert.match(v2[0]["device.last_seen"], /^2026-11-18T0[89]:\d\d:\d\dZ$/);
  assert.deepEqual(tenant.requests.map(({ path, status, queryId }) => [path, status, queryId]).slice(1), [
    ["/api/v1/nql/execute", 200, query.queryId],
    ["/api/v2/nql/execute", 200, query.queryId],
  ]);
});

test("a remote action takes time, changes the device, and the collected data follow at the next run", async () => {
  const { tenant, post, rows, renew } = await start();
  const action = "update_group_policy_settings";
  const accepted = await (await post("/api/v1/act/execute", trigger(tenant, "LOKAFOR-LT", action))).json();
  const status = async () => {
    const [row] = await rows("#get_remote_action_result", { request_id: accepted.requestId });
    return row["remote_action.execution.status"];
  };
  const collected = async () => {
    const [row] = await rows("#diagnose_slow_pc_issues", { device_name: "LOKAFOR-LT" });
    return row["remote_action.get_gpo_startup_impact_windows.execution.outputs.UserGpoAppliedTimeInSeconds"];
  };
  assert.equal(await status(), "waiting_on_device");
  await tenant.host.sleep(10_000);
  assert.equal(await status(), "in_progress");
  tenant.advance(minute);
  assert.equal(await status(), "success");
  assert.equal(tenant.device("LOKAFOR-LT").userGpoAppliedTimeInSeconds, 3);
  assert.equal(await collected(), 19);
  tenant.advance(24 * hour);
  await renew();
  assert.equal(await collected(), 3);
});

test("a lost answer has done its work", async () => {
  const { tenant, post, rows } = await start();
  tenant.inject({ kind: "lost-answer", operation: "act/execute" });
  await assert.rejects(post("/api/v1/act/execute", trigger(tenant, "AMARTIN-LT")), {
    name: "TypeError",
    message: "fetch failed",
  });
  assert.equal((await rows("#get_remote_action_result_by_reference", { external_reference: "INC-1" })).length, 1);
  assert.equal(tenant.requests.at(-2).status, null);
});

test("faults come from the options, too, and are used up", async () => {
  const faults = [
    { kind: "status", status: 429, retryAfter: "2", operation: "nql" },
    { kind: "html", operation: "nql" },
  ];
  const { post } = await start({ faults });
  const query = { queryId: "#get_device_basic_infos", parameters: { username: "x" } };
  const throttled = await post("/api/v2/nql/execute", query);
  assert.deepEqual([throttled.status, throttled.ok, throttled.headers.get("retry-after")], [429, false, "2"]);
  const page = await post("/api/v2/nql/execute", query);
  assert.match(page.headers.get("content-type"), /^text\/html/);
  assert.equal((await post("/api/v2/nql/execute", query)).status, 200);
});

test("an answer breaks off where its body is read, and its work is done", async () => {
  const { tenant, post, rows } = await start();
  tenant.inject({ kind: "truncated", operation: "act/execute" });
  const response = await post("/api/v1/act/execute", trigger(tenant, "AMARTIN-LT"));
  assert.equal(response.status, 200);
  const whole = Number(response.headers.get("content-length"));
  const reader = response.body.getReader();
  const { value } = await reader.read();
  assert.equal(value.length, Math.floor(whole / 2));
  await assert.rejects(reader.read(), { name: "TypeError", message: "terminated" });
  assert.equal((await rows("#get_remote_action_result_by_reference", { external_reference: "INC-1" })).length, 1);
});

test("answers are damaged as asked for", async () => {
  const { tenant, post } = await start();
  const query = { queryId: "#get_device_basic_infos", parameters: { username: "qroux" } };
  const damaged = async (fault) => {
    tenant.inject(fault);
    const response = await post("/api/v2/nql/execute", query);
    return { type: response.headers.get("content-type"), body: Buffer.from(await response.arrayBuffer()) };
  };
  const whole = await damaged({ kind: "latency", latencyMs: 1 });
  const half = await damaged({ kind: "half-body" });
  assert.deepEqual(half.body, whole.body.subarray(0, whole.body.length / 2));
  assert.deepEqual(await damaged({ kind: "wrong-type" }), { type: "text/plain", body: whole.body });
  const contentType = "application/json; charset=utf-16";
  assert.equal((await damaged({ kind: "wrong-type", contentType })).type, contentType);
  const { body } = await damaged({ kind: "invalid-utf8" });
  assert.throws(() => new TextDecoder("utf-8", { fatal: true }).decode(body));
  const error = await damaged({ kind: "status", status: 500, body: "error" });
  assert.equal(JSON.parse(error.body).source, "nql-api");
});

test("a token ends in the middle of a conversation, by revocation or by a jump of the clock", async () => {
  const { tenant, post, renew } = await start();
  const query = { queryId: "#get_device_basic_infos", parameters: { username: "qroux" } };
  for (const fault of [{ kind: "token-revoked" }, { kind: "clock-jump", jumpMs: 15 * minute }]) {
    assert.equal((await post("/api/v2/nql/execute", query)).status, 200);
    const before = tenant.now();
    tenant.inject(fault);
    assert.equal((await post("/api/v2/nql/execute", query)).status, 401);
    assert.ok(tenant.now() - before >= (fault.jumpMs ?? 0));
    assert.equal(tenant.requests.at(-1).fault, fault.kind);
    await renew();
  }
});

test("a jump of the clock wakes those who wait", async () => {
  const { tenant } = await start({ speed: 1 });
  const slept = tenant.host.sleep(hour);
  tenant.inject({ kind: "clock-jump", jumpMs: hour });
  await tenant.fetch(`${api}/`);
  await slept;
});

test("a share of the requests fails until the faults are cleared, and the same ones for the same seed", async () => {
  const fault = { kind: "status", status: 503, probability: 0.3, operation: "nql" };
  const query = { queryId: "#get_device_basic_infos", parameters: { username: "x" } };
  const statuses = async (seed) => {
    const { tenant, post } = await start({ seed, faults: [fault] });
    const seen = [];
    for (let turn = 0; turn < 40; turn++) seen.push((await post("/api/v2/nql/execute", query)).status);
    tenant.clearFaults();
    for (let turn = 0; turn < 20; turn++) assert.equal((await post("/api/v2/nql/execute", query)).status, 200);
    return seen;
  };
  const seen = await statuses(1);
  assert.deepEqual([...new Set(seen)].sort(), [200, 503]);
  assert.deepEqual(await statuses(1), seen);
  assert.notDeepEqual(await statuses(2), seen);
});

test("the limits of the NQL API are those of the options", async () => {
  const query = { queryId: "#get_device_basic_infos", parameters: { username: "x" } };
  const { tenant, post } = await start({ nqlLimits: { perSecond: 1, perDay: 3, retryAfter: "date" } });
  const execute = async () => {
    const { status, headers } = await post("/api/v2/nql/execute", query);
    const retryAfter = headers.get("retry-after");
    return retryAfter ? [status, (Date.parse(retryAfter) - Date.parse(headers.get("date"))) / 1_000] : [status];
  };
  assert.deepEqual(await execute(), [200]);
  assert.deepEqual(await execute(), [429, 2], "rounded up: it is never too short");
  for (let turn = 0; turn < 2; turn++) {
    tenant.advance(2_000);
    assert.deepEqual(await execute(), [200]);
  }
  const [status, seconds] = await execute();
  assert.ok(status === 429 && seconds > 14 * 3_600, `${seconds}`);
});

test("an export is asked for, followed and downloaded", async () => {
  const { tenant, post } = await start({ exportMaximumRows: 2 });
  const query = { queryId: "#get_device_basic_infos", parameters: { username: "qroux" } };
  const { exportId } = await (await post("/api/v1/nql/export", { ...query, compression: "GZIP" })).json();
  const look = () => post(`/api/v1/nql/status/${exportId}`, {}, { method: "GET", body: undefined });
  assert.deepEqual(await (await look()).json(), { status: "SUBMITTED", resultsFileUrl: null, errorDescription: null });
  tenant.advance(minute);
  const ended = await look();
  assert.equal(ended.status, 206, "there are three devices, and two rows are allowed");
  const { resultsFileUrl } = await ended.json();
  const text = gunzipSync(Buffer.from(await (await tenant.fetch(resultsFileUrl)).arrayBuffer())).toString();
  assert.deepEqual(text.match(/QROUX-\w+/g), ["QROUX-LT", "QROUX-DT"]);
  tenant.advance(15 * minute);
  assert.equal((await tenant.fetch(resultsFileUrl)).status, 403);
});

test("an aborted request rejects with the signal's reason, at once or while it waits", async () => {
  const { tenant, post } = await start({ speed: 1 });
  tenant.inject({ kind: "latency", latencyMs: hour });
  const controller = new AbortController();
  const slow = post("/api/v2/nql/execute", {}, { signal: controller.signal });
  setTimeout(() => controller.abort(new Error("enough")), 5);
  await assert.rejects(slow, { message: "enough" });
  await assert.rejects(post("/api/v2/nql/execute", {}, { signal: AbortSignal.abort() }), { name: "AbortError" });
  assert.equal(tenant.requests.length, 2, "what was aborted before it was sent never arrived");
});

test("another tenant's address leads nowhere, and this machine's here", async () => {
  const { tenant } = await start();
  for (const url of ["https://other.api.eu.nexthink.cloud/api/v1/token", "https://example.com/"]) {
    await assert.rejects(tenant.fetch(url), { name: "TypeError" });
  }
  assert.equal((await tenant.fetch(new URL("http://127.0.0.1:4000/nothing"))).status, 404);
  const request = new Request("http://localhost/api/v1/token", {
    method: "POST",
    headers: { authorization: "Basic eA==" },
  });
  assert.equal((await tenant.fetch(request)).status, 401);
});

test("those who wait at once wake in the order of their times, and no one waits for real", async () => {
  const { tenant } = await start();
  const began = Date.now();
  const start0 = tenant.now();
  const woken = [];
  const sleeper = async (name, milliseconds) => {
    for (let turn = 0; turn < 3; turn++) {
      await tenant.host.sleep(milliseconds);
      woken.push(`${name} ${tenant.now() - start0}`);
    }
  };
  await Promise.all([sleeper("slow", 7 * hour), sleeper("quick", 3 * hour)]);
  const at = (name, hours) => `${name} ${hours * hour}`;
  assert.deepEqual(woken, [
    at("quick", 3),
    at("quick", 6),
    at("slow", 7),
    at("quick", 9),
    at("slow", 14),
    at("slow", 21),
  ]);
  assert.ok(Date.now() - began < 5_000);
});

test("with a speed the tenant's time passes by itself, and `advance` wakes those who wait", async () => {
  const { tenant } = await start({ speed: 1_000 });
  const start0 = tenant.now();
  await tenant.host.sleep(20_000);
  const passed = tenant.now() - start0;
  assert.ok(passed >= 20_000 && passed < 5 * minute, `${passed}`);
  const { tenant: slow } = await start({ speed: 10 });
  const slept = slow.host.sleep(hour);
  slow.advance(hour);
  await slept;
});

test("the same seed and time give the same tenant", async () => {
  const [one, same, other] = await Promise.all([start({ seed: 3 }), start({ seed: 3 }), start({ seed: 4 })]);
  assert.deepEqual(one.tenant.employees, same.tenant.employees);
  assert.deepEqual(one.tenant.device("NBERG-LT"), same.tenant.device("NBERG-LT"));
  assert.notDeepEqual(one.tenant.employees, other.tenant.employees);
});

test("facts that are set are seen by the next diagnosis, and mistakes are told", async () => {
  const { tenant, rows } = await start();
  tenant.set("NBERG-LT", { freeSpace: 5e9, isOnline: null, online: false });
  const [row] = await rows("#diagnose_slow_pc_issues", { device_name: "NBERG-LT" });
  assert.equal(row.free_space, 5);
  const { online, isOnline, freeSpace } = tenant.device("nberg-lt");
  assert.deepEqual({ online, isOnline, freeSpace }, { online: false, isOnline: null, freeSpace: 5e9 });
  assert.equal(tenant.device("nothing"), undefined);
  for (const mistake of [
    () => tenant.set("nothing", {}),
    () => tenant.set("NBERG-LT", { freespace: 1 }),
    () => tenant.inject({ kind: "explosion" }),
    () => tenant.inject({ kind: "network", status: 500 }),
    () => tenant.inject({ kind: "html", times: 2, probability: 0.5 }),
    () => tenant.inject({ kind: "html", probability: 1.5 }),
    () => tenant.inject({ kind: "clock-jump", jumpMs: -1 }),
    () => createSimulator({ nqlLimits: { perSecond: 0 } }),
    () => createSimulator({ nqlLimits: { perHour: 5 } }),
    () => createSimulator({ exportMaximumRows: -1 }),
    () => createSimulator({ device: 5 }),
    () => createSimulator({ speed: 0 }),
    () => createSimulator({ now: "soon" }),
  ]) {
    assert.throws(mistake, Error, `${mistake}`);
  }
});
