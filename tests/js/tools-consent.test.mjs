// Consent, outside of the model: who is asked, what counts as a yes, and that nothing is triggered without one.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertNoSecret, openDesk, propose, toolNamed } from "./tools-desk.mjs";

test("who approves is told everything that they need, and nothing that could trigger it", async () => {
  const { asked, call, tokens } = openDesk({ username: "khuber", reference: "INC-7" });
  const { proposalId } = await propose(call, "slow-pc", "startup-load");
  const { runId } = await call("remediate", { proposalId });
  assert.equal(runId, proposalId);
  const [{ device, expiresAt, reason, description: _description, ...rest }] = asked;
  assert.deepEqual(rest, {
    id: proposalId,
    remoteActionId: "disable_application_from_startup_menu",
    params: { Applications: "Spotify,Skype,Adobe Creative Cloud" },
    title: "Disable Application from Startup menu",
    risk: rest.risk,
    expectedSeconds: rest.expectedSeconds,
    employee: { username: "khuber" },
    playbook: rest.playbook,
    rule: "startup-load",
  });
  assert.equal(rest.playbook.id, "slow-pc");
  assert.equal(device.name, "KHUBER-LT");
  assert.match(reason, /applications that slow down the start/);
  assert.ok(expiresAt);
  assertNoSecret(asked, tokens);
});

for (const [what, approve] of [
  ["no", () => false],
  ["nothing", () => undefined],
  ["a text", () => "yes"],
  ["a number", async () => 1],
  ["an object", async () => ({ approved: true })],
  [
    "an error",
    () => {
      throw new Error("the screen is gone");
    },
  ],
  ["a rejection", () => Promise.reject(new Error("the screen is gone"))],
]) {
  test(`an approval that answers with ${what} triggers nothing`, async () => {
    const { call, told, triggers } = openDesk({ approve });
    const { proposalId } = await propose(call);
    const { error } = await call("remediate", { proposalId });
    assert.equal(error.kind, "consent");
    assert.match(error.hint, /nothing was triggered/);
    assert.ok(!JSON.stringify(told).includes("the screen is gone"));
    assert.equal(triggers(), 0);
  });
}

test("after a no the same proposal is asked about anew, and then a yes counts", async () => {
  const answers = [false, true];
  const { call, triggers } = openDesk({ approve: () => answers.shift() });
  const { proposalId } = await propose(call);
  assert.equal((await call("remediate", { proposalId })).error.kind, "consent");
  assert.equal((await call("remediate", { proposalId })).facts.accepted, true);
  assert.deepEqual([answers.length, triggers()], [0, 1]);
});

test("calls of the same proposal at the same time ask once and trigger once, and later ones ask nobody", async () => {
  const { asked, call, triggers } = openDesk();
  const { proposalId } = await propose(call);
  const runs = await Promise.all(Array.from({ length: 5 }, () => call("remediate", { proposalId })));
  assert.deepEqual(new Set(runs.map(({ runId }) => runId)), new Set([proposalId]));
  assert.equal((await call("remediate", { proposalId })).runId, proposalId);
  assert.deepEqual([asked.length, triggers()], [1, 1]);
});

test("a disruptive repair tells its risk, and triggers after the yes of who approves", async () => {
  const { asked, call, triggers } = openDesk({ username: "erossi" });
  const { proposalId, risk } = await propose(call, "outlook", "repair-data-file");
  assert.equal(risk, "disruptive");
  assert.equal((await call("remediate", { proposalId })).facts.accepted, true);
  assert.deepEqual([asked[0].risk, triggers()], ["disruptive", 1]);
});

test("a model that calls remediate right away, or with an invented ID, asks nobody and triggers nothing", async () => {
  const { asked, call, triggers } = openDesk();
  for (const proposalId of ["proposal-1", "p-000000000000000000000000", "", "__proto__", "device-1"]) {
    const { error } = await call("remediate", { proposalId });
    assert.deepEqual([error.kind, /propose_remediation/.test(error.hint)], ["not-found", true], proposalId);
  }
  assert.deepEqual([asked.length, triggers()], [0, 0]);
});

test("an expired proposal asks nobody and says to diagnose and propose again", async () => {
  const { tenant, asked, call, triggers } = openDesk();
  const { proposalId } = await propose(call);
  tenant.advance(11 * 60_000);
  const { error } = await call("remediate", { proposalId });
  assert.equal(error.kind, "consent");
  assert.match(error.message, /expired/);
  assert.match(error.hint, /diagnose_device and then propose_remediation again/);
  assert.deepEqual([asked.length, triggers()], [0, 0]);
});

