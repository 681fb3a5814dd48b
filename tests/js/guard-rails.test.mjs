// What is refused before anything is sent: what breaks a documented limit, what leads elsewhere, what the client may not.

import assert from "node:assert/strict";
import { test } from "node:test";
import { arrive, failing, fine, json } from "./scripted-tenant.mjs";

const uuid = "e0aa796d-e3af-47b5-88d8-228cf5551fb6";
const action = { remoteActionId: "disk_cleanup", devices: [uuid] };
const campaign = { campaignNqlId: "#c", userSid: ["S-1-5-21-1"], expiresInMinutes: 60 };
const trigger = { workflowUuid: uuid, executionUuid: uuid };
const handoff = { userPrincipalName: "a@b.co", parts: [{ type: "TEXT", text: "x" }] };
const enrichments = [
  { identification: [{ name: "user/user/upn", value: "a@b.co" }], fields: [{ name: "user/user/#x", value: "1" }] },
];
const many = (count, value) => Array.from({ length: count }, (_, at) => value ?? `value-${at}`);
const named = (count) => Object.fromEntries(many(count).map((name) => [name, "x"]));

/** Every documented limit: the call, what it is given, and what the message says. */
const limits = {
  "nql.execute": [
    ["any_query", "queryId"],
    ["#a", "queryId"],
    ["#My_Query", "queryId"],
    [`#${"a".repeat(256)}`, "queryId"],
    [5, "queryId"],
  ],
  "remoteActions.execute": [
    [{ ...action, remoteActionId: "" }, "remoteActionId", "empty"],
    [{ ...action, devices: [] }, "devices", "0 ", "1 to 10,000"],
    [{ ...action, devices: many(10_001, uuid) }, "devices", "10,001 ", "1 to 10,000"],
    [{ ...action, devices: [""] }, "devices", "empty"],
    [{ ...action, devices: [5] }, "devices[0]"],
    [{ ...action, expiresInMinutes: 59 }, "expiresInMinutes", "60 to 10,080"],
    [{ ...action, expiresInMinutes: 10_081 }, "expiresInMinutes", "60 to 10,080"],
    [{ ...action, params: { size: 5 } }, "params.size"],
    [{ ...action, triggerInfo: { reason: "x".repeat(501) } }, "triggerInfo.reason", "501 ", "500"],
  ],
  "workflows.execute": [
    [{ workflowId: "" }, "workflowId", "empty"],
    [{ workflowId: "w", devices: many(10_001, uuid) }, "devices", "10,001 ", "up to 10,000"],
    [{ workflowId: "w", users: many(10_001, "S-1-5-21-1") }, "users", "10,001 ", "up to 10,000"],
    [{ workflowId: "w", devices: ["XN1"] }, "devices[0]", "UUID"],
    [{ workflowId: "w", users: ["jdoe"] }, "users[0]", "security ID"],
    [{ workflowId: "w", users: [{ upn: "jdoe" }] }, "users[0].upn", "user principal name"],
    [{ workflowId: "w", devices: [{}] }, "devices[0]", "none of"],
    [{ workflowId: "w", devices: [uuid], users: [{ upn: "a@b.co" }] }, "devices", "partly"],
  ],
  "workflows.trigger": [
    [{ ...trigger, workflowUuid: "#w" }, "workflowUuid", "UUID"],
    [{ ...trigger, executionUuid: "../x" }, "executionUuid", "UUID"],
    [{ ...trigger, parameters: { a: "" } }, "parameters", "empty"],
  ],
  "campaigns.trigger": [
    [{ ...campaign, campaignNqlId: "" }, "campaignNqlId", "empty"],
    [{ ...campaign, userSid: [] }, "userSid", "0 ", "1 to 10,000"],
    [{ ...campaign, userSid: many(10_001) }, "userSid", "10,001 ", "1 to 10,000"],
    [{ ...campaign, expiresInMinutes: 0 }, "expiresInMinutes", "1 to 525,600"],
    [{ ...campaign, expiresInMinutes: 525_601 }, "expiresInMinutes", "1 to 525,600"],
    [{ ...campaign, parameters: named(31) }, "parameters", "31 ", "30"],
  ],
  "enrichment.write": [
    [{ domain: "", enrichments }, "domain", "empty"],
    [{ domain: "d", enrichments: [] }, "enrichments", "0 ", "1 to 10,000"],
    [{ domain: "d", enrichments: [{ ...enrichments[0], fields: [] }] }, "enrichments[0].fields", "0 "],
    [{ domain: "d", enrichments: [{ ...enrichments[0], identification: [] }] }, "enrichments[0].identification", "1"],
    [
      { domain: "d", enrichments: [{ ...enrichments[0], fields: [{ name: "user/user/#x", value: 1.5 }] }] },
      "enrichments[0].fields[0].value",
      "whole number",
    ],
    [
      { domain: "d", enrichments: [{ ...enrichments[0], fields: [{ name: "x", value: 1 }] }] },
      "enrichments[0].fields[0].name",
    ],
  ],
  "spark.handoff": [
    [{ ...handoff, parts: [] }, "parts", "0 "],
    [{ ...handoff, parts: [{ type: "TEXT", text: "" }] }, "parts[0].text", "empty"],
    [{ ...handoff, userPrincipalName: "a@b.co\r\nx-evil: 1" }, "userPrincipalName", "header"],
    [{ ...handoff, timezone: "Zürich" }, "timezone", "header"],
  ],
};

