// Whole repairs with the packed package and the simulated tenant, as an application would do them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";

function arrive() {
  const tenant = createSimulator({ speed: Number.POSITIVE_INFINITY, now: "2026-11-18T09:00:00Z" });
  return { tenant, nexthink: createClient(tenant.client) };
}

const requestsTo = ({ requests }, end) => requests.filter(({ path }) => path.endsWith(end));
const verdicts = ({ findings }) => Object.fromEntries(findings.map(({ rule, verdict }) => [rule, verdict]));

const [match, noMatch, unknown] = ["match", "no-match", "unknown"];
const repairs = [
  {
    playbook: "outlook",
    username: "amartin",
    findings: {
      offline: match,
      "crashed-plugins": noMatch,
      "long-uptime": noMatch,
      "outdated-office": noMatch,
      "repair-data-file": match,
    },
    recommended: ["offline", "repair-data-file"],
    remoteActionId: "set_outlook_online",
    params: {},
    awaits: "get_outlook_online_windows",
  },
  {
    playbook: "onedrive",
    username: "fweber",
    findings: { "broken-onedrive": match },
    recommended: ["broken-onedrive"],
    remoteActionId: "repair_onedrive",
    params: {},
    awaits: "get_onedrive_status",
  },
  {
    playbook: "slow-pc",
    username: "khuber",
    findings: {
      "long-uptime": noMatch,
      "disk-full": noMatch,
      "startup-load": match,
      "slow-group-policy": noMatch,
      "outdated-office": noMatch,
    },
    recommended: ["startup-load"],
    remoteActionId: "disable_application_from_startup_menu",
    params: { Applications: "Spotify,Skype,Adobe Creative Cloud" },
    awaits: "get_startup_impact_windows",
  },
  {
    playbook: "disk",
    username: "khuber",
    findings: { "disk-full": noMatch, "startup-load": match, "worn-battery": noMatch },
    recommended: ["startup-load"],
    remoteActionId: "disable_application_from_startup_menu",
    params: { Applications: "Spotify,Skype,Adobe Creative Cloud" },
    awaits: "get_startup_impact_windows",
  },
];

for (const { playbook, username, findings, recommended, remoteActionId, params, awaits } of repairs) {
  test(`a whole repair by the playbook ${playbook}`, async () => {
    const { tenant, nexthink } = arrive();
    const employee = { username };
    const [device] = await nexthink.identify(employee);
    const diagnosis = await nexthink.diagnose(playbook, device);
    assert.equal(diagnosis.applicable, true);
    assert.deepEqual(verdicts(diagnosis), findings);
    assert.deepEqual(
      diagnosis.recommendations.map(({ rule }) => rule),
      recommended,
    );
    const [found] = diagnosis.findings.filter(({ rule }) => rule === recommended[0]);
    assert.ok(found.reason);
    for (const { values } of found.because) for (const { value } of values) assert.notEqual(value, null);

    const proposal = nexthink.propose(diagnosis, diagnosis.recommendations[0], { employee });
    assert.equal(proposal.remoteActionId, remoteActionId);
    assert.deepEqual(proposal.params, params);
    let run = await nexthink.remediate(proposal.token);
    assert.deepEqual([run.accepted, run.ran, run.changed, run.solved], [true, unknown, unknown, unknown]);
    for await (run of nexthink.follow(run));
    assert.deepEqual([run.state, run.accepted, run.ran], ["succeeded", true, true]);
    assert.equal(requestsTo(tenant, "/act/execute").length, 1);

    run = await nexthink.verify(run);
    assert.equal(run.changed, unknown, "the data is older than the run");
    assert.deepEqual(
      run.verification.awaits.map((supplier) => supplier.remoteActionId),
      [awaits],
    );
    tenant.advance(25 * 3_600_000);
    run = await nexthink.verify(run);
    assert.equal(run.changed, true);
    assert.equal(run.verification.verdict, noMatch);
    assert.equal(nexthink.solved(run, true).solved, true);
    assert.equal(verdicts(await nexthink.diagnose(playbook, device))[recommended[0]], noMatch);
    assert.equal(requestsTo(tenant, "/act/execute").length, 1);
  });
}

