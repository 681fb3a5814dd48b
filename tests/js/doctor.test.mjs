// The doctor through the package: what it says of a tenant that has everything, and of one where something is missing.
// Each thing that can be wrong has its test in Rust; here are those that JavaScript has a part in.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient, NexthinkError } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";

function arrive(options = {}) {
  const tenant = createSimulator({ speed: Number.POSITIVE_INFINITY });
  const store = { atomic: true, get: async () => null, putIfAbsent: async () => true, replace: async () => true };
  return { tenant, nexthink: createClient({ ...tenant.client, store, ...options }) };
}

const employee = { username: "amartin", upn: undefined };
const own = {
  id: "uptime",
  version: "1",
  title: { en: "Uptime" },
  query: {
    id: "#diagnose_uptime",
    text: "devices | where name == $device_name | list collector.uid, boot.days_since_last_full_boot",
  },
  rules: [
    { id: "long", when: "boot.days_since_last_full_boot > 10", reason: { en: "long" }, advice: { en: "Restart" } },
  ],
};

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
  [
    "the permission for remote actions is missing",
    (tenant) => tenant.deny("remote-actions"),
    ["error permission-remote-actions"],
  ],
  [
    "a query has another parameter",
    (tenant) => tenant.setQuery("#diagnose_outlook_issues", "devices | where name == $name | list collector.uid"),
    ["error query:outlook:refused"],
  ],
  [
    "a query has no parameter",
    (tenant) => tenant.setQuery("#get_device_basic_infos_by_upn", "devices | list collector.uid, name"),
    ["warning query:devicesByUpn:parameter", "warning query:devicesByUpn:columns"],
  ],
  [
    "the employee's devices cannot be asked for",
    (tenant) => tenant.deleteQuery("#get_device_basic_infos"),
    ["error query:devicesByUsername"],
  ],
  [
    "nobody tells when data was collected",
    (tenant) => tenant.deleteQuery("#get_data_collection_times"),
    ["warning query:dataCollectionTimes"],
  ],
  [
    "a remote action has another NQL ID",
    (tenant) => {
      const action = tenant.remoteAction("disk_cleanup");
      tenant.deleteRemoteAction("disk_cleanup");
      tenant.setRemoteAction({ ...action, id: "acme_disk_cleanup" });
    },
    ["error remote-action:disk_cleanup"],
  ],
  [
    "a remote action has no script for the platform",
    (tenant) => tenant.setRemoteAction({ ...tenant.remoteAction("disk_cleanup"), platforms: ["macOS"] }),
    ["error remote-action:disk_cleanup:platform"],
  ],
  [
    "an input has another name",
    (tenant) => {
      const action = tenant.remoteAction("disable_application_from_startup_menu");
      tenant.setRemoteAction({ ...action, inputs: action.inputs.map((input) => ({ ...input, id: `${input.id}s` })) });
    },
    [
      "error remote-action:disable_application_from_startup_menu:inputs",
      "warning remote-action:disable_application_from_startup_menu:unfilled-inputs",
    ],
  ],
  [
    "a data collection has not run on the device",
    (tenant) => tenant.set("AMARTIN-LT", { missingCollections: ["get_onedrive_status"] }),
    ["warning data-collection:get_onedrive_status:age"],
  ],
  [
    "a proxy on the way wants credentials",
    (tenant) => tenant.inject({ kind: "status", status: 407, probability: 1 }),
    ["error reachability"],
  ],
]) {
  test(`it names that ${what}, and nothing else`, async () => {
    const { tenant, nexthink } = arrive();
    spoil(tenant);
    const report = await nexthink.doctor({ employee });
    assert.deepEqual(troubles(report), expected);
    // What only another step needs is a warning, and well as long as nothing else stays unasked.
    if (expected[0].startsWith("error")) assert.equal(report.ok, false);
    const [{ detail, fix }] = report.checks.filter(({ status }) => status !== "ok");
    assert.ok(detail.length > 20 && fix.length > 20);
  });
}

for (const [what, options, expected] of [
  ["the secret is wrong", { credentials: { clientId: "chatbot", clientSecret: "wrong" } }, ["error credentials"]],
  ["the instance is another", { instance: "other" }, ["error reachability"]],
  ["an ID is no ID", { queryIds: { outlook: "My query" } }, ["error query:outlook:id"]],
  ["an ID stands under a misspelt name", { queryIds: { outlok: "#mine" } }, ["warning queryIds:outlok"]],
  ["a playbook of one's own has no query in the tenant", { playbooks: [own] }, ["error query:uptime"]],
]) {
  test(`it names that ${what} in the client's options`, async () => {
    const { nexthink } = arrive(options);
    assert.deepEqual(troubles(await nexthink.doctor({ employee })), expected);
  });
}

test("two playbooks of one name are refused, and nothing of the tenant is blamed for it", async () => {
  const { tenant, nexthink } = arrive({ playbooks: [own, { ...own, version: "2" }] });
  await assert.rejects(nexthink.doctor({ employee }), (error) => {
    return NexthinkError.is(error) && error.kind === "invalid" && error.message === "two playbooks are called `uptime`";
  });
  assert.deepEqual(tenant.requests, []);
});

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
