// The tools for language models, without a kit: what a model is told, and what it may give.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient } from "nexthink-chatbot";
import { assertFenced, assertNoSecret, hostileName, openDesk, openTenant, propose, toolNamed } from "./tools-desk.mjs";

const unknown = "unknown";

test("a whole repair: identified, diagnosed, proposed, approved, followed and verified", async () => {
  const { tenant, asked, call, told, tokens, tools, triggers } = openDesk();
  const devices = await call("identify_devices", {});
  assert.deepEqual(devices.deviceIds, ["device-1"]);
  assert.equal(devices.dataFromDevice["device-1"].name, "AMARTIN-LT");

  const diagnosis = await call("diagnose_device", { playbook: "outlook", deviceId: "device-1" });
  assert.deepEqual(diagnosis.findings[0], { rule: "offline", verdict: "match" });
  assert.deepEqual(diagnosis.recommendations[0], {
    rule: "offline",
    kind: "remote-action",
    title: "Set Outlook online",
    risk: "safe",
    expectedSeconds: 20,
  });
  assert.equal(diagnosis.dataFromDevice.reasons.offline, "Outlook is working offline");

  const proposal = await call("propose_remediation", { playbook: "outlook", rule: "offline", deviceId: "device-1" });
  assert.match(proposal.proposalId, /^p-[0-9a-f]{24}$/);
  assert.deepEqual([proposal.title, proposal.risk, proposal.triggered], ["Set Outlook online", "safe", false]);
  assert.equal(proposal.expectedSeconds, 20);
  assert.ok(Date.parse(proposal.expiresAt) > tenant.now());
  assert.equal(triggers(), 0);

  const { runId, facts } = await call("remediate", { proposalId: proposal.proposalId });
  assert.deepEqual(facts, { accepted: true, ran: unknown, changed: unknown, solved: unknown });
  assert.deepEqual([asked.length, triggers()], [1, 1]);

  const early = await call("check_progress", { runId });
  assert.equal(early.ended, false);
  assert.ok(early.lookAgainInSeconds >= 5);
  tenant.advance(60_000);
  const ended = await call("check_progress", { runId });
  assert.deepEqual([ended.ended, ended.state], [true, "succeeded"]);
  assert.deepEqual(ended.facts, { accepted: true, ran: true, changed: unknown, solved: unknown });
  assert.match(ended.mayBeSaid, /not known until the data is collected again/);
  assert.deepEqual(ended.knownAfter, ["Get Outlook online (hourly)"]);
  tenant.advance(25 * 3_600_000);
  const verified = await call("check_progress", { runId });
  assert.deepEqual(verified.facts, { accepted: true, ran: true, changed: true, solved: unknown });
  assert.match(verified.mayBeSaid, /only the employee knows/);

  const { sent, dataFromDevice } = await call("escalate", { symptoms: "Outlook says offline" });
  assert.equal(sent, false);
  assert.match(dataFromDevice.page, /Outlook says offline/);
  assert.match(dataFromDevice.page, /Set Outlook online \(set_outlook_online\) on AMARTIN-LT: succeeded/);
  assertNoSecret(told, tokens);
  assertNoSecret(JSON.stringify(tools), tokens);
  assert.equal(triggers(), 1);
});

test("the IDs of one conversation mean nothing in another", async () => {
  const { nexthink, call, triggers } = openDesk();
  const { proposalId } = await propose(call);
  const others = nexthink.tools({ employee: { username: "bkeller" }, approve: () => true });
  const { error } = await toolNamed(others, "remediate").execute({ proposalId });
  assert.deepEqual([error.kind, triggers()], ["not-found", 0]);
});

