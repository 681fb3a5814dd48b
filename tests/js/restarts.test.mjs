// A chatbot's process is killed at every moment of a repair, one repair for each, and another goes on from what is
// stored: it comes to the same end, and the tenant has one execution. Real processes, with a store in a folder.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { createClient } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";
import { fileStore } from "../../js-examples/stores/file.mjs";
import { serve } from "./served-tenant.mjs";

const program = fileURLToPath(new URL("repair-process.mjs", import.meta.url));
const devices = 1_000;
/** How much faster than ours the tenants' time passes: a script of half a minute takes most of a second. */
const speed = 40;
/** The seeds of the tenants. They are served side by side, and each is asked for one repair after the other. */
const seeds = [1, 2, 3, 4];

/** A served tenant, and those whose Outlook is offline on their only device, which is online. */
async function arrive(context, seed) {
  const served = await serve(context, "--devices", `${devices}`, "--seed", `${seed}`, "--speed", `${speed}`);
  const epoch = Date.now();
  const { NEXTHINK_INSTANCE: instance, NEXTHINK_REGION: region, NEXTHINK_TOKEN_URL: tokenUrl } = served.variables;
  const client = { instance, region, credentials: served.credentials, apiUrl: served.url, tokenUrl };
  // The same people have the same devices there.
  const { employees, device } = createSimulator({ devices, seed });
  const isToHelp = ({ rules, devices: [name, ...more] }) =>
    rules.includes("outlook/offline") && more.length === 0 && device(name).online;
  const toHelp = employees.filter(isToHelp).map(({ username }) => ({ username }));
  const nexthink = createClient(client);
  return {
    settings() {
      const employee = toHelp.shift();
      assert.ok(employee, "there are too few to help");
      const folder = mkdtempSync(join(tmpdir(), "restarts-"));
      context.after(() => rmSync(folder, { recursive: true }));
      return { client, epoch, speed, folder, employee };
    },
    /** How often the tenant has executed what one agreed to. */
    async executions({ reference }) {
      const query = "#get_remote_action_result_by_reference";
      return (await nexthink.nql.execute(query, { external_reference: reference })).rows.length;
    },
  };
}

/** Runs the chatbot until it ends or is killed. */
async function start(settings) {
  const child = spawn(process.execPath, [program, JSON.stringify(settings)], { stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    output += text;
  });
  const [code, signal] = await once(child, "close");
  const conversation = () => JSON.parse(readFileSync(join(settings.folder, "conversation.json"), "utf8"));
  return { code, signal, moments: output.trim().split("\n"), conversation };
}

/** What a repair has come to, without what is another's in another repair. */
function outcomeOf({ done, run }) {
  const { state, remoteActionId, rule, accepted, ran, changed, solved, endedAt, outputs, waiting } = run;
  const facts = { accepted, ran, changed: seen(changed, run.verification), solved };
  return { done, state, remoteActionId, rule, facts, hasEnded: Boolean(endedAt), outputs, waiting };
}

/**
 * What a run has changed, as far as the data tell. They are collected every hour of the tenant's time, which may come about
 * between the run's end and the look at it: then it is known that the finding is gone, and else what it waits for.
 */
function seen(changed, { verdict, awaits } = {}) {
  const isToCome = changed === "unknown" && awaits?.length === 1;
  return isToCome || (changed === true && verdict === "no-match") ? "as the data tell" : changed;
}

/** What the ledger says of a repair. */
async function ledgerOf({ client, folder }, { run }) {
  const key = `nexthink-chatbot:${client.instance}.${client.region}:run:${run.id}`;
  return JSON.parse(await fileStore(join(folder, "store")).get(key)).run;
}

/**
 * Between these two moments nobody can know whether the request has left: it is not sent again, and the run is unknown
 * until it is too late for it, in the tenant's time.
 */
const neverSent = ["remediate: putIfAbsent device", "remediate: POST /api/v1/act/execute"];

/** When nothing of a run can appear any more: its 60 minutes and a quarter of an hour. */
const muchLater = 76 * 60_000;

const options = { concurrency: seeds.length, timeout: 120_000 };

test("a repair ends the same whenever its process is killed", options, async (context) => {
  const tenants = await Promise.all(seeds.map((seed) => arrive(context, seed)));
  const settings = tenants[0].settings();
  const whole = await start(settings);
  assert.equal(whole.code, 0);
  const expected = outcomeOf(whole.conversation());
  assert.deepEqual([expected.state, expected.facts.solved, expected.hasEnded], ["succeeded", true, true]);
  assert.deepEqual(expected.facts, { accepted: true, ran: true, changed: "as the data tell", solved: true });
  assert.equal(await tenants[0].executions(whole.conversation().run), 1);
  const moments = [...new Set(whole.moments)];
  assert.deepEqual([...new Set(moments.map((moment) => moment.split(":")[0]))], expected.done);
  for (const moment of neverSent) assert.ok(moments.includes(moment), moment);
  context.diagnostic(`${moments.length} moments`);

  const waiting = [...moments];
  const takeTurns = async ({ settings: settingsOf, executions }) => {
    for (let moment = waiting.shift(); moment; moment = waiting.shift()) {
      await context.test(moment, () => killedAt(moment, settingsOf, executions));
    }
  };
  await Promise.all(tenants.map(takeTurns));

  async function killedAt(moment, settingsOf, executions) {
    // On a busy machine a run may end before it is looked at, and its repair never come to this moment: then another.
    let [own, tries] = [settingsOf(), 1];
    for (; (await start({ ...own, stopAt: moment })).signal !== "SIGKILL"; tries += 1) {
      assert.ok(tries < 3, "the repairs have ended without this moment");
      own = settingsOf();
    }
    if (neverSent.includes(moment)) return neverSentAt(own, executions);
    const { code, conversation } = await start(own);
    assert.equal(code, 0);
    assert.deepEqual(outcomeOf(conversation()), expected);
    assert.equal(await executions(conversation().run), 1);
    const { state, ran, endedAt } = await ledgerOf(own, conversation());
    assert.deepEqual([state, ran, endedAt], ["succeeded", true, conversation().run.endedAt]);
  }

  async function neverSentAt(own, executions) {
    // The next process finds the entry, sends nothing, and is killed while it waits.
    assert.equal((await start({ ...own, stopAt: "follow: POST /api/v2/nql/execute" })).signal, "SIGKILL");
    const { code, conversation } = await start({ ...own, laterMs: muchLater });
    assert.equal(code, 0);
    const { done, state, facts, hasEnded } = outcomeOf(conversation());
    assert.deepEqual([done, state, hasEnded], [expected.done, "unknown", true]);
    assert.deepEqual(facts, { accepted: "unknown", ran: "unknown", changed: "as the data tell", solved: true });
    assert.equal(await executions(conversation().run), 0);
  }
});
