// `verify` calls a repair useless only by what was collected after it: neither a clock of this machine that is slow nor a
// collection between two requests may make older data look younger.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";

const minute = 60_000;
const [diagnosisQuery, timesQuery] = ["#diagnose_outlook_issues", "#get_data_collection_times"];
const [playbook, rule, collection] = ["outlook", "offline", "get_outlook_online_windows"];
const employee = { username: "amartin" };

function arrive() {
  const tenant = createSimulator({ speed: Number.POSITIVE_INFINITY, now: "2026-11-18T09:00:00Z" });
  return { tenant, nexthink: createClient(tenant.client) };
}

/** When the tenant collects next from a device: every hour. */
async function nextCollection(nexthink, device) {
  const { rows } = await nexthink.nql.execute(timesQuery, { collector_uid: device.collectorUid });
  const [newest] = rows.filter((row) => row["remote_action.nql_id"] === collection);
  return Date.parse(newest["remote_action.execution.time"]) + 60 * minute;
}

/** Repairs, and looks for the end when the script has ended. */
async function repair(nexthink, device) {
  const diagnosis = await nexthink.diagnose(playbook, device);
  let run = await nexthink.remediate(nexthink.propose(diagnosis, rule, { employee }).token);
  for await (run of nexthink.follow(run));
  assert.equal(run.state, "succeeded");
  return run;
}

test("what was collected before the tenant's own end of a run does not call it useless, however slow the clock here", async () => {
  const { tenant, nexthink } = arrive();
  const [device] = await nexthink.identify(employee);
  const behind = 2 * minute;
  const slow = createClient({ ...tenant.client, host: { ...tenant.client.host, now: () => tenant.now() - behind } });
  // The script ends in the minute after the collection, which by the clock here is before it.
  tenant.advance((await nextCollection(nexthink, device)) - tenant.now() - 1_000);
  let run = await repair(slow, device);
  assert.ok(Date.parse(run.endedAt) < tenant.now() - minute);
  run = await slow.verify(run);
  assert.deepEqual([run.changed, run.verification.verdict], ["unknown", "match"]);
  assert.deepEqual(
    run.verification.awaits.map(({ remoteActionId }) => remoteActionId),
    [collection],
  );
  tenant.advance(61 * minute);
  run = await slow.verify(run);
  assert.deepEqual([run.changed, run.verification.verdict], [true, "no-match"]);
});

test("data that is collected between two requests of `verify` does not make what was asked before it look younger", async () => {
  const { tenant, nexthink } = arrive();
  const [device] = await nexthink.identify(employee);
  tenant.advance((await nextCollection(nexthink, device)) - tenant.now() - 5 * minute);
  const run = await repair(nexthink, device);
  // Of two queries that are sent together the diagnosis is answered first: the worse order. The collection is between.
  let facts;
  const queries = [];
  const fetch = async (url, init) => {
    if (!url.endsWith("/nql/execute")) return tenant.fetch(url, init);
    const { queryId } = JSON.parse(init.body);
    if (queryId === diagnosisQuery) {
      if (queries.push(queryId) === 2) tenant.advance(10 * minute);
      facts = tenant.fetch(url, init);
      return facts;
    }
    await new Promise((resolve) => setImmediate(resolve));
    await facts;
    if (queries.push(queryId) === 2) tenant.advance(10 * minute);
    return tenant.fetch(url, init);
  };
  const between = createClient({ ...tenant.client, host: { ...tenant.client.host, fetch } });
  const verified = await between.verify(run);
  assert.deepEqual([...queries].sort(), [diagnosisQuery, timesQuery]);
  assert.deepEqual([verified.changed, verified.verification.verdict], ["unknown", "no-match"]);
  assert.equal((await between.verify(run)).changed, true);
});

test("the same remote action by somebody else, after the collection, does not take away what is known", async () => {
  const { tenant, nexthink } = arrive();
  const [device] = await nexthink.identify(employee);
  tenant.advance((await nextCollection(nexthink, device)) - tenant.now() - 5 * minute);
  const run = await repair(nexthink, device);
  tenant.advance(10 * minute);
  await nexthink.remoteActions.execute({ remoteActionId: run.remoteActionId, devices: [device.collectorUid] });
  tenant.advance(2 * minute);
  const { rows } = await nexthink.nql.execute(timesQuery, { collector_uid: device.collectorUid });
  assert.equal(rows.filter((row) => row["remote_action.nql_id"] === run.remoteActionId).length, 2);
  assert.deepEqual((await nexthink.verify(run)).changed, true);
});
