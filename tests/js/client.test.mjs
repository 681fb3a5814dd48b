// The client as a value: it shows no secret, is harmless to await, refuses browsers, and keeps its guard rails. Runs
// are plain JSON that any client of the tenant can go on with.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { createClient } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";

const employee = { username: "amartin" };

function arrive(options) {
  const tenant = createSimulator({ speed: Number.POSITIVE_INFINITY, now: "2026-11-18T09:00:00Z" });
  return { tenant, ...connect(tenant, options) };
}

function connect({ client }, options) {
  return { nexthink: createClient({ ...client, ...options }) };
}

async function proposal(nexthink) {
  const [device] = await nexthink.identify(employee);
  const diagnosis = await nexthink.diagnose("outlook", device);
  return nexthink.propose(diagnosis, "offline", { employee, reference: "INC-1" });
}

test("a client shows no secret", async () => {
  const consentKey = "k".repeat(32);
  const { tenant, nexthink } = arrive({ consentKey });
  await nexthink.identify(employee);
  const shown = [inspect(nexthink, { depth: 9, showHidden: true }), JSON.stringify(nexthink), String(nexthink)];
  for (const text of shown) {
    for (const secret of [tenant.credentials.clientSecret, consentKey]) assert.ok(!text.includes(secret), text);
  }
});

test("a client can be awaited", async () => {
  const { nexthink } = arrive();
  assert.equal(await nexthink, nexthink);
});

test("a client secret is refused in a page and in a browser's worker, unless the danger is accepted", () => {
  const { tenant } = arrive();
  const places = {
    page: { window: {}, document: {} },
    worker: { WorkerGlobalScope: class {}, navigator: { userAgent: "Mozilla/5.0 (X11; Linux x86_64)" } },
  };
  for (const globals of Object.values(places)) {
    withGlobals(globals, () => {
      assert.throws(() => connect(tenant), { kind: "invalid", hint: /server/ });
      assert.throws(() => connect(tenant, { dangerouslyAllowBrowser: "yes" }), { kind: "invalid" });
      connect(tenant, { dangerouslyAllowBrowser: true });
    });
  }
});

test("worker scopes of other runtimes are no browsers", () => {
  const { tenant } = arrive();
  for (const userAgent of ["Cloudflare-Workers", "Deno/2.1.4", undefined]) {
    withGlobals({ WorkerGlobalScope: class {}, navigator: { userAgent } }, () => connect(tenant));
  }
});

function withGlobals(globals, action) {
  const before = Object.keys(globals).map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]);
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, configurable: true });
  }
  try {
    action();
  } finally {
    for (const [name, descriptor] of before) {
      delete globalThis[name];
      if (descriptor) Object.defineProperty(globalThis, name, descriptor);
    }
  }
}

test("a run goes through JSON and on with another client", async () => {
  const { tenant, nexthink } = arrive();
  const { token } = await proposal(nexthink);
  let run = JSON.parse(JSON.stringify(await nexthink.remediate(token)));
  const other = connect(tenant).nexthink;
  run = JSON.parse(JSON.stringify(await other.progress(run)));
  for await (run of other.follow(run)) assert.equal(run.accepted, true);
  assert.equal(run.state, "succeeded");
  run = JSON.parse(JSON.stringify(await connect(tenant).nexthink.verify(run)));
  assert.equal(run.changed, "unknown");
  run = nexthink.solved(run, false);
  assert.equal(run.solved, false);
  assert.ok(!JSON.stringify(run).includes(token));
});

test("follow gives the run as it is, then each change once, and never goes back", async () => {
  const { nexthink } = arrive();
  const { token } = await proposal(nexthink);
  const run = await nexthink.remediate(token);
  const seen = [];
  for await (const latest of nexthink.follow(run)) seen.push(latest);
  assert.deepEqual(seen[0], run);
  const order = ["accepted", "waiting", "running", "succeeded"];
  const places = seen.map(({ state }) => order.indexOf(state));
  assert.deepEqual(places, [...new Set(places)].sort());
  assert.ok(seen.at(-1).endedAt);
  const again = [];
  for await (const latest of nexthink.follow(seen.at(-1))) again.push(latest);
  assert.deepEqual(again, [seen.at(-1)]);
});

test("any of several consent keys verifies, and the first signs", async () => {
  const [old, current] = ["o".repeat(32), new Uint8Array(32).fill(7)];
  const { tenant, nexthink } = arrive({ consentKey: old });
  const { token } = await proposal(nexthink);
  await assert.rejects(connect(tenant, { consentKey: current }).nexthink.remediate(token), { kind: "consent" });
  const rotated = connect(tenant, { consentKey: [current, old] }).nexthink;
  assert.equal((await rotated.remediate(token)).state, "accepted");
  const next = await proposal(rotated);
  await assert.rejects(nexthink.remediate(next.token), { kind: "consent" });
});

