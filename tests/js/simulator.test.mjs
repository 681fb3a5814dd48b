// The simulated tenant as JavaScript users get it: its HTTP in the shape of `fetch`, its clock, and what tests control.

import assert from "node:assert/strict";
import { test } from "node:test";
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
    () => createSimulator({ device: 5 }),
    () => createSimulator({ speed: 0 }),
    () => createSimulator({ now: "soon" }),
  ]) {
    assert.throws(mistake, Error, `${mistake}`);
  }
});