const methodOf = (nexthink, operation) => {
  const [group, method] = operation.split(".");
  return (input) => nexthink[group][method](input);
};

test("what breaks a documented limit is never sent; the field and the rule are named, the value is not", async () => {
  const { nexthink, requests, tokenRequests } = arrive();
  for (const [operation, cases] of Object.entries(limits)) {
    for (const [input, ...said] of cases) {
      const error = await methodOf(nexthink, operation)(input).then(assert.fail, (thrown) => thrown);
      assert.deepEqual([error.kind, error.sideEffect], ["invalid", "none"], error.message);
      for (const words of said) assert.ok(error.message.includes(words), `${error.message} (${words})`);
      for (const value of ["My_Query", "value-", "x-evil", "Zürich", "jdoe", "XN1", "xxx"]) {
        assert.ok(!JSON.stringify(error).includes(value), error.message);
      }
    }
  }
  assert.deepEqual([requests.length, tokenRequests.length], [0, 0]);
});

test("what just keeps a limit is sent", async () => {
  const answer = { status: "success", requestId: "r", requestUuid: "r", requests: [{ userSid: "s" }], data: [] };
  const { nexthink, requests } = arrive(() => json(answer));
  const calls = [
    nexthink.nql.execute(`#${"a".repeat(255)}`),
    nexthink.remoteActions.execute({ ...action, devices: many(10_000, uuid), expiresInMinutes: 60 }),
    nexthink.remoteActions.execute({ ...action, expiresInMinutes: 10_080, triggerInfo: { reason: "é".repeat(500) } }),
    nexthink.workflows.execute({ workflowId: "w", devices: many(10_000, uuid), users: ["S-1-5-21-1"] }),
    nexthink.campaigns.trigger({ ...campaign, expiresInMinutes: 525_600, parameters: named(30) }),
    nexthink.enrichment.write({ domain: "d", enrichments: many(10_000, enrichments[0]) }),
  ];
  await Promise.all(calls);
  assert.equal(requests.length, calls.length);
});

