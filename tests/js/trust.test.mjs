// What may be trusted: devices and diagnoses that come back, the audit, and what the service desk is handed, with the
// packed package.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient, verifyAudit } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";

const employee = { username: "amartin" };
const consentKey = "k".repeat(32);

function arrive(options) {
  const tenant = createSimulator({ devices: 0, speed: Number.POSITIVE_INFINITY, now: "2026-11-18T09:00:00Z" });
  const records = [];
  const onAudit = (record) => records.push(record);
  return { tenant, records, nexthink: createClient({ ...tenant.client, onAudit, ...options }) };
}

/** A store whose every answer takes a while, as one over a network. */
function remoteStore() {
  const texts = new Map();
  const later = (value) => new Promise((resolve) => setTimeout(resolve, 1, value));
  const put = (key, value, may) => later(may && Boolean(texts.set(key, value)));
  return {
    atomic: true,
    get: (key) => later(texts.get(key)),
    putIfAbsent: (key, value) => put(key, value, !texts.has(key)),
    replace: (key, expected, value) => put(key, value, texts.get(key) === expected),
  };
}

async function repair({ nexthink, tenant }) {
  const [device] = await nexthink.identify(employee);
  const diagnosis = await nexthink.diagnose("outlook", device);
  let run = await nexthink.remediate(nexthink.propose(diagnosis, "offline", { employee, reference: "INC-1" }).token);
  for await (run of nexthink.follow(run));
  tenant.advance(25 * 3_600_000);
  run = await nexthink.verify(run);
  return { device, diagnosis, run: nexthink.solved(run, true) };
}

const throughJson = (value) => JSON.parse(JSON.stringify(value));

test("devices and diagnoses come back from any store, and are refused when they were altered", async () => {
  const { nexthink } = arrive();
  for (const [username, playbook, rule] of [
    ["amartin", "outlook", "offline"],
    ["jcarter", "slow-pc", "disk-full"],
    ["khuber", "slow-pc", "startup-load"],
  ]) {
    const [device] = await nexthink.identify({ username });
    const diagnosis = throughJson(await nexthink.diagnose(playbook, throughJson(device)));
    const propose = (changed) => nexthink.propose(changed, rule, { employee: { username } });
    assert.ok(propose(diagnosis).token);
    const { proof, ...rest } = diagnosis;
    assert.ok(propose({ proof, ...Object.fromEntries(Object.entries(rest).reverse()) }).token);
    const [recommendation] = diagnosis.recommendations;
    for (const change of [
      { proof: undefined },
      { proof: device.proof },
      { device: { ...device, name: "OTHER" } },
      { facts: {} },
      { recommendations: [{ ...recommendation, params: { a: "b" } }] },
      { note: "mine" },
    ]) {
      assert.throws(() => propose({ ...diagnosis, ...change }), { kind: "consent" }, JSON.stringify(change));
    }
  }
});

test("a device is proposed to its own employee, unless the host vouches", async () => {
  const { nexthink } = arrive();
  const [device] = await nexthink.identify(employee);
  const [found] = await nexthink.identify({ deviceName: device.name });
  assert.equal(found.proof, undefined);
  const ask = (of, options) =>
    nexthink.propose({ device: of, remoteActionId: "disk_cleanup", params: {}, reason: "please" }, options);
  assert.ok(ask(device, { employee }).token);
  for (const [of, options] of [
    [device, { employee: { username: "bkeller" } }],
    [found, { employee }],
    [{ collectorUid: device.collectorUid, name: device.name }, { employee }],
  ]) {
    assert.throws(() => ask(of, options), { kind: "consent", hint: /trustCaller/ });
    assert.ok(ask(of, { ...options, trustCaller: true }).token);
  }
  assert.throws(() => ask(device, { employee, trustCaller: "yes" }), { kind: "invalid" });
});

test("who an employee is to the tenant", async () => {
  const { nexthink, tenant } = arrive();
  const [{ name, sid, upn, email, username }] = tenant.employees;
  const user = await nexthink.findUser({ upn });
  assert.deepEqual({ ...user, uid: "" }, { uid: "", sid, upn, email, name });
  assert.deepEqual(await nexthink.findUser({ username }), user);
  assert.equal(await nexthink.findUser({ username: "nobody" }), null);
  await assert.rejects(nexthink.findUser({ deviceName: "AMARTIN-LT" }), { kind: "invalid" });
});

