// A thousand employees repair their PCs at once, through one client of a tenant that refuses a tenth of the requests and
// loses a twentieth of the answers: all come to an end, and nothing runs twice.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient, NexthinkError } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";

const conversations = 1_000;
/** How often a conversation tries one thing before it counts as stuck. */
const patience = 60;

/** It finds the same on every PC, and asks the tenant for as little as can be. */
const playbook = {
  id: "audio",
  version: "1.0.0",
  title: { en: "No sound" },
  query: {
    id: "#diagnose_audio",
    text: "devices during past 7d | where name == $device_name | list collector.uid, device.name, boot.days_since_last_full_boot",
  },
  remoteActions: { restart_audio: { title: "Restart audio", risk: "safe", expectedSeconds: 300 } },
  rules: [
    {
      id: "no-sound",
      when: "days_since_last_full_boot >= 0",
      reason: { en: "{days_since_last_full_boot} days without a restart" },
      remoteAction: "restart_audio",
    },
  ],
};

/** A tenant, its employees and the PC of each. */
async function arrive() {
  const tenant = createSimulator({ devices: 1_800, speed: Number.POSITIVE_INFINITY, now: "2026-11-18T09:00:00Z" });
  tenant.setQuery(playbook.query.id, playbook.query.text);
  const options = { ...tenant.client, playbooks: [playbook] };
  // What scripts collect is not asked for here, and the tenant goes through it at every look.
  for (const { id, purpose } of await createClient(options).remoteActions.list()) {
    if (purpose.includes("DATA_COLLECTION")) tenant.deleteRemoteAction(id);
  }
  const isPc = (name) => {
    const { platform, online, daysSinceLastFullBoot } = tenant.device(name);
    return platform === "Windows" && online && daysSinceLastFullBoot !== null;
  };
  const all = tenant.employees.flatMap(({ username, devices }) =>
    devices.filter(isPc).map((pc) => ({ employee: { username }, pc })),
  );
  return { tenant, options, host: tenant.host, all };
}

/** The tenant's `fetch`, which counts what the tenant was told to execute, by its reference. */
function counting(tenant) {
  const executed = new Map();
  const faults = { lost: 0, lostTriggers: 0, refused: 0 };
  const fetch = async (url, init) => {
    const count = () => {
      if (!url.endsWith("/act/execute")) return;
      const { externalReference } = JSON.parse(init.body).triggerInfo;
      executed.set(externalReference, (executed.get(externalReference) ?? 0) + 1);
    };
    const answer = await tenant.fetch(url, init).catch((error) => {
      // It did its work, and the answer was lost.
      count();
      faults.lost += 1;
      if (url.endsWith("/act/execute")) faults.lostTriggers += 1;
      throw error;
    });
    if (answer.status === 200) count();
    if (answer.status === 429) faults.refused += 1;
    return answer;
  };
  return { fetch, executed, faults };
}

/** Does something as a chatbot does that has time: what fails without a side effect is tried again. */
async function patiently(host, attempt) {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!NexthinkError.is(error) || error.sideEffect !== "none" || tries === patience) throw error;
      if (!["rate-limited", "network", "timeout", "server"].includes(error.kind)) throw error;
      await host.sleep(error.retryAfterMs ?? 1_000);
    }
  }
}

/** A whole conversation, to the run's end and the employee's word. */
async function converse(nexthink, host, { employee, pc }) {
  const devices = await patiently(host, () => nexthink.identify(employee));
  const device = devices.find(({ name }) => name === pc);
  let run;
  for (let tries = 1; run === undefined; tries += 1) {
    const diagnosis = await patiently(host, () => nexthink.diagnose("audio", device));
    const { token } = nexthink.propose(diagnosis, "no-sound", { employee });
    try {
      run = await patiently(host, () => nexthink.remediate(token));
    } catch (error) {
      // The employee is asked again where it took so long that the consent has expired.
      if (error.kind !== "consent" || tries === patience) throw error;
    }
  }
  const follow = async () => {
    for await (run of nexthink.follow(run));
  };
  while (!run.endedAt) await patiently(host, follow);
  run = await patiently(host, () => nexthink.verify(run));
  return nexthink.solved(run, true);
}

test("a thousand conversations at once all end, none twice and none stuck", { timeout: 120_000 }, async (context) => {
  const { tenant, options, host, all } = await arrive();
  assert.ok(all.length >= conversations, `${all.length} PCs`);
  const { fetch, executed, faults } = counting(tenant);
  const nexthink = createClient({ ...options, host: { ...host, fetch } });
  tenant.inject({ kind: "status", status: 429, retryAfterMs: 1_000, probability: 0.1 });
  tenant.inject({ kind: "lost-answer", probability: 0.05 });
  const [began, tenantBegan, memory] = [performance.now(), tenant.now(), process.memoryUsage().rss];

  const runs = await Promise.all(all.slice(0, conversations).map((one) => converse(nexthink, host, one)));

  const seconds = ((performance.now() - began) / 1_000).toFixed(1);
  const tenantSeconds = Math.round((tenant.now() - tenantBegan) / 1_000);
  const megabytes = Math.round((process.memoryUsage().rss - memory) / 1e6);
  context.diagnostic(
    `${seconds} s, ${tenantSeconds} s of the tenant's time; ${megabytes} MB more, the tenant's among them`,
  );
  context.diagnostic(`of ${tenant.requests.length} requests ${JSON.stringify(faults)}`);
  assert.ok(faults.lostTriggers > 10 && faults.lost > 100 && faults.refused > 300, JSON.stringify(faults));

  for (const { state, endedAt, ran, solved } of runs) {
    assert.ok(state === "succeeded" || state === "failed", state);
    assert.deepEqual([typeof endedAt, ran, solved], ["string", true, true]);
  }
  assert.deepEqual(new Set(runs.map(({ reference }) => reference)), new Set(executed.keys()));
  assert.deepEqual([executed.size, Math.max(...executed.values())], [conversations, 1]);
  // And by the tenant's own word.
  tenant.clearFaults();
  tenant.setQuery("#all_executions", "remote_action.executions during past 7d | summarize all = count()");
  const { rows } = await nexthink.nql.execute("#all_executions");
  assert.deepEqual(rows, [{ all: conversations }]);
});