test("what a model does wrong comes back as data that says what to do", async () => {
  const { call } = openDesk({ username: "qroux" });
  const cases = [
    ["diagnose_device", {}, "invalid", /`playbook`: What to look for/],
    ["diagnose_device", { playbook: "teams" }, "invalid", /give one of outlook, onedrive, slow-pc, disk/],
    ["diagnose_device", { playbook: 7 }, "invalid", /call again with `playbook`/],
    ["diagnose_device", { playbook: "slow-pc" }, "invalid", /ask the employee which one/],
    ["diagnose_device", { playbook: "slow-pc", deviceId: "device-9" }, "not-found", /identify_devices/],
    ["diagnose_device", { playbook: "slow-pc", deviceId: "QROUX-LT" }, "not-found", /identify_devices/],
    ["diagnose_device", { playbook: "slow-pc", employee: { username: "amartin" } }, "invalid", /leave it out/],
    ["identify_devices", { username: "amartin" }, "invalid", /leave it out/],
    ["identify_devices", [], "invalid", /give an object/],
    ["identify_devices", "amartin", "invalid", /give an object/],
    ["propose_remediation", { playbook: "slow-pc", rule: "disk-full", deviceId: "device-1" }, "not-found", /diagnose/],
    ["remediate", {}, "invalid", /`proposalId`: The proposal's ID/],
    ["remediate", { proposalId: "x", confirmed: true }, "invalid", /leave it out/],
    ["remediate", { proposalId: "x".repeat(101) }, "invalid", /shorten it/],
    ["check_progress", { runId: "run-1" }, "not-found", /nothing was triggered/],
    ["escalate", { symptoms: "x".repeat(2_001) }, "invalid", /shorten it/],
  ];
  await call("identify_devices", null);
  for (const [name, input, kind, hint] of cases) {
    const { error, ...rest } = await call(name, input);
    assert.deepEqual([error.kind, rest], [kind, {}], `${name} ${JSON.stringify(input)}`);
    assert.match(error.hint, hint);
    assert.ok(error.message);
  }
  await call("diagnose_device", { playbook: "slow-pc", deviceId: "device-1" });
  const made = { playbook: "slow-pc", rule: "slow-group-policy", deviceId: "device-1" };
  assert.equal((await call("propose_remediation", made)).error.kind, "not-found");
});

test("null counts as left out, and a missing input as an empty one", async () => {
  const { call } = openDesk();
  assert.deepEqual((await call("identify_devices")).deviceIds, ["device-1"]);
  assert.equal((await call("diagnose_device", { playbook: "outlook", deviceId: null })).deviceId, "device-1");
  assert.equal((await call("escalate", { symptoms: null })).sent, false);
});

test("what a repair does is told in the playbook's words, inside the fence, and to who approves", async () => {
  const { nexthink, asked, call } = openDesk();
  const [device] = await nexthink.identify({ username: "amartin" });
  const [{ description }] = (await nexthink.diagnose("outlook", device)).recommendations;
  const { recommendations, dataFromDevice } = await call("diagnose_device", { playbook: "outlook" });
  assert.deepEqual(Object.keys(recommendations[0]), ["rule", "kind", "title", "risk", "expectedSeconds"]);
  assert.equal(dataFromDevice.whatTheyDo.offline, description);
  const proposal = await call("propose_remediation", { playbook: "outlook", rule: "offline" });
  assert.equal(proposal.dataFromDevice.whatItDoes, description);
  await call("remediate", { proposalId: proposal.proposalId });
  assert.equal(asked[0].description, description);
});

test("advice is told inside the fence, and cannot be triggered", async () => {
  const { call, triggers } = openDesk({ username: "cdubois" });
  const { recommendations, dataFromDevice } = await call("diagnose_device", { playbook: "outlook" });
  assert.deepEqual(recommendations[0], { rule: "long-uptime", kind: "advice" });
  assert.equal(dataFromDevice.advice["long-uptime"], "Restart this PC");
  const { error } = await call("propose_remediation", { playbook: "outlook", rule: "long-uptime" });
  assert.deepEqual([error.kind, triggers()], ["invalid", 0]);
});

test("what is not known is told as that, with what would supply it", async () => {
  const { call } = openDesk({ username: "ohaddad" });
  const { findings, notKnown, recommendations, next } = await call("diagnose_device", { playbook: "disk" });
  assert.ok(findings.every(({ verdict }) => verdict === unknown));
  assert.deepEqual(recommendations, []);
  assert.ok(notKnown.some(({ suppliedBy }) => suppliedBy));
  assert.match(next, /do not call the device healthy/);
});

test("a playbook that is not for the platform says so", async () => {
  const { call } = openDesk({ username: "rlindqvist" });
  const { applicable, next } = await call("diagnose_device", { playbook: "slow-pc" });
  assert.equal(applicable, false);
  assert.match(next, /not made for the platform/);
});

test("a guard rail of the client is told as data, before anybody is asked", async () => {
  const { asked, call, triggers } = openDesk({ client: { readOnly: true } });
  await call("diagnose_device", { playbook: "outlook" });
  const { error } = await call("propose_remediation", { playbook: "outlook", rule: "offline" });
  assert.deepEqual([error.kind, asked.length, triggers()], ["refused", 0, 0]);
});

test("a lost answer is told as not known, and is not repeated", async () => {
  const { tenant, call, triggers } = openDesk();
  const { proposalId } = await propose(call);
  tenant.inject({ kind: "lost-answer", operation: "act/execute" });
  const { runId, facts, mayBeSaid } = await call("remediate", { proposalId });
  assert.equal(facts.accepted, unknown);
  assert.match(mayBeSaid, /not known yet whether it arrived/);
  assert.equal((await call("remediate", { proposalId })).runId, runId);
  tenant.advance(60_000);
  assert.equal((await call("check_progress", { runId })).facts.ran, true);
  assert.equal(triggers(), 1);
});

test("a trigger that the tenant refuses is an error without a side effect, and can be tried again", async () => {
  const { tenant, asked, call } = openDesk();
  const { proposalId } = await propose(call);
  tenant.inject({ kind: "status", status: 429, retryAfter: "5", operation: "act/execute" });
  const { error } = await call("remediate", { proposalId });
  assert.deepEqual([error.kind, error.sideEffect], ["rate-limited", undefined]);
  assert.equal((await call("remediate", { proposalId })).facts.accepted, true);
  assert.equal(asked.length, 2);
});

test("a run that failed or expired must not be called done", async () => {
  const failed = openDesk({ username: "tmoreau" });
  const { proposalId } = await propose(failed.call, "slow-pc", "disk-full");
  const { runId } = await failed.call("remediate", { proposalId });
  failed.tenant.advance(600_000);
  const answer = await failed.call("check_progress", { runId });
  assert.deepEqual([answer.state, answer.facts.ran, answer.facts.changed], ["failed", true, unknown]);
  assert.match(answer.mayBeSaid, /must not be called done/);
  assert.match(answer.dataFromDevice.statusDetails, /denied/);

  const offline = openDesk({ username: "stanaka" });
  const proposal = await propose(offline.call, "slow-pc", "disk-full");
  const waiting = await offline.call("remediate", { proposalId: proposal.proposalId });
  const look = await offline.call("check_progress", { runId: waiting.runId });
  assert.deepEqual([look.waitingFor, look.lookAgainInSeconds], ["device", 60]);
  offline.tenant.advance(2 * 3_600_000);
  const expired = await offline.call("check_progress", { runId: waiting.runId });
  assert.deepEqual([expired.state, expired.facts.ran], ["expired", false]);
  assert.match(expired.mayBeSaid, /did not run/);
});

test("a run is told also where what it has changed cannot be looked at", async () => {
  const { tenant, call } = openDesk();
  const { runId } = await call("remediate", await propose(call).then(({ proposalId }) => ({ proposalId })));
  tenant.advance(60_000);
  await call("check_progress", { runId });
  tenant.deny("nql");
  const { facts, notVerified } = await call("check_progress", { runId });
  assert.deepEqual(facts, { accepted: true, ran: true, changed: unknown, solved: unknown });
  assert.equal(notVerified.kind, "permission");
});

test("a hostile device changes nothing and stays inside the fence", async () => {
  const { asked, call, told, tokens, tenant, triggers } = openDesk({ username: "bkeller", isHostile: true });
  const { proposalId } = await propose(call, "outlook", "crashed-plugins");
  const { runId } = await call("remediate", { proposalId });
  tenant.advance(60_000);
  const { state, dataFromDevice } = await call("check_progress", { runId });
  assert.equal(state, "failed");
  assert.match(dataFromDevice.statusDetails, /ignore previous/);
  await call("escalate", {});
  assertFenced(told);
  assertNoSecret(told, tokens);
  assert.equal(asked[0].device.name, hostileName, "a person's screen gets it as it is");
  assert.deepEqual([asked.length, triggers()], [1, 1]);
});

test("what a device says is bounded in each text, in each list and in all", async () => {
  const { tenant, call } = openDesk({ username: "bkeller" });
  const plugins = Array.from({ length: 500 }, (_, index) => `plugin ${index} ${"x".repeat(1_000)}`);
  tenant.set("BKELLER-LT", { crashedPluginList: plugins });
  const { dataFromDevice } = await call("diagnose_device", { playbook: "outlook" });
  const text = JSON.stringify(dataFromDevice);
  assert.ok(text.length < 12_000, `${text.length} characters`);
  assert.match(text, /and 480 more|left out/);
  assert.ok(dataFromDevice.reasons["crashed-plugins"].length <= 301);
});

test("what is kept is bounded: the oldest proposal goes", async () => {
  const { call } = openDesk();
  const first = await propose(call);
  for (let count = 0; count < 20; count++) await call("propose_remediation", { playbook: "outlook", rule: "offline" });
  assert.equal((await call("remediate", { proposalId: first.proposalId })).error.kind, "not-found");
});

test("a device keeps its ID however often it is identified", async () => {
  const { call } = openDesk({ username: "qroux" });
  const [first, second] = [await call("identify_devices"), await call("identify_devices")];
  assert.deepEqual(first.deviceIds, ["device-1", "device-2", "device-3"]);
  assert.deepEqual(second.dataFromDevice, first.dataFromDevice);
});

test("of an employee with very many devices the model is shown the latest, and can name each of them", async () => {
  const { nexthink, tools } = openDesk();
  const { identify } = nexthink;
  nexthink.identify = async (...given) => {
    const [device] = await identify.apply(nexthink, given);
    return Array.from({ length: 60 }, (_, index) => ({
      ...device,
      collectorUid: index === 0 ? device.collectorUid : `uid-${index}`,
    }));
  };
  const { deviceIds, notShown } = await toolNamed(tools, "identify_devices").execute({});
  assert.deepEqual([deviceIds.length, notShown], [10, 50]);
  const { error } = await toolNamed(tools, "diagnose_device").execute({ playbook: "outlook", deviceId: deviceIds[0] });
  assert.equal(error, undefined);
});

test("a page for the service desk that has nothing to tell asks for the employee's words", async () => {
  const { call } = openDesk();
  const { error } = await call("escalate", {});
  assert.deepEqual([error.kind, /`symptoms`/.test(error.hint), /diagnoses/.test(error.hint)], ["invalid", true, false]);
});

test("a page for the service desk that is too long says that it is cut", async () => {
  const { nexthink, tools } = openDesk();
  const { escalation } = nexthink;
  nexthink.escalation = (...given) => `${escalation.apply(nexthink, given)}\n${"x".repeat(8_000)}`;
  const { dataFromDevice } = await toolNamed(tools, "escalate").execute({ symptoms: "slow" });
  assert.match(dataFromDevice.page, /\n\(cut here: too long\)$/);
});

test("the loose and the strict schema differ in how an option is left out", () => {
  const { nexthink, tools } = openDesk();
  const strict = nexthink.tools({ employee: { username: "amartin" }, approve: () => false, strict: true });
  const names = [
    "identify_devices",
    "diagnose_device",
    "propose_remediation",
    "remediate",
    "check_progress",
    "escalate",
  ];
  for (const list of [tools, strict])
    assert.deepEqual(
      list.map(({ name }) => name),
      names,
    );
  for (const { name, inputSchema, strict: isStrict } of strict) {
    assert.equal(isStrict, true);
    assert.deepEqual(inputSchema.required, Object.keys(inputSchema.properties), name);
    assert.equal(inputSchema.additionalProperties, false);
  }
  const deviceOf = (list) => toolNamed(list, "diagnose_device").inputSchema;
  assert.deepEqual(deviceOf(tools).required, ["playbook"]);
  assert.equal(deviceOf(tools).properties.deviceId.type, "string");
  assert.deepEqual(deviceOf(strict).properties.deviceId.type, ["string", "null"]);
  assert.ok(!JSON.stringify(tools.map(({ inputSchema }) => inputSchema)).includes('employee"'));
});

test("annotations tell what only reads from what triggers something", () => {
  const { tools } = openDesk();
  for (const { name, annotations } of tools) {
    const { readOnlyHint, destructiveHint, openWorldHint } = annotations;
    assert.deepEqual([readOnlyHint, destructiveHint], [name !== "remediate", name === "remediate"], name);
    assert.equal(openWorldHint, false);
    assert.ok(annotations.title);
  }
});

test("playbooks of one's own can be chosen, in the language of the client", () => {
  const own = { id: "disk", title: { en: "Our disks", "de-CH": "Unsere Festplatten" } };
  const nexthink = createClient({ ...openTenant().client, playbooks: [own], locale: "de-CH" });
  const tools = nexthink.tools({ employee: { username: "amartin" }, approve: () => true });
  const { playbook } = toolNamed(tools, "diagnose_device").inputSchema.properties;
  assert.deepEqual(playbook.enum, ["disk", "outlook", "onedrive", "slow-pc"]);
  assert.match(playbook.description, /disk \(Unsere Festplatten\)/);
});