test("a proposal that expires while a person thinks triggers nothing and says the same", async () => {
  const { tenant, call, triggers } = openDesk({
    approve: () => {
      tenant.advance(11 * 60_000);
      return true;
    },
  });
  const { proposalId } = await propose(call);
  const { error } = await call("remediate", { proposalId });
  assert.match(error.hint, /diagnose_device and then propose_remediation again/);
  assert.equal(triggers(), 0);
});

test("a call that is cancelled while a person thinks triggers nothing, whatever they say later", async () => {
  const cancelling = new AbortController();
  let answer;
  const { call, triggers } = openDesk({
    approve: () => {
      cancelling.abort();
      return new Promise((resolve) => {
        answer = resolve;
      });
    },
  });
  const { proposalId } = await propose(call);
  const { error } = await call("remediate", { proposalId }, { signal: cancelling.signal });
  assert.equal(error.kind, "aborted");
  answer(true);
  await new Promise(setImmediate);
  assert.equal(triggers(), 0);
});

test("a call that was cancelled before it began asks nobody and triggers nothing, and later the proposal can be agreed to", async () => {
  const signal = AbortSignal.abort();
  for (const approve of [undefined, "by-kit"]) {
    const { asked, call, triggers } = openDesk(approve && { approve });
    const { proposalId } = await propose(call);
    const { error } = await call("remediate", { proposalId }, { signal, approved: true });
    assert.equal(error.kind, "aborted");
    assert.deepEqual([asked.length, triggers()], [0, 0]);
    assert.equal((await call("remediate", { proposalId }, { approved: true })).facts.accepted, true);
    assert.equal(triggers(), 1);
  }
});

test("with approval by the kit, only what the kit says of this call counts", async () => {
  const { asked, call, tools, triggers } = openDesk({ approve: "by-kit" });
  const { approval } = toolNamed(tools, "remediate");
  const { proposalId } = await propose(call);
  assert.equal(approval.by, "kit");
  assert.deepEqual(approval.of({ proposalId }).title, "Set Outlook online");
  for (const approved of [undefined, false, "true", 1]) {
    const { error } = await call("remediate", { proposalId }, { approved });
    assert.equal(error.kind, "consent");
  }
  // The model's own word.
  assert.equal((await call("remediate", { proposalId, approved: true })).error.kind, "invalid");
  assert.equal(triggers(), 0);
  assert.equal((await call("remediate", { proposalId }, { approved: true })).facts.accepted, true);
  assert.deepEqual([approval.of({ proposalId }), triggers(), asked.length], [undefined, 1, 0]);
});

test("with approval by the kit, a proposal that has expired says so whatever the kit says", async () => {
  const { tenant, call, triggers } = openDesk({ approve: "by-kit" });
  const { proposalId } = await propose(call);
  tenant.advance(11 * 60_000);
  for (const approved of [undefined, true]) {
    const { error } = await call("remediate", { proposalId }, { approved });
    assert.match(error.message, /expired/);
  }
  assert.equal(triggers(), 0);
});

test("with an approval of your own, what a kit says does not count", async () => {
  const { call, tools, triggers } = openDesk({ approve: () => false });
  const { proposalId } = await propose(call);
  assert.equal(toolNamed(tools, "remediate").approval.by, "host");
  assert.equal((await call("remediate", { proposalId }, { approved: true })).error.kind, "consent");
  assert.equal(triggers(), 0);
});

test("nobody has to be asked about what would trigger nothing", async () => {
  const { tenant, call, tools } = openDesk({ approve: "by-kit" });
  const { of } = toolNamed(tools, "remediate").approval;
  for (const input of [undefined, {}, { proposalId: 7 }, { proposalId: "p-0" }]) assert.equal(of(input), undefined);
  const { proposalId } = await propose(call);
  assert.ok(of({ proposalId }));
  tenant.advance(11 * 60_000);
  assert.equal(of({ proposalId }), undefined);
  assert.ok(tools.every(({ name, approval }) => (name === "remediate") === (approval !== undefined)));
});

test("tools without an employee or without somebody to ask are refused", () => {
  const { nexthink } = openDesk();
  const employee = { username: "amartin" };
  for (const [options, message] of [
    [undefined, /approve/],
    [{ employee }, /`approve`/],
    [{ employee, approve: true }, /`approve`/],
    [{ employee, approve: null }, /`approve`/],
    [{ employee, approve: "kit" }, /`approve`/],
    [{ approve: () => true }, /`employee`/],
    [{ employee: {}, approve: () => true }, /`employee`/],
    [{ employee, approve: () => true, strict: "yes" }, /`strict`/],
    [{ employee, approve: () => true, autoApprove: true }, /`autoApprove`/],
  ]) {
    assert.throws(() => nexthink.tools(options), { kind: "invalid", message }, JSON.stringify(options));
  }
});
