// Three ways to ask a playbook about a device, and one answer: the diagnosis in a tenant, `playbooks.evaluate` of the row
// that the tenant gives, and `playbooks.verdicts` of its answer as it came.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient, playbooks } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";

// Long before the next full hour: data is collected then, and what is asked before and after it differs.
const tenant = createSimulator({ speed: Number.POSITIVE_INFINITY, now: "2026-11-18T09:00:00Z" });
const nexthink = createClient(tenant.client);
const scenarios = tenant.employees.filter(({ isScenario }) => isScenario);

/** Asks every playbook about the devices of an employee in three ways; gives the rules that match. */
async function compare({ username }) {
  const matching = new Set();
  for (const device of await nexthink.identify({ username })) {
    const collected = await collectedOn(device);
    for (const { id, queryId } of playbooks.list()) {
      const diagnosis = await nexthink.diagnose(id, device);
      const options = { now: new Date(diagnosis.diagnosedAt), platform: device.platform, collected };
      for (const version of [1, 2]) {
        const answer = await answerOf(queryId, device, version);
        const { applicable, findings, recommendations } = playbooks.evaluate(id, answer, options);
        assert.equal(applicable, diagnosis.applicable);
        assert.deepEqual(findings, diagnosis.findings, `${id} on ${device.name}, version ${version}`);
        assert.deepEqual(recommendations, diagnosis.recommendations);
        if (!applicable) continue;
        const verdicts = Object.fromEntries(findings.map(({ rule, verdict }) => [rule, verdict]));
        assert.deepEqual(playbooks.verdicts(id, JSON.stringify(answer)), [verdicts]);
        for (const { rule, verdict } of findings) if (verdict === "match") matching.add(`${id}/${rule}`);
      }
    }
  }
  return matching;
}

/** The body of an answer to a playbook's query, as the tenant sends it. */
async function answerOf(queryId, device, version) {
  const body = { queryId, parameters: { device_name: device.name } };
  const path = `/api/v${version}/nql/execute`;
  return (await nexthink.request({ method: "POST", path, body })).body;
}

/** When each data collection last succeeded on a device. The newest comes first. */
async function collectedOn(device) {
  const { rows } = await nexthink.nql.execute("#get_data_collection_times", { collector_uid: device.collectorUid });
  const times = rows.map((row) => [row["remote_action.nql_id"], row["remote_action.execution.time"]]);
  return Object.fromEntries(times.reverse());
}

for (const employee of scenarios) {
  test(`what is said of ${employee.username} is the same however it is asked`, async () => {
    const matching = await compare(employee);
    for (const rule of employee.rules) assert.ok(matching.has(rule), rule);
  });
}

test("the scenarios have every rule of every playbook match once", async () => {
  const rules = playbooks.list().flatMap(({ id, rules }) => rules.map((rule) => `${id}/${rule}`));
  const matched = new Set(scenarios.flatMap(({ rules }) => rules));
  assert.deepEqual(
    rules.filter((rule) => !matched.has(rule)),
    [],
  );
});