test("a token of another tenant's client is no consent", async () => {
  const { tenant, nexthink } = arrive();
  const { token } = await proposal(nexthink);
  const other = connect(tenant, { instance: "other" }).nexthink;
  await assert.rejects(other.remediate(token), { kind: "consent" });
});

test("a read-only client triggers nothing", async () => {
  const { tenant, nexthink } = arrive();
  const { token, device } = await proposal(nexthink);
  const readOnly = connect(tenant, { readOnly: true }).nexthink;
  const input = { remoteActionId: "set_outlook_online", devices: [device.collectorUid] };
  await assert.rejects(readOnly.remediate(token), { kind: "refused" });
  await assert.rejects(readOnly.remoteActions.execute(input), { kind: "refused" });
  assert.equal(triggers(tenant), 0);
});

test("only remote actions on the list are triggered, also raw", async () => {
  const { tenant, nexthink } = arrive({ allowedRemoteActions: ["disk_cleanup"] });
  await assert.rejects(proposal(nexthink), { kind: "refused" });
  const [device] = await nexthink.identify(employee);
  const devices = [device.collectorUid];
  await assert.rejects(nexthink.remoteActions.execute({ remoteActionId: "repair_onedrive", devices }), {
    kind: "refused",
  });
  const { requestId } = await nexthink.remoteActions.execute({ remoteActionId: "disk_cleanup", devices });
  assert.ok(requestId);
  assert.equal(triggers(tenant), 1);
});

test("an employee is found by every kind of identifier, and a device by its name", async () => {
  const { tenant, nexthink } = arrive();
  const { username, upn, email, sid, devices } = tenant.employees.find((one) => one.username === "qroux");
  for (const identity of [{ username }, { upn }, { email }, { sid }]) {
    const found = await nexthink.identify(identity);
    assert.deepEqual(found.map(({ name }) => name).sort(), [...devices].sort());
    assert.equal(found[0].identifiedBy, Object.keys(identity)[0]);
    assert.deepEqual(
      found.map(({ lastSeen }) => lastSeen),
      found
        .map(({ lastSeen }) => lastSeen)
        .sort()
        .reverse(),
    );
  }
  const [device] = await nexthink.identify({ deviceName: "QROUX-DT" });
  assert.equal(device.name, "QROUX-DT");
  assert.deepEqual(await nexthink.identify({ username: "nobody" }), []);
});

test("what the employee asks for has the same rails", async () => {
  const { tenant, nexthink } = arrive();
  const [device] = await nexthink.identify(employee);
  const request = { device, remoteActionId: "repair_office_365", reason: "Word does not start" };
  const asked = nexthink.propose(request, { employee });
  assert.equal(asked.title, "Repair Office 365");
  assert.equal(asked.risk, "disruptive");
  await assert.rejects(nexthink.remediate(asked.token), { kind: "consent" });
  const run = await nexthink.remediate(asked.token, { confirmed: true });
  assert.equal(run.evidence.reason, "Word does not start");
  assert.equal(triggers(tenant), 1);
});

test("rows of a saved query are objects by column", async () => {
  const { nexthink } = arrive();
  const result = await nexthink.nql.execute("#get_device_basic_infos", employee);
  assert.equal(result.rows.length, 1);
  assert.deepEqual(Object.keys(result.rows[0]), result.columns);
  assert.equal(result.rows[0]["device.name"], "AMARTIN-LT");
  assert.equal(result.truncated, false);
});

test("the clock and the randomness of the host are used", async () => {
  const random = (length) => new Uint8Array(length).fill(0xab);
  const { tenant, nexthink } = arrive();
  const [device] = await nexthink.identify(employee);
  const diagnosis = await nexthink.diagnose("outlook", device);
  // Three days ahead: a proof holds for a week.
  const now = Date.parse(diagnosis.diagnosedAt) + 3 * 86_400_000;
  const { fetch, sleep } = tenant.host;
  const other = connect(tenant, { host: { fetch, sleep, now: () => now, random } }).nexthink;
  const { id, expiresAt } = other.propose(diagnosis, "offline", { employee });
  assert.equal(id, `p-${"ab".repeat(12)}`);
  assert.equal(Date.parse(expiresAt), now + 10 * 60_000);
});

function triggers({ requests }) {
  return requests.filter(({ path, status }) => path.endsWith("/act/execute") && status < 300).length;
}
