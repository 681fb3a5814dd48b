// The six steps through the door: a whole repair with consent, and what is refused of what comes back.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { createClient, createHandler } from "nexthink-chatbot";
import { apiKey, openDoor, remediated, sealedWith, unsealed } from "./door.mjs";

const triggers = (tenant) => tenant.requests.filter(({ path }) => path.endsWith("/act/execute")).length;

test("a repair from the devices to the employee's word, and what the service desk gets of it", async () => {
  const door = await openDoor();
  const { diagnosis, proposal, run: begun } = await remediated(door);
  assert.equal(proposal.title, "Set Outlook online");
  assert.equal(begun.id, proposal.id);
  assert.equal(begun.reference, `INC-1#${proposal.id}`);
  const at = `/runs/${begun.id}`;
  let run = begun;
  for (let look = 0; !run.endedAt; look += 1) {
    assert.ok(look < 20, "it ends");
    door.tenant.advance(60_000);
    run = await door.give(at, { body: { run: run.sealed } });
  }
  assert.equal(run.state, "succeeded");
  door.tenant.advance(25 * 3_600_000);
  run = await door.give(`${at}/verify`, { body: { run: run.sealed } });
  assert.equal(run.changed, true);
  run = await door.give(`${at}/solved`, { body: { run: run.sealed, solved: true } });
  assert.equal(run.solved, true);

  const known = { runs: [run.sealed], diagnoses: [diagnosis.sealed], symptoms: "Outlook is empty" };
  const { escalation } = await door.give("/escalation", { body: known });
  assert.deepEqual(escalation.references, [run.reference]);
  assert.equal(escalation.symptoms, "Outlook is empty");
  for (const format of ["markdown", "text"]) {
    const { page } = await door.give("/escalation", { body: { ...known, format } });
    assert.match(page, /INC-1#p-/);
  }
  assert.equal(triggers(door.tenant), 1);
  assert.deepEqual(door.errors, []);
});

test("the same proposal sent twice triggers once and gives the same run", async () => {
  const door = await openDoor();
  const { proposal, run } = await remediated(door);
  const again = await door.give("/remediate", { body: { proposal: proposal.sealed } });
  assert.equal(again.id, run.id);
  assert.equal(triggers(door.tenant), 1);
});

test("what interrupts the employee's work wants a second yes", async () => {
  const door = await openDoor({ employee: () => ({ username: "erossi" }) });
  const { devices } = await door.give("/identify", { body: {} });
  const diagnosis = await door.give("/diagnose", { body: { playbook: "outlook", device: devices[0].sealed } });
  const disruptive = diagnosis.recommendations.find(
    ({ risk, kind }) => kind === "remote-action" && risk === "disruptive",
  );
  const proposal = await door.give("/propose", { body: { diagnosis: diagnosis.sealed, rule: disruptive.rule } });
  for (const body of [{ proposal: proposal.sealed }, { proposal: proposal.sealed, confirmed: false }]) {
    const { status, json } = await door.ask("/remediate", { body });
    assert.deepEqual([status, json.kind, json.sideEffect], [403, "consent", "none"]);
  }
  assert.equal(triggers(door.tenant), 0);
  await door.give("/remediate", { body: { proposal: proposal.sealed, confirmed: true } });
  assert.equal(triggers(door.tenant), 1);
});

test("nothing that is handed out holds a token or a proof in clear, beside its seal", async () => {
  const door = await openDoor();
  const { device, diagnosis, proposal, run } = await remediated(door);
  for (const { sealed, ...shown } of [device, diagnosis, proposal, run]) {
    assert.match(sealed, /^[\w-]+$/);
    assert.doesNotMatch(JSON.stringify(shown), /"(proof|token|audit)":/);
  }
});

/** Every value that is the given one with one thing changed, each with where. */
function* alterations(value, path = "$") {
  if (Array.isArray(value) || (typeof value === "object" && value !== null)) {
    const isList = Array.isArray(value);
    for (const [name, inner] of Object.entries(value)) {
      const without = isList ? value.filter((_, at) => String(at) !== name) : { ...value };
      if (!isList) delete without[name];
      yield [`${path}.${name} left out`, without];
      for (const [where, changed] of alterations(inner, `${path}.${name}`)) {
        yield [
          where,
          isList ? value.map((old, at) => (String(at) === name ? changed : old)) : { ...value, [name]: changed },
        ];
      }
    }
    yield [`${path} with more`, isList ? [...value, "more"] : { ...value, more: 1 }];
  } else if (typeof value === "string")
    yield [`${path} changed`, `${value.slice(0, -1)}${value.endsWith("A") ? "B" : "A"}`];
  else if (typeof value === "number") yield [`${path} changed`, value + 1];
  else yield [`${path} changed`, value !== true];
}

test("whatever was changed of what is sent back, at any place, is refused", async () => {
  const door = await openDoor();
  const { device, diagnosis, proposal, run } = await remediated(door);
  const at = `/runs/${run.id}`;
  const sentBack = [
    [device.sealed, "/diagnose", (sealed) => ({ playbook: "outlook", device: sealed })],
    [diagnosis.sealed, "/propose", (sealed) => ({ diagnosis: sealed, rule: "offline" })],
    [proposal.sealed, "/remediate", (sealed) => ({ proposal: sealed })],
    [run.sealed, at, (sealed) => ({ run: sealed })],
    [run.sealed, `${at}/verify`, (sealed) => ({ run: sealed })],
    [run.sealed, `${at}/solved`, (sealed) => ({ run: sealed, solved: true })],
    [run.sealed, "/escalation", (sealed) => ({ runs: [sealed] })],
    [diagnosis.sealed, "/escalation", (sealed) => ({ diagnoses: [sealed] })],
  ];
  const before = door.tenant.requests.length;
  let tried = 0;
  for (const [sealed, path, bodyOf] of sentBack) {
    for (const [where, altered] of alterations(unsealed(sealed))) {
      const { status, json } = await door.ask(path, { body: bodyOf(sealedWith(altered)) });
      assert.deepEqual([status, json.kind], [403, "consent"], `${path}: ${where}`);
      tried += 1;
    }
    for (const rubbish of ["e30", "bnVsbA", "WzFd", "IA", "A", "____", sealed.slice(0, -2), sealed.slice(4)]) {
      const { status } = await door.ask(path, { body: bodyOf(rubbish) });
      assert.equal(status, 403, `${path}: ${rubbish.slice(0, 20)}`);
    }
  }
  assert.ok(tried > 500, String(tried));
  assert.equal(door.tenant.requests.length, before, "nobody has asked the tenant");
});

test("what was given out as one thing is not taken as another", async () => {
  const door = await openDoor();
  const { device, diagnosis, proposal, run } = await remediated(door);
  const { state } = await door.give("/assistant/start", { body: { text: "Outlook is empty" } });
  const taken = { device, diagnosis, proposal, run, state: { sealed: state } };
  for (const [path, field, rest] of [
    ["/diagnose", "device", { playbook: "outlook" }],
    ["/propose", "diagnosis", { rule: "offline" }],
    ["/remediate", "proposal", {}],
    [`/runs/${run.id}`, "run", {}],
    ["/assistant/resume", "state", {}],
  ]) {
    for (const [kind, { sealed }] of Object.entries(taken)) {
      const { status } = await door.ask(path, { body: { ...rest, [field]: sealed } });
      assert.equal(status, kind === field ? 200 : 403, `${path} with a ${kind}`);
    }
  }
  const { status } = await door.ask("/runs/p-another", { body: { run: run.sealed } });
  assert.equal(status, 403, "a run at the address of another");
});

test("nobody can use what was given to another employee", async () => {
  const door = await openDoor();
  const { device, diagnosis, proposal, run } = await remediated(door);
  const headers = { "x-employee": "bkeller" };
  for (const [path, body] of [
    ["/diagnose", { playbook: "outlook", device: device.sealed }],
    ["/propose", { diagnosis: diagnosis.sealed, rule: "offline" }],
    ["/remediate", { proposal: proposal.sealed }],
    [`/runs/${run.id}`, { run: run.sealed }],
    [`/runs/${run.id}/verify`, { run: run.sealed }],
    [`/runs/${run.id}/solved`, { run: run.sealed, solved: false }],
    ["/escalation", { runs: [run.sealed] }],
    ["/escalation", { diagnoses: [diagnosis.sealed] }],
  ]) {
    const { status, json, text } = await door.ask(path, { body, headers });
    assert.deepEqual([status, json.kind], [403, "consent"], path);
    assert.doesNotMatch(text, /amartin|AMARTIN/i, path);
    assert.notEqual((await door.ask(path, { body })).status, 403, path);
  }
});

test("what was given out is of no use in another tenant, under another key, or after a week", async () => {
  const [first, other] = [
    await openDoor({}, { consentKey: "a".repeat(32) }),
    await openDoor({}, { consentKey: "b".repeat(32) }),
  ];
  const { devices } = await first.give("/identify", { body: {} });
  const body = { playbook: "outlook", device: devices[0].sealed };
  await first.give("/diagnose", { body });
  assert.equal((await other.ask("/diagnose", { body })).status, 403);
  first.tenant.advance(8 * 24 * 3_600_000);
  const { status, json } = await first.ask("/diagnose", { body });
  assert.equal(status, 403);
  assert.match(json.detail, /7 days/);
});

test("what the tenant or a guard rail says is a problem with what to do next", async () => {
  const readOnly = await openDoor({}, { readOnly: true });
  const { devices } = await readOnly.give("/identify", { body: {} });
  const diagnosis = await readOnly.give("/diagnose", { body: { playbook: "outlook", device: devices[0].sealed } });
  const refused = await readOnly.ask("/propose", { body: { diagnosis: diagnosis.sealed, rule: "offline" } });
  assert.deepEqual([refused.status, refused.json.kind], [409, "refused"]);
  assert.equal(refused.json.type, "urn:nexthink-chatbot:problem:refused");

  const unknown = await readOnly.ask("/diagnose", { body: { playbook: "teleport", device: devices[0].sealed } });
  assert.deepEqual([unknown.status, unknown.json.kind], [404, "not-found"]);
  const rule = await readOnly.ask("/propose", { body: { diagnosis: diagnosis.sealed, rule: "teleport" } });
  assert.deepEqual([rule.status, rule.json.kind], [404, "not-found"]);

  const door = await openDoor({}, { maxRetries: 0 });
  await door.give("/identify", { body: {} });
  door.tenant.inject({ kind: "status", status: 429, retryAfterMs: 7_000 });
  const limited = await door.ask("/identify", { body: {} });
  assert.deepEqual([limited.status, limited.json.kind, limited.json.retryable], [429, "rate-limited", true]);
  assert.equal(Number(limited.headers.get("retry-after")), Math.ceil(limited.json.retryAfterMs / 1000));
  assert.equal(limited.json.retryAfterMs, 7_000);
});

test("the employee comes from the host, and from the body only where the host trusts its callers", async () => {
  const body = { employee: { username: "bkeller" } };
  const distrusting = await openDoor();
  const { status, json } = await distrusting.ask("/identify", { body });
  assert.deepEqual([status, json.kind], [400, "invalid"]);
  const namesOf = ({ devices }) => devices.map(({ name }) => name.slice(0, 4));

  const trusting = await openDoor({ trustCaller: true });
  assert.deepEqual(namesOf(await trusting.give("/identify", { body })), ["BKEL"]);
  assert.deepEqual(namesOf(await trusting.give("/identify", { body: {} })), ["AMAR"]);
  const alone = await openDoor({ trustCaller: true, employee: undefined });
  assert.deepEqual(namesOf(await alone.give("/identify", { body })), ["BKEL"]);
  for (const employee of [undefined, {}]) {
    const nobody = await alone.ask("/identify", { body: { employee } });
    assert.deepEqual([nobody.status, nobody.json.kind], [403, "forbidden"]);
  }
  const { devices } = await trusting.give("/identify", { body });
  const sealed = { playbook: "outlook", device: devices[0].sealed };
  assert.equal((await trusting.ask("/diagnose", { body: sealed })).status, 403, "bkeller's device for amartin");
  await trusting.give("/diagnose", { body: { ...sealed, ...body } });
});

test("an employee whom the host does not know, or cannot authenticate, gets nowhere", async () => {
  const secret = "the session of vera is abc123";
  const throws = () => {
    throw new Error(secret);
  };
  for (const [employee, expected] of [
    [() => null, [403, "forbidden"]],
    [async () => undefined, [403, "forbidden"]],
    [() => ({ id: 7, username: "" }), [403, "forbidden"]],
    [throws, [401, "unauthorized"]],
    [async () => throws(), [401, "unauthorized"]],
  ]) {
    const door = await openDoor({ employee });
    const { status, json, text } = await door.ask("/identify", { body: {} });
    assert.deepEqual([status, json.kind], expected);
    assert.ok(!text.includes("abc123"));
    assert.equal(door.errors.length, expected[0] === 401 ? 1 : 0);
    assert.equal(door.tenant.requests.length, 0);
  }
});

test("a client of the other module format will do", async () => {
  const { createClient } = createRequire(import.meta.url)("nexthink-chatbot");
  const { tenant } = await openDoor();
  const nexthink = createClient(tenant.client);
  const handler = createHandler(nexthink, { apiKey, employee: () => ({ username: "amartin" }) });
  const headers = { "x-api-key": apiKey, "content-type": "application/json" };
  const request = new Request("https://door.example/identify", { method: "POST", headers, body: "{}" });
  const { devices } = await (await handler(request)).json();
  assert.equal(devices[0].name, "AMARTIN-LT");
});

test("a handler wants a key, a client that can seal, and someone who knows the employee", async () => {
  const { nexthink, tenant } = await openDoor();
  const employee = () => null;
  const { instance, region } = tenant;
  const keyless = createClient({ instance, region, tokenProvider: async () => ({ accessToken: "token" }) });
  for (const [client, options, expected] of [
    [nexthink, {}, /apiKey|employee/],
    [nexthink, { employee }, /apiKey/],
    [nexthink, { apiKey: "short", employee }, /apiKey/],
    [nexthink, { apiKey: ["x".repeat(32), ""], employee }, /apiKey/],
    [nexthink, { apiKey: [], employee }, /apiKey/],
    [nexthink, { apiKey: "x".repeat(32) }, /employee/],
    [nexthink, { apiKey: "x".repeat(32), employee: "amartin" }, /`employee` is not a function/],
    [nexthink, { apiKey: "x".repeat(32), trustCaller: "yes" }, /trustCaller/],
    [nexthink, { apiKey: "x".repeat(32), employee, basePath: "nexthink/" }, /basePath/],
    [nexthink, { apiKey: "x".repeat(32), employee, publicUrl: "door" }, /publicUrl/],
    [nexthink, { apiKey: "x".repeat(32), employee, maxBodyBytes: 10 }, /maxBodyBytes/],
    [nexthink, { apiKey: "x".repeat(32), employee, cors: { origins: ["*"] } }, /cors/],
    [nexthink, { apiKey: "x".repeat(32), employee, cors: null }, /cors/],
    [nexthink, { apiKey: "x".repeat(32), employee, cors: { origins: [], headers: "x-employee" } }, /cors\.headers/],
    [nexthink, { apiKey: "x".repeat(32), employee, cors: { origins: [], maxAgeSeconds: "1\n2" } }, /cors\.maxAge/],
    [nexthink, { apiKey: "x".repeat(32), employee, cors: { origins: [], credentials: true } }, /`credentials`/],
    [nexthink, { apiKey: 12_345_678_901, employee }, /apiKey/],
    [nexthink, { apiKey: "с кириллицей никто не войдёт", employee }, /apiKey/],
    [nexthink, { apiKey: "with spaces it is no bearer", employee }, /apiKey/],
    [nexthink, { apiKey: "x".repeat(32), employee, trustCallers: true }, /`trustCallers` is no option/],
    [keyless, { apiKey: "x".repeat(32), employee }, /consentKey/],
    [{}, { apiKey: "x".repeat(32), employee }, /client/],
    [undefined, { apiKey: "x".repeat(32), employee }, /client/],
  ]) {
    assert.throws(() => createHandler(client, options), { name: "NexthinkError", kind: "invalid", message: expected });
  }
});
