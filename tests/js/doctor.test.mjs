// The doctor through the package: what it says of a tenant that has everything, and of one where something is missing.
// Each thing that can be wrong has its test in Rust; here are those that JavaScript has a part in.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient, NexthinkError } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";

function arrive(options = {}) {
  const tenant = createSimulator({ speed: Number.POSITIVE_INFINITY });
  const { instance, region, credentials, host } = tenant;
  const store = { atomic: true, get: async () => null, putIfAbsent: async () => true, replace: async () => true };
  return { tenant, nexthink: createClient({ instance, region, credentials, host, store, ...options }) };
}

const employee = { username: "amartin", upn: undefined };
const troubles = ({ checks }) =>
  checks.filter(({ status }) => status !== "ok").map(({ id, status }) => `${status} ${id}`);

test("a tenant that has everything is well, and nothing is triggered in it", async () => {
  const { tenant, nexthink } = arrive();
  const report = await nexthink.doctor({ employee });
  assert.deepEqual([report.ok, troubles(report), report.notChecked], [true, [], []]);
  assert.ok(report.checks.length > 30);
  for (const { id, title, detail } of report.checks) assert.ok(id && title && detail, JSON.stringify(id));
  const written = tenant.requests.filter(({ method, path }) => method !== "GET" && !/token|nql/.test(path));
  assert.deepEqual(written, []);
});

test("without an employee it says what it could not look at", async () => {
  const { nexthink } = arrive();
  const report = await nexthink.doctor();
  assert.equal(report.ok, true);
  assert.deepEqual([...new Set(report.notChecked.map(({ reason }) => reason))], ["needs-employee"]);
});

for (const [what, spoil, expected] of [
  ["a query is deleted", (tenant) => tenant.deleteQuery("#diagnose_outlook_issues"), ["error query:outlook"]],
  [
    "a query lacks a column that a rule reads",
    (tenant) =>
      tenant.setQuery("#diagnose_onedrive_issues", "devices | where name == $device_name | list collector.uid"),
    ["error query:onedrive:columns"],
  ],
  [
    "a remote action has no API trigger",
    (tenant) => tenant.setRemoteAction({ ...tenant.remoteAction("disk_cleanup"), apiTrigger: false }),
    ["error remote-action:disk_cleanup:api-trigger"],
  ],
  [
    "a remote action is missing",
    (tenant) => tenant.deleteRemoteAction("repair_onedrive"),
    ["error remote-action:repair_onedrive"],
  ],
  ["the permission for NQL is missing", (tenant) => tenant.deny("nql"), ["error permission-nql"]],
]) {
  test(`it names that ${what}, and nothing else`, async () => {
    const { tenant, nexthink } = arrive();
    spoil(tenant);
    const report = await nexthink.doctor({ employee });
    assert.deepEqual([report.ok, troubles(report)], [false, expected]);
    const [{ detail, fix }] = report.checks.filter(({ status }) => status === "error");
    assert.ok(detail.length > 20 && fix.length > 20);
  });
}

test("a client without a store is warned that its consent lives in one process", async () => {
  const { nexthink } = arrive({ store: undefined });
  const report = await nexthink.doctor({ employee });
  assert.deepEqual([report.ok, troubles(report)], [true, ["warning store"]]);
});

test("neither a secret nor the employee is in a report", async () => {
  const { tenant, nexthink } = arrive({ credentials: { clientId: "client-4711", clientSecret: "secret-4711" } });
  const text = JSON.stringify([await nexthink.doctor({ employee }), tenant.credentials.clientId]);
  assert.match(text, /credentials/);
  for (const word of ["secret-4711", "amartin"]) assert.ok(!text.includes(word), word);
});

test("what the caller ends is an error and no finding", async () => {
  const { nexthink } = arrive();
  const controller = new AbortController();
  controller.abort();
  await assert.rejects(nexthink.doctor({ employee }, { signal: controller.signal }), (error) => {
    return NexthinkError.is(error) && error.kind === "aborted";
  });
});
