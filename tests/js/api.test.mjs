// The operations without a client: every one built, sent by a bare fetch to the simulated tenant, and read.

import assert from "node:assert/strict";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import { api, NexthinkError } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";

const place = { instance: "acme", region: "eu" };
const uuid = "e0aa796d-e3af-47b5-88d8-228cf5551fb6";

/** A small input for each operation. */
const inputs = {
  "token.create": { clientId: "id", clientSecret: "secret" },
  "nql.execute": { queryId: "#my_query" },
  "nql.export": { queryId: "#my_query" },
  "nql.status": { exportId: "e" },
  "remoteActions.list": undefined,
  "remoteActions.get": { nqlId: "#a" },
  "remoteActions.execute": { remoteActionId: "#a", devices: [uuid] },
  "workflows.list": undefined,
  "workflows.get": { nqlId: "#w" },
  "workflows.execute": { workflowId: "#w", devices: [uuid] },
  "workflows.trigger": { workflowUuid: uuid, executionUuid: uuid },
  "campaigns.trigger": { campaignNqlId: "#c", userSid: ["S-1-5-21"], expiresInMinutes: 60 },
  "enrichment.write": {
    domain: "d",
    enrichments: [
      { identification: [{ name: "user/user/upn", value: "a@b.co" }], fields: [{ name: "user/user/#x", value: 1 }] },
    ],
  },
  "spark.handoff": { userPrincipalName: "a@b.co", parts: [{ type: "TEXT", text: "x" }] },
};
const operations = Object.keys(inputs);
const acts = new Set([
  ...["remoteActions.execute", "workflows.execute", "workflows.trigger"],
  ...["campaigns.trigger", "enrichment.write", "spark.handoff"],
]);

/** Builds, sends and reads, as a low-code platform does it: with an HTTP step of its own. */
function stepsOf(tenant) {
  let authorization;
  return async (operation, input) => {
    const { method, url, headers, body } = api.build(operation, input, place);
    const answer = await tenant.fetch(url, { method, headers: { authorization, ...headers }, body });
    const output = api.parse(operation, { ...(await contentOf(answer)), status: answer.status });
    if (operation === "token.create") authorization = `Bearer ${output.accessToken}`;
    return output;
  };
}

const contentOf = async (answer) => ({ headers: answer.headers, body: await answer.text() });

test("every operation is built, sent by a bare fetch, and read", async () => {
  const tenant = createSimulator({ speed: Number.POSITIVE_INFINITY, now: "2026-11-18T09:00:00Z" });
  const step = stepsOf(tenant);
  const employee = tenant.employees.find(({ username }) => username === "amartin");
  const { collectorUid } = tenant.device("AMARTIN-LT");
  assert.equal((await step("token.create", tenant.credentials)).expiresInSeconds, 900);

  const query = { queryId: "#get_device_basic_infos", parameters: { username: "amartin" } };
  const { rows, columns } = await step("nql.execute", query);
  assert.deepEqual(Object.keys(rows[0]), columns);
  assert.equal(rows[0]["device.name"], "AMARTIN-LT");
  assert.deepEqual((await step("nql.execute", { ...query, version: "v1" })).rows, rows);
  const { exportId } = await step("nql.export", query);
  assert.match((await step("nql.status", { exportId })).status, /^[A-Z_]+$/);

  const actions = await step("remoteActions.list", undefined);
  const nqlId = actions[0].id;
  assert.deepEqual(await step("remoteActions.get", { nqlId }), actions[0]);
  const action = { remoteActionId: "set_outlook_online", devices: [collectorUid] };
  assert.ok((await step("remoteActions.execute", action)).requestId);

  const workflows = await step("workflows.list", {});
  assert.deepEqual(await step("workflows.get", { nqlId: workflows[0].id }), workflows[0]);
  const failures = [];
  for (const { id } of workflows) {
    const started = step("workflows.execute", { workflowId: id, devices: [collectorUid], users: [employee.sid] });
    await started.catch((error) => failures.push(error));
  }
  assert.ok(failures.length < workflows.length, failures.join("\n"));
  const waiting = { workflowUuid: uuid, executionUuid: uuid };
  await assert.rejects(step("workflows.trigger", waiting), { name: "NexthinkError", sideEffect: "none" });

  const campaign = { campaignNqlId: "#no_such_campaign", userSid: [employee.sid], expiresInMinutes: 60 };
  await assert.rejects(step("campaigns.trigger", campaign), { name: "NexthinkError", sideEffect: "none" });
  const identification = [{ name: "user/user/sid", value: employee.sid }];
  const enrichments = [{ identification, fields: [{ name: "user/user/#badge", value: "blue" }] }];
  await step("enrichment.write", { domain: "d", enrichments }).then(
    ({ status }) => assert.match(status, /success/),
    (error) => assert.equal(error.sideEffect, "none", error.message),
  );
  const parts = [{ type: "TEXT", text: "Hello" }];
  assert.equal(await step("spark.handoff", { userPrincipalName: employee.upn, parts }), null);
  assert.equal(tenant.handoffs.length, 1);
});