// The same table as in tests/repair.rs: the packed module finds what the native core finds.
const scenarios = [
  ["amartin", "outlook", ["offline", "repair-data-file"], []],
  ["bkeller", "outlook", ["crashed-plugins", "repair-data-file"], []],
  ["cdubois", "outlook", ["long-uptime", "repair-data-file"], []],
  ["dnovak", "outlook", ["outdated-office", "repair-data-file"], []],
  ["uvogel", "outlook", ["repair-data-file"], ["offline"]],
  ["fweber", "onedrive", ["broken-onedrive"], []],
  ["nberg", "onedrive", [], []],
  ["jcarter", "slow-pc", ["disk-full"], []],
  ["khuber", "slow-pc", ["startup-load"], []],
  ["lokafor", "slow-pc", ["slow-group-policy"], []],
  ["mcosta", "slow-pc", ["outdated-office"], []],
  ["pjensen", "slow-pc", [], ["disk-full"]],
  ["jcarter", "disk", ["disk-full"], []],
  ["khuber", "disk", ["startup-load"], []],
  ["xpetrova", "disk", ["worn-battery"], []],
  ["ohaddad", "disk", [], ["disk-full", "startup-load", "worn-battery"]],
];

test("each scenario is diagnosed for what it is, as by the native core", async () => {
  const { nexthink } = arrive();
  for (const [username, playbook, matches, unknowns] of scenarios) {
    const [device] = await nexthink.identify({ username });
    const { findings } = await nexthink.diagnose(playbook, device);
    const of = (wanted) => findings.filter(({ verdict }) => verdict === wanted).map(({ rule }) => rule);
    assert.deepEqual([of(match), of(unknown)], [matches, unknowns], username);
  }
});

test("a Mac is not applicable, and nothing is asked about it", async () => {
  const { tenant, nexthink } = arrive();
  const devices = await nexthink.identify({ username: "qroux" });
  const before = tenant.requests.length;
  const diagnosis = await nexthink.diagnose("slow-pc", devices[2]);
  assert.deepEqual([diagnosis.applicable, diagnosis.findings, diagnosis.recommendations], [false, [], []]);
  assert.equal(tenant.requests.length, before);
});

test("each scenario is found by its rules, and nothing else is repaired", async () => {
  const { tenant, nexthink } = arrive();
  const employees = tenant.employees.filter(({ isScenario }) => isScenario);
  assert.ok(employees.some(({ name }) => name === "Xenia Petrova"));
  for (const { username, rules } of employees) {
    const found = new Set();
    for (const device of await nexthink.identify({ username })) {
      for (const playbook of ["outlook", "onedrive", "slow-pc", "disk"]) {
        const { recommendations } = await nexthink.diagnose(playbook, device);
        for (const { rule } of recommendations) found.add(`${playbook}/${rule}`);
      }
    }
    // Outlook's last remedy is offered to everyone with a Windows device.
    found.delete("outlook/repair-data-file");
    const expected = rules.filter((rule) => rule !== "outlook/repair-data-file");
    assert.deepEqual([...found].sort(), [...expected].sort(), username);
  }
});

test("a free space that was never measured is unknown, and no disk cleanup is proposed", async () => {
  const { nexthink } = arrive();
  const [device] = await nexthink.identify({ username: "pjensen" });
  const diagnosis = await nexthink.diagnose("slow-pc", device);
  const finding = diagnosis.findings.find(({ rule }) => rule === "disk-full");
  assert.equal(finding.verdict, unknown);
  assert.equal(diagnosis.facts.free_space, null);
  assert.deepEqual(
    finding.missing.map(({ column, reason }) => [column, reason]),
    [["free_space", "not-collected"]],
  );
  assert.ok(!diagnosis.recommendations.some(({ remoteActionId }) => remoteActionId === "disk_cleanup"));
  const employee = { username: "pjensen" };
  assert.throws(() => nexthink.propose(diagnosis, "disk-full", { employee }), { kind: "invalid" });
});