test("the audit of a repair is complete as soon as the employee has had the last word", async () => {
  for (const [options, key] of [
    [{}, undefined],
    [{ consentKey }, consentKey],
    [{ consentKey: [consentKey, "o".repeat(32)] }, [new TextEncoder().encode(consentKey)]],
  ]) {
    const arrived = arrive(options);
    const auditor = key ?? arrived.tenant.credentials.clientSecret;
    const { run } = await repair(arrived);
    const { records } = arrived;
    assert.deepEqual([records[0].event, records.at(-1).event], ["proposed", "ended"]);
    assert.deepEqual(verifyAudit(throughJson(records), auditor), { ok: true, complete: true });
    assert.deepEqual(run.audit, { sequence: records.length - 1, hash: records.at(-1).hash, ended: true });
    assert.deepEqual(verifyAudit(records.slice(0, -1), auditor), { ok: true, complete: false });
    assert.deepEqual(verifyAudit(records, "another key of at least 32 bytes"), {
      ok: false,
      complete: false,
      firstBroken: 0,
    });
    const changed = throughJson(records);
    changed[2].who.username = "someone";
    assert.equal(verifyAudit(changed, auditor).firstBroken, 2);
    assert.throws(() => verifyAudit(records), { kind: "invalid" });
    assert.throws(() => verifyAudit({ length: 1 }, auditor), { kind: "invalid" });
  }
});

test("with a store the last word follows in the background, and several clients write one chain", async () => {
  const store = remoteStore();
  const arrived = arrive({ store });
  const { run } = await repair(arrived);
  assert.equal(run.solved, true);
  const { records, tenant } = arrived;
  const deadline = Date.now() + 5_000;
  while (records.at(-1).event !== "ended" && Date.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, 2));
  const { clientSecret } = tenant.credentials;
  assert.deepEqual(verifyAudit(records, clientSecret), { ok: true, complete: true });

  const other = createClient({ ...tenant.client, store, onAudit: (record) => records.push(record) });
  const before = records.length;
  await other.verify(run);
  assert.equal(records.length, before, "nothing follows the end");
});

test("what the audit's listener throws is its own affair", async () => {
  for (const onAudit of [
    () => {
      throw new Error("mine");
    },
    () => Promise.reject(new Error("mine")),
  ]) {
    const { run } = await repair(arrive({ onAudit }));
    assert.equal(run.solved, true);
  }
});

test("the service desk is handed a page or data, and nothing of it is markup", async () => {
  const { nexthink, diagnosis, run } = await (async () => {
    const arrived = arrive();
    return { ...arrived, ...(await repair(arrived)) };
  })();
  const symptoms = "**Outlook** is [offline](https://evil.example)\n# help";
  const options = { symptoms, diagnoses: [diagnosis] };
  const text = nexthink.escalation([run], { format: "text", ...options });
  const markdown = nexthink.escalation([run], { format: "markdown", ...options });
  for (const expected of ["amartin", "AMARTIN-LT", "Set Outlook online", "succeeded", run.reference]) {
    assert.ok(text.includes(expected) && markdown.includes(expected), expected);
  }
  assert.ok(markdown.includes("\\*\\*Outlook\\*\\* is \\[offline\\](https:\\/\\/evil.example) \\# help"), markdown);
  const data = nexthink.escalation([run], { format: "json", ...options });
  assert.deepEqual([data.symptoms, data.tried[0].solved, data.references], [symptoms, true, [run.reference]]);
  assert.equal(data.devices[0].proof, undefined);
  assert.throws(() => nexthink.escalation([], { format: "text" }), { kind: "invalid" });
  assert.throws(() => nexthink.escalation([run], { format: "html" }), { kind: "invalid" });
  assert.throws(() => nexthink.escalation([run]), { kind: "invalid" });
});

test("what the service desk is told goes to Spark as it is", async () => {
  const { tenant, nexthink } = arrive();
  const { upn } = tenant.employees[0];
  const [device] = await nexthink.identify({ upn });
  const diagnosis = await nexthink.diagnose("outlook", device);
  const text = nexthink.escalation([], { format: "text", employee: { upn }, diagnoses: [diagnosis] });
  await nexthink.spark.handoff({ userPrincipalName: upn, parts: [{ type: "TEXT", text }] });
  const [{ parts }] = tenant.handoffs;
  assert.equal(parts[0].text, text);
  assert.match(text, /Outlook is working offline/);
});