test("a read-only client refuses everything that changes something, and reads", async () => {
  const { nexthink, requests, tokenRequests } = arrive(() => json([]), { readOnly: true });
  for (const [operation, input] of [
    ["remoteActions.execute", action],
    ["workflows.execute", { workflowId: "w" }],
    ["workflows.trigger", trigger],
    ["campaigns.trigger", campaign],
    ["enrichment.write", { domain: "d", enrichments }],
    ["spark.handoff", handoff],
  ]) {
    await assert.rejects(methodOf(nexthink, operation)(input), { kind: "refused", sideEffect: "none" }, operation);
  }
  for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
    const error = { kind: "refused", sideEffect: "none", message: /read-only/ };
    await assert.rejects(nexthink.request({ method, path: "/api/v1/anything" }), error);
  }
  assert.deepEqual([requests.length, tokenRequests.length], [0, 0]);
  await nexthink.remoteActions.list();
  await nexthink.workflows.list();
  assert.deepEqual((await nexthink.request({ method: "GET", path: "/api/v1/anything" })).body, []);
});

test("a request leads to the API host and nowhere else", async () => {
  const { nexthink, requests, tokenRequests } = arrive();
  for (const path of [
    ...[
      "",
      "api",
      "//evil.example/x",
      "/\\evil.example",
      "https://evil.example/x",
      "/a//b",
      "/a/../b",
      "/./a",
      "/a/..",
    ],
    ...[
      "/a?b=c",
      "/a#b",
      "/a b",
      "/a\nb",
      "/%2e%2e/a",
      "/a%2Fb",
      "/a%5cb",
      "/a%",
      "/a%zz",
      "/é",
      "/a@b\u0000",
      "/%61ct",
    ],
    ...[5, null, undefined],
  ]) {
    await assert.rejects(nexthink.request({ method: "GET", path }), { kind: "invalid", message: /path/ }, String(path));
  }
  for (const path of ["/api/v1/act/execute", "/api/v1/act/execute/", "/API/v1/act/Execute"]) {
    await assert.rejects(nexthink.request({ method: "POST", path, body: {} }), { kind: "refused" }, path);
  }
  for (const wrong of [
    { method: "get", path: "/a" },
    { method: "TRACE", path: "/a" },
    { path: "/a" },
    { method: "GET", path: "/a", body: {} },
    { method: "GET", path: "/a", query: { b: 5 } },
    { method: "GET", path: "/a", headers: {} },
  ]) {
    await assert.rejects(nexthink.request(wrong), { kind: "invalid" });
  }
  assert.deepEqual([requests.length, tokenRequests.length], [0, 0]);
  await nexthink.request({ method: "GET", path: "/a/@b:c/%20", query: { "d&e": "f=g#?/ é", h: "" } });
  const [{ url }] = requests;
  assert.equal(url, "https://acme.api.eu.nexthink.cloud/a/@b:c/%20?d%26e=f%3Dg%23%3F%2F%20%C3%A9&h=");
});

test("a request is what it is: GET is sent again, everything else once, and its body is JSON, text or nothing", async () => {
  const reading = arrive([() => failing(503), () => failing(503), fine]);
  assert.equal((await reading.nexthink.request({ method: "GET", path: "/a" })).status, 200);
  assert.equal(reading.requests.length, 3);
  for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
    const acting = arrive([() => failing(503), fine]);
    const call = acting.nexthink.request({ method, path: "/a", body: method === "DELETE" ? undefined : { b: [1] } });
    await assert.rejects(call, { kind: "server", sideEffect: "unknown", retryable: false });
    const [{ body, headers }, ...more] = acting.requests;
    assert.deepEqual([body, more.length], [method === "DELETE" ? undefined : '{"b":[1]}', 0]);
    assert.equal(headers["content-type"], method === "DELETE" ? undefined : "application/json");
  }
  for (const [text, body] of [
    ['{"__proto__":{"polluted":true},"a":0.1}', JSON.parse('{"__proto__":{"polluted":true},"a":0.1}')],
    ["null", null],
    ["", null],
    ["plain", "plain"],
  ]) {
    const answer = await arrive(() => new Response(text, { status: 201 })).nexthink.request({
      method: "GET",
      path: "/a",
    });
    assert.deepEqual(answer, { status: 201, body });
    assert.equal(Object.getPrototypeOf(Object(answer.body)).polluted, undefined);
  }
});