test("the same token triggers once, one call after the other and all at once", async () => {
  const { tenant, nexthink } = arrive();
  const employee = { username: "amartin" };
  const [device] = await nexthink.identify(employee);
  const diagnosis = await nexthink.diagnose("outlook", device);
  const { token } = nexthink.propose(diagnosis, "offline", { employee });
  const first = await nexthink.remediate(token);
  assert.deepEqual(await nexthink.remediate(token), first);
  for await (const _ of nexthink.follow(first));
  const other = nexthink.propose(diagnosis, "offline", { employee });
  const runs = await Promise.all(Array.from({ length: 5 }, () => nexthink.remediate(other.token)));
  assert.equal(new Set(runs.map(({ id }) => id)).size, 1);
  assert.equal(requestsTo(tenant, "/act/execute").length, 2);
});

test("a lost answer is not sent again, and is found by its reference", async () => {
  const { tenant, nexthink } = arrive();
  const employee = { username: "amartin" };
  const [device] = await nexthink.identify(employee);
  const diagnosis = await nexthink.diagnose("outlook", device);
  const { token } = nexthink.propose(diagnosis, "offline", { employee, reference: "INC-7" });
  tenant.inject({ kind: "lost-answer", operation: "act/execute" });
  let run = await nexthink.remediate(token);
  assert.deepEqual([run.state, run.accepted, run.requestId], [unknown, unknown, undefined]);
  assert.match(run.reference, /^INC-7#/);
  assert.deepEqual(await nexthink.remediate(token), run);
  for await (run of nexthink.follow(run));
  assert.equal(run.state, "succeeded");
  assert.ok(run.requestId);
  assert.equal(requestsTo(tenant, "/act/execute").length, 1);
});

test("a refused trigger says that nothing happened, and the consent still holds", async () => {
  const { tenant, nexthink } = arrive();
  const employee = { username: "amartin" };
  const [device] = await nexthink.identify(employee);
  const diagnosis = await nexthink.diagnose("outlook", device);
  const { token } = nexthink.propose(diagnosis, "offline", { employee });
  tenant.inject({ kind: "status", status: 429, retryAfter: "5", operation: "act/execute" });
  await assert.rejects(nexthink.remediate(token), { kind: "rate-limited", sideEffect: "none", retryAfterMs: 5_000 });
  assert.equal((await nexthink.remediate(token)).state, "accepted");
});

test("a script that fails is a run that ran and failed", async () => {
  const { nexthink } = arrive();
  const employee = { username: "tmoreau" };
  const [device] = await nexthink.identify(employee);
  const diagnosis = await nexthink.diagnose("slow-pc", device);
  let run = await nexthink.remediate(nexthink.propose(diagnosis, "disk-full", { employee }).token);
  for await (run of nexthink.follow(run));
  assert.deepEqual([run.state, run.ran, run.outputs], ["failed", true, undefined]);
  assert.match(run.statusDetails, /denied/);
});

test("a device that stays offline waits, and expires", async () => {
  const { nexthink } = arrive();
  const employee = { username: "stanaka" };
  const [device] = await nexthink.identify(employee);
  const diagnosis = await nexthink.diagnose("slow-pc", device);
  let run = await nexthink.remediate(nexthink.propose(diagnosis, "disk-full", { employee }).token);
  run = await nexthink.progress(run);
  assert.equal(run.state, "waiting");
  for await (run of nexthink.follow(run));
  assert.deepEqual([run.state, run.ran], ["expired", false]);
});

test("fifty overlapping calls share one token request", async () => {
  const { tenant, nexthink } = arrive();
  const calls = Array.from({ length: 50 }, () => nexthink.identify({ username: "amartin" }));
  const answers = await Promise.all(calls);
  assert.ok(answers.every(([device]) => device.name === "AMARTIN-LT"));
  assert.equal(requestsTo(tenant, "/token").length, 1);
  assert.equal(requestsTo(tenant, "/nql/execute").length, 50);
});
