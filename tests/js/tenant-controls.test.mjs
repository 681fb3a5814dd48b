// What a test changes in the simulated tenant besides its facts: queries, permissions, webhooks, campaigns.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";

const minute = 60_000;
const day = 24 * 60 * minute;
const api = "https://acme.api.eu.nexthink.cloud";

function tenantOf(options = {}) {
  return createSimulator({ devices: 40, speed: Number.POSITIVE_INFINITY, now: "2026-11-18T09:00:00Z", ...options });
}

/** A POST with a token of its own. */
async function post(tenant, path, body, headers = {}) {
  const { clientId, clientSecret } = tenant.credentials;
  const authorization = `Basic ${btoa(`${clientId}:${clientSecret}`)}`;
  const token = await tenant.fetch(`${api}/api/v1/token`, { method: "POST", headers: { authorization } });
  const bearer = `Bearer ${(await token.json()).access_token}`;
  return tenant.fetch(`${api}${path}`, {
    method: "POST",
    headers: { authorization: bearer, "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}

test("an administrator saves, changes and deletes queries, and is told what is no NQL", async () => {
  const tenant = tenantOf();
  const nexthink = createClient(tenant.client);
  tenant.setQuery("#macs", "devices | where operating_system.platform == macOS | summarize macs = count()");
  const { rows, columns } = await nexthink.nql.execute("#macs");
  assert.deepEqual(columns, ["macs"]);
  assert.ok(rows[0].macs >= 2);
  tenant.setQuery("#macs", "devices | where operating_system.platform == macOS | list name | limit 1");
  assert.equal((await nexthink.nql.execute("#macs")).rows.length, 1);
  tenant.deleteQuery("#macs");
  await assert.rejects(nexthink.nql.execute("#macs"), { kind: "not-found" });
  assert.throws(() => tenant.setQuery("#bad", "devices | summarise c = count()"), /did you mean `summarize`/);
  assert.throws(() => tenant.setQuery("bad", "devices"), Error);
  // What Nexthink would not have saved cannot be executed either.
  tenant.setQuery("#refused", "devices | include execution.crashes | list name");
  await assert.rejects(nexthink.nql.execute("#refused"), { kind: "invalid" });
});

test("a denied permission is missing until it is granted", async () => {
  const tenant = tenantOf();
  const nexthink = createClient(tenant.client);
  tenant.deny("nql");
  await assert.rejects(nexthink.identify({ username: "amartin" }), { kind: "permission" });
  tenant.grant("nql");
  assert.equal((await nexthink.identify({ username: "amartin" })).length, 1);
  assert.throws(() => tenant.deny("everything"), Error);
});

test("what waits for a device can be stopped", async () => {
  const tenant = tenantOf();
  const nexthink = createClient(tenant.client);
  const { requestId } = await nexthink.remoteActions.execute({
    remoteActionId: "disk_cleanup",
    devices: [tenant.device("STANAKA-LT").collectorUid],
  });
  assert.equal(tenant.cancel(requestId), 1);
  const { rows } = await nexthink.nql.execute("#get_remote_action_result", { request_id: requestId });
  assert.equal(rows[0]["remote_action.execution.status"], "cancelled");
  assert.throws(() => tenant.cancel("nothing"), Error);
});

test("a campaign is answered by the employee, and what was handed off can be read", async () => {
  const tenant = tenantOf();
  const [{ sid, upn, username }] = tenant.employees;
  const body = { campaignNqlId: "#confirm_fix", userSid: [sid], expiresInMinutes: 60 };
  const parameters = { issue: "Outlook", device_name: "AMARTIN-LT" };
  const sent = await (await post(tenant, "/api/v1/euf/campaign/trigger", { ...body, parameters })).json();
  const { requestId } = sent.requests[0];
  assert.throws(
    () => tenant.answerCampaign(requestId, { answered: { solved: "Yes" } }),
    Error,
    "not on the screen yet",
  );
  tenant.advance(minute);
  tenant.answerCampaign(requestId, { answered: { solved: "Yes" } });
  tenant.setQuery("#answers", "campaign.#confirm_fix.responses past 1d | list state, user.name");
  const { rows } = await createClient(tenant.client).nql.execute("#answers");
  assert.deepEqual(rows, [{ "campaign.response.state": "answered", "user.name": username }]);

  const parts = [{ type: "TEXT", text: "My PC is slow" }];
  const handoff = await post(tenant, "/api/v1/spark/handoff", { message: { parts } }, { "User-Principal-Name": upn });
  assert.equal(handoff.status, 204);
  assert.deepEqual(
    tenant.handoffs.map(({ employee, parts }) => ({ employee, parts })),
    [{ employee: username, parts }],
  );
});

test("webhooks tell what happens, late, and refuse what they cannot watch", async () => {
  const tenant = tenantOf();
  const webhook = {
    name: "done",
    query: "remote_action.executions | where status in [success, failure] | list request_id, status, device.name",
    url: "https://bot.example/",
    resource: "hooks/{{status}}",
    payload: '{"run":"{{request_id}}","device":"{{device.name}}"}',
    credential: { type: "bearer", token: "t" },
  };
  tenant.addWebhook(webhook);
  const { requestId } = await createClient(tenant.client).remoteActions.execute({
    remoteActionId: "disk_cleanup",
    devices: [tenant.device("JCARTER-LT").collectorUid],
  });
  const mine = () => tenant.deliveries().filter(({ body }) => body.includes(requestId));
  assert.deepEqual(mine(), []);
  tenant.advance(day / 24);
  const [delivery] = mine();
  assert.deepEqual([delivery.method, delivery.url], ["POST", "https://bot.example/hooks/success"]);
  assert.deepEqual(JSON.parse(delivery.body), { run: requestId, device: "JCARTER-LT" });
  assert.ok(delivery.headers.some(([name, value]) => name === "Authorization" && value === "Bearer t"));
  for (const mistake of [
    { name: "done" },
    { name: "b", query: "devices | list name" },
    { name: "b", query: "remote_action.executions | list status | sort status asc" },
    { name: "b", payload: "{{colour}}" },
    { name: "b", methods: "PUT" },
  ]) {
    assert.throws(() => tenant.addWebhook({ ...webhook, ...mistake }), Error, JSON.stringify(mistake));
  }
});

test("a remote action of one's own collects, repairs, is changed and is deleted", async () => {
  const tenant = tenantOf();
  const allowedRemoteActions = ["clear_teams_cache"];
  const nexthink = createClient({ ...tenant.client, allowedRemoteActions });
  const column = "remote_action.get_teams_startup_windows.execution.outputs.StartupSeconds";
  tenant.setRemoteAction({
    id: "get_teams_startup_windows",
    name: "Get Teams startup",
    platforms: ["Windows"],
    outputs: [{ name: "StartupSeconds", type: "Float" }],
    apiTrigger: false,
    collects: { schedule: "hourly" },
  });
  tenant.setRemoteAction({
    id: "clear_teams_cache",
    name: "Clear Teams cache",
    platforms: ["Windows"],
    apiTrigger: true,
    repairs: { seconds: 20, sets: { get_teams_startup_windows: { StartupSeconds: 6 } } },
  });
  tenant.set("NBERG-LT", { outputs: { get_teams_startup_windows: { StartupSeconds: 41 } } });
  tenant.setQuery("#teams", `devices | where name == "NBERG-LT" | list ${column}`);
  const seconds = async () => (await nexthink.nql.execute("#teams")).rows[0][column];
  const trigger = () => {
    const devices = [tenant.device("NBERG-LT").collectorUid];
    return nexthink.remoteActions.execute({ remoteActionId: "clear_teams_cache", devices });
  };
  assert.equal(await seconds(), 41);
  await trigger();
  tenant.advance(minute);
  assert.deepEqual(tenant.device("NBERG-LT").outputs, { get_teams_startup_windows: { StartupSeconds: 6 } });
  tenant.advance(day / 24);
  assert.equal(await seconds(), 6);
  assert.equal((await nexthink.remoteActions.get("clear_teams_cache")).name, "Clear Teams cache");

  tenant.setRemoteAction({ ...tenant.remoteAction("clear_teams_cache"), apiTrigger: false });
  await assert.rejects(trigger(), { kind: "permission" });
  tenant.deleteRemoteAction("clear_teams_cache");
  assert.throws(() => tenant.remoteAction("clear_teams_cache"), /clear_teams_cache/);
  await assert.rejects(nexthink.remoteActions.get("clear_teams_cache"), { kind: "not-found" });
  assert.throws(() => tenant.deleteRemoteAction("clear_teams_cache"), /clear_teams_cache/);
  assert.throws(() => tenant.set("NBERG-LT", { outputs: { get_zoom: {} } }), /get_zoom/);
  assert.throws(() => tenant.setRemoteAction({ ...tenant.remoteAction("disk_cleanup"), colour: "red" }), /colour/);
});

/** FNV-1a, 64 bits, over UTF-8. */
function digest(text) {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) {
    hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  }
  return hash.toString(16).padStart(16, "0");
}

// simulator/tests/it/determinism.rs holds the same digest of the same conversation, in native code.
test("WebAssembly and native code give the same bytes", async () => {
  const tenant = tenantOf({ devices: 300, seed: 7 });
  const { clientId, clientSecret } = tenant.credentials;
  const token = await tenant.fetch("https://acme-login.eu.nexthink.cloud/oauth2/default/v1/token", {
    method: "POST",
    headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
    body: new URLSearchParams({ grant_type: "client_credentials", scope: "service:integration" }),
  });
  const authorization = `Bearer ${(await token.json()).access_token}`;
  tenant.addWebhook({
    name: "logins",
    url: "https://bot.example/hook",
    query: "session.logins | list device.name, session.login.time",
    payload: '{"device":"{{device.name}}","at":"{{session.login.time}}"}',
  });
  tenant.setRemoteAction({
    id: "get_own",
    name: "Get own",
    platforms: ["Windows"],
    apiTrigger: false,
    outputs: [{ name: "Seconds", type: "Float" }],
    collects: { schedule: "hourly" },
  });
  tenant.set("AMARTIN-LT", { outputs: { get_own: { Seconds: 4.25 } } });
  const columns = ["outputs.Seconds", "time"].map((part) => `remote_action.get_own.execution.${part}`).join(", ");
  tenant.setQuery("#own", `devices | where name == $device_name | list name, ${columns}`);
  let text = JSON.stringify(tenant.employees);
  for (const username of ["amartin", "qroux", "vkowalska"]) {
    const device = `${username.toUpperCase()}-LT`;
    for (const [queryId, parameters] of [
      ["#get_device_basic_infos", { username }],
      ["#diagnose_outlook_issues", { device_name: device }],
      ["#diagnose_onedrive_issues", { device_name: device }],
      ["#diagnose_slow_pc_issues", { device_name: device }],
      ["#diagnose_disk_issues", { device_name: device }],
      ["#own", { device_name: device }],
    ]) {
      const response = await tenant.fetch(`${api}/api/v2/nql/execute`, {
        method: "POST",
        headers: { authorization, "x-utc-times": "true" },
        body: JSON.stringify({ queryId, parameters }),
      });
      text += await response.text();
    }
  }
  tenant.advance(day);
  text += JSON.stringify(tenant.deliveries());
  assert.equal(digest(text), "3fafa147dd30bc94", `${text.length} characters`);
});
