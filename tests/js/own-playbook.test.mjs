// A playbook of one's own, written as files, from its check to a repair: with no line of Rust.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { createClient, NexthinkError, playbooks } from "nexthink-chatbot";
import { tenantWith } from "../../js-examples/own-playbook/tenant.mjs";

const example = new URL("../../js-examples/own-playbook/", import.meta.url);
const file = (name) => readFileSync(new URL(`playbooks/${name}`, example), "utf8");

const teams = () => {
  const playbook = JSON.parse(file("teams.json"));
  playbook.query.text = file("teams.nql");
  return playbook;
};

function arrive(playbook = teams(), options = {}) {
  const tenant = tenantWith(teams());
  const given = { ...tenant.client, playbooks: [playbook], ...options };
  return { tenant, nexthink: createClient(given), again: () => createClient(given) };
}

const employee = { username: "amartin" };

test("a playbook of one's own has no mistakes, passes its tests, and they reach every branch", () => {
  const source = { query: file("teams.nql") };
  assert.deepEqual(playbooks.check(file("teams.json"), source), []);
  const { diagnostics, report } = playbooks.test(file("teams.json"), file("teams.test.json"), source);
  assert.deepEqual(diagnostics, []);
  assert.deepEqual([report.ok, report.passed, report.failed], [true, 5, 0]);
  assert.deepEqual(report.coverage, { total: 9, reached: 9, missed: [] });
});

test("it diagnoses and repairs a simulated PC", async () => {
  const { tenant, nexthink } = arrive();
  const [device] = await nexthink.identify(employee);
  const diagnosis = await nexthink.diagnose("teams", device);
  assert.deepEqual(diagnosis.playbook, { id: "teams", version: "1.0.0", title: "Teams is slow to start" });
  const [slow, uptime] = diagnosis.findings;
  assert.deepEqual([slow.verdict, uptime.verdict], ["match", "no-match"]);
  assert.equal(slow.reason, "Teams took 41 seconds to start, and its cache holds 812 MB");
  assert.deepEqual(
    slow.because.map(({ clause, condition, verdict }) => [clause, condition, verdict]),
    [
      ["when", "StartupSeconds > 30", "match"],
      ["unless", "CacheMegabytes < 200", "no-match"],
    ],
  );
  const proposal = nexthink.propose(diagnosis, "slow-start", { employee });
  assert.deepEqual(
    [proposal.title, proposal.risk, proposal.remoteActionId, proposal.params],
    ["Clear Teams cache", "disruptive", "#clear_teams_cache_windows", { KeepSettings: "true" }],
  );
  await assert.rejects(nexthink.remediate(proposal.token), { kind: "consent" });
  let run = await nexthink.remediate(proposal.token, { confirmed: true });
  for await (run of nexthink.follow(run));
  assert.equal(run.state, "succeeded");
  tenant.advance(2 * 3_600_000);
  run = await nexthink.verify(run);
  assert.equal(run.changed, true);
  assert.equal(tenant.requests.filter(({ path }) => path.endsWith("/act/execute")).length, 1);
});

test("a client that has called nothing yet proposes from a diagnosis of another", async () => {
  const { nexthink, again } = arrive();
  const [device] = await nexthink.identify(employee);
  const diagnosis = JSON.parse(JSON.stringify(await nexthink.diagnose("teams", device)));
  const proposal = again().propose(diagnosis, "slow-start", { employee });
  const run = await again().remediate(proposal.token, { confirmed: true });
  assert.equal(run.state, "accepted");
});

test("the built-in playbooks are still there, and one of one's own takes the place of its namesake", async () => {
  const { nexthink } = arrive();
  const [device] = await nexthink.identify(employee);
  assert.equal((await nexthink.diagnose("outlook", device)).findings[0].verdict, "match");
  const own = { ...teams(), id: "outlook", version: "mine" };
  const diagnosis = await arrive(own).nexthink.diagnose("outlook", device);
  assert.equal(diagnosis.playbook.version, "mine");
});

test("the texts are in the language of the client", async () => {
  const { nexthink } = arrive(teams(), { locale: "de-CH" });
  const [device] = await nexthink.identify(employee);
  const { findings, playbook } = await nexthink.diagnose("teams", device);
  assert.equal(playbook.title, "Teams startet langsam");
  assert.match(findings[0].reason, /^Teams brauchte 41 Sekunden/);
});

test("a playbook that does not compile is told at the first call, with its place", async () => {
  const broken = teams();
  broken.rules[0].when = "StartupSecond > 30";
  const { nexthink, tenant } = arrive(broken);
  for (const call of [() => nexthink.identify(employee), () => nexthink.doctor({ employee })]) {
    await assert.rejects(call, (error) => {
      assert.ok(NexthinkError.is(error));
      assert.equal(error.kind, "invalid");
      assert.match(error.message, /teams.*\/rules\/0\/when.*StartupSecond/);
      return true;
    });
  }
  assert.deepEqual(tenant.requests, []);
});

test("what is no playbook at all is refused when the client is created", () => {
  const { client } = tenantWith(teams());
  for (const [given, message] of [
    [[{}], /`playbooks\[0\]\.id` is missing|playbooks\[0\]/],
    ["teams.json", /`playbooks` is not a list/],
    [[teams(), 5], /playbooks\[1\]/],
  ]) {
    assert.throws(
      () => createClient({ ...client, playbooks: given }),
      (error) => error.kind === "invalid" && message.test(error.message),
      JSON.stringify(given),
    );
  }
});

test("calls that overlap while the playbook is being compiled all have it", async () => {
  const { nexthink } = arrive();
  const [device] = await arrive().nexthink.identify(employee);
  const all = await Promise.all(Array.from({ length: 20 }, () => nexthink.diagnose("teams", device)));
  assert.ok(all.every(({ findings }) => findings[0].verdict === "match"));
});

test("the example runs", () => {
  const output = execFileSync(process.execPath, [fileURLToPath(new URL("main.mjs", example))], { encoding: "utf8" });
  assert.match(output, /^slow-start: match, Teams took 41 seconds/);
  assert.match(output, /\nsucceeded\nHas it changed anything\? true\n$/);
});