test("every operation has a request of plain text, without a token", () => {
  for (const [operation, input] of Object.entries(inputs)) {
    const request = api.build(operation, input, place);
    assert.match(request.url, /^https:\/\/acme(\.api|-login)\.eu\.nexthink\.cloud\//);
    assert.match(request.method, /^(GET|POST)$/);
    for (const [name, value] of Object.entries(request.headers)) {
      assert.equal(name, name.toLowerCase());
      assert.equal(typeof value, "string");
    }
    assert.equal("authorization" in request.headers, operation === "token.create");
    assert.equal(typeof (request.body ?? ""), "string");
    assert.deepEqual(JSON.parse(JSON.stringify(request)), request);
  }
});

test("the tenant's addresses can be others", () => {
  const urls = { apiUrl: "https://proxy.example/nexthink/", tokenUrl: "https://proxy.example/token" };
  const { url } = api.build("nql.execute", inputs["nql.execute"], { ...place, ...urls });
  assert.equal(url, "https://proxy.example/nexthink/api/v2/nql/execute");
  assert.equal(api.build("token.create", inputs["token.create"], { ...place, ...urls }).url, urls.tokenUrl);
});

test("an input that does not fit is named, and not quoted", () => {
  for (const [operation, input] of Object.entries(inputs)) {
    for (const wrong of [{ ...input, mistake: "secret value" }, "secret value", ["secret value"], 5]) {
      const error = thrown(() => api.build(operation, wrong, place));
      assert.equal(error.kind, "invalid");
      assert.ok(error.message.includes(operation), error.message);
      assert.ok(!JSON.stringify(error).includes("secret value"), error.message);
    }
  }
  const input = inputs["nql.execute"];
  for (const [tenant, name] of [
    [undefined, "it"],
    [{ region: "eu" }, "instance"],
    [{ ...place, instance: "acme.evil.example/" }, "instance"],
    [{ ...place, apiUrl: "http://proxy.example" }, "apiUrl"],
    [{ ...place, credentials: {} }, "credentials"],
  ]) {
    const error = thrown(() => api.build("nql.execute", input, tenant));
    assert.deepEqual([error.kind, error.message.includes(`\`${name}\``)], ["invalid", true], error.message);
  }
});

test("an unknown operation is answered with the known ones", () => {
  for (const name of ["nql.excute", "", "__proto__", undefined, 5, {}, Symbol("nql.execute")]) {
    for (const use of [() => api.build(name, {}, place), () => api.parse(name, { status: 200 })]) {
      const error = thrown(use);
      assert.equal(error.kind, "invalid");
      for (const operation of operations) assert.ok(error.hint.includes(operation), error.hint);
    }
  }
});

const rowsAnswer = { status: 200, body: '{"data":[{"device.name":"Zoë","free":0.30000000000000004}]}' };

test("headers come in any form and any case", () => {
  const pairs = [
    ["Retry-After", "7"],
    ["X-Request-ID", "r-1"],
  ];
  for (const headers of [
    Object.fromEntries(pairs),
    { "retry-after": 7, "x-request-id": ["r-1"], "set-cookie": ["a", "b"], absent: undefined },
    new Headers(pairs),
    new Map(pairs),
    pairs,
    runInNewContext(`new Map(${JSON.stringify(pairs)})`),
    runInNewContext(JSON.stringify(pairs)),
  ]) {
    const error = thrown(() => api.parse("nql.execute", { status: 429, headers }));
    assert.deepEqual([error.kind, error.retryAfterMs, error.requestId], ["rate-limited", 7_000, "r-1"]);
  }
  const headers = { "Retry-After": "Mon, 07 Nov 1994 00:00:00 GMT", Date: "Sun, 06 Nov 1994 23:59:00 GMT" };
  assert.equal(thrown(() => api.parse("nql.execute", { status: 429, headers })).retryAfterMs, 60_000);
  for (const none of [undefined, null, {}, []]) assert.ok(api.parse("nql.execute", { ...rowsAnswer, headers: none }));
  for (const wrong of ["x: y", 5, ["x"], [[5, "y"]]]) {
    const { kind, message } = thrown(() => api.parse("nql.execute", { ...rowsAnswer, headers: wrong }));
    assert.deepEqual([kind, message.includes("headers")], ["invalid", true]);
  }
});

test("a body is text, bytes of any realm, or what was parsed of it", () => {
  const bytes = new TextEncoder().encode(rowsAnswer.body);
  const expected = [{ "device.name": "Zoë", free: 0.30000000000000004 }];
  const padded = new Uint8Array([0, ...bytes, 0]);
  for (const body of [
    rowsAnswer.body,
    bytes,
    bytes.buffer,
    Buffer.from(bytes),
    padded.subarray(1, -1),
    new DataView(padded.buffer, 1, bytes.length),
    runInNewContext("Uint8Array.from(bytes)", { bytes: [...bytes] }),
    runInNewContext("Uint8Array.from(bytes).buffer", { bytes: [...bytes] }),
    JSON.parse(rowsAnswer.body),
    runInNewContext("JSON.parse(text)", { text: rowsAnswer.body }),
  ]) {
    const { rows, columns, truncated } = api.parse("nql.execute", { status: 200, body });
    assert.deepEqual([rows, columns, truncated], [expected, ["device.name", "free"], false]);
  }
});

test("a body that has not been read is refused: it would look like an empty one", () => {
  const answer = new Response("{}");
  for (const body of [answer.body, answer, new Blob([]), Promise.resolve("{}")]) {
    const { kind, message } = thrown(() => api.parse("spark.handoff", { status: 200, body }));
    assert.deepEqual([kind, message], ["invalid", "`body` has not been read yet"]);
  }
});

test("what is no answer at all is invalid", () => {
  for (const [answer, name] of [
    [undefined, "status"],
    [null, "status"],
    [{}, "status"],
    [{ status: "200" }, "status"],
    [{ status: 200.5 }, "status"],
    [{ status: 70_000 }, "it"],
  ]) {
    const { kind, message } = thrown(() => api.parse("nql.execute", answer));
    assert.deepEqual([kind, message.includes(`\`${name}\``)], ["invalid", true], message);
  }
});

test("each shape of an error is read, and what the tenant says stays out of the message", () => {
  for (const [status, body, kind, code, detail] of [
    [400, '{"message":"m jdoe","code":1001,"source":"s"}', "invalid", "1001", "m jdoe"],
    [403, '{"code":"forbidden","message":"m jdoe"}', "permission", "forbidden", "m jdoe"],
    [400, '{"code":"bad","details":"m jdoe"}', "invalid", "bad", "m jdoe"],
    [400, '{"error":"invalid_client","error_description":"m jdoe"}', "authentication", "invalid_client", "m jdoe"],
    [401, "", "authentication", undefined, undefined],
    [404, "<html>jdoe", "not-found", undefined, undefined],
    [429, "", "rate-limited", undefined, undefined],
    [408, "", "timeout", undefined, undefined],
    [503, "<html>jdoe", "server", undefined, undefined],
    [302, "", "malformed", undefined, undefined],
  ]) {
    for (const operation of operations) {
      const error = thrown(() => api.parse(operation, { status, body }));
      assert.deepEqual([error.kind, error.code, error.detail], [kind, code, detail], `${operation} ${status}`);
      assert.ok(!JSON.stringify(error).includes("jdoe"));
      const isLost = acts.has(operation) && [302, 408, 503].includes(status);
      assert.equal(error.sideEffect, isLost ? "unknown" : "none", `${operation} ${status}`);
      assert.ok(!(isLost && error.retryable));
    }
  }
});

test("what is no answer of the operation is malformed, and unknown where something may have happened", () => {
  const invalidUtf8 = Uint8Array.of(0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0x22, 0x7d);
  for (const body of ["<!doctype html><p>Sign in", '{"data":[{"a":', invalidUtf8, "\u0000", "5 5"]) {
    for (const operation of operations) {
      const error = thrown(() => api.parse(operation, { status: 200, body }));
      assert.equal(error.kind, "malformed", `${operation} ${body}`);
      assert.equal(error.sideEffect, acts.has(operation) ? "unknown" : "none", operation);
    }
  }
  for (const body of [undefined, null, "", new Uint8Array()]) {
    for (const operation of operations) {
      if (operation === "spark.handoff") assert.equal(api.parse(operation, { status: 204, body }), null);
      else assert.equal(thrown(() => api.parse(operation, { status: 200, body })).kind, "malformed", operation);
    }
  }
});

test("a column called __proto__ is a column, and so is what a cell holds", () => {
  const body = '{"data":[{"__proto__":{"polluted":true},"a":{"__proto__":1,"b":2}}]}';
  const { rows, columns } = api.parse("nql.execute", { status: 200, body });
  assert.deepEqual(
    [columns, Object.keys(rows[0]), Object.keys(rows[0].a)],
    [
      ["__proto__", "a"],
      ["__proto__", "a"],
      ["__proto__", "b"],
    ],
  );
  assert.equal(Object.getPrototypeOf(rows[0]), Object.prototype);
  assert.equal({}.polluted, undefined);
});

test("a column that comes twice loses no value", () => {
  for (const body of ['{"headers":["a","b","a"],"data":[[1,2,3]]}', '{"data":[{"a":1,"b":2,"a":3}]}']) {
    const { rows, columns } = api.parse("nql.execute", { status: 200, body });
    assert.deepEqual([columns, rows], [["a", "b", "a (2)"], [{ a: 1, b: 2, "a (2)": 3 }]]);
  }
});

function thrown(action) {
  try {
    action();
  } catch (error) {
    assert.ok(NexthinkError.is(error), String(error));
    return error;
  }
  throw new assert.AssertionError({ message: "nothing was thrown" });
}
