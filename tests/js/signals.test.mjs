// What calls take as `signal`: all that wait refuse what is none, before anything is sent or anybody is asked.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient, createDirectory, NexthinkError, scan } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";
import { arrive, read } from "./scripted-tenant.mjs";
import { openDesk, propose, triggers } from "./tools-desk.mjs";

const noSignals = ["not a signal", 5, {}, true, false, new AbortController()];

async function ended(iterable) {
  for await (const _ of iterable);
}

/** Every call of a client that takes a signal, with what it needs before it. */
async function callsOf(nexthink) {
  const employee = { username: "amartin" };
  const [device] = await nexthink.identify(employee);
  const diagnosis = await nexthink.diagnose("outlook", device);
  const { token } = nexthink.propose(diagnosis, "offline", { employee });
  const run = await nexthink.remediate(token);
  const assistant = nexthink.assistant();
  const beginning = { employee, text: "my Outlook keeps crashing" };
  const { state } = await assistant.start(beginning);
  const { nql, remoteActions, workflows, campaigns, enrichment, spark } = nexthink;
  const enrichments = [{ identification: [], fields: [] }];
  return {
    identify: (options) => nexthink.identify(employee, options),
    findUser: (options) => nexthink.findUser(employee, options),
    diagnose: (options) => nexthink.diagnose("outlook", device, options),
    remediate: (options) => nexthink.remediate(token, {}, options),
    progress: (options) => nexthink.progress(run, options),
    follow: (options) => ended(nexthink.follow(run, options)),
    verify: (options) => nexthink.verify(run, options),
    request: (options) => nexthink.request({ method: "GET", path: "/api/v1/act/remote-action" }, options),
    doctor: (options) => nexthink.doctor({ employee }, options),
    webhook: (options) => nexthink.webhook({ headers: {}, body: "{}" }, { secret: "k".repeat(32) }, options),
    "nql.execute": (options) => nql.execute("#devices", {}, options),
    "nql.export": (options) => ended(nql.export("#devices", {}, options)),
    "remoteActions.list": (options) => remoteActions.list(options),
    "remoteActions.get": (options) => remoteActions.get("disk_cleanup", options),
    "remoteActions.execute": (options) =>
      remoteActions.execute({ remoteActionId: "disk_cleanup", devices: [device.collectorUid] }, options),
    "workflows.list": (options) => workflows.list({}, options),
    "workflows.get": (options) => workflows.get("#workflow", options),
    "workflows.execute": (options) =>
      workflows.execute({ workflowId: "#workflow", devices: [device.collectorUid] }, options),
    "workflows.trigger": (options) => workflows.trigger({ workflowUuid: "w", executionUuid: "e" }, options),
    "campaigns.trigger": (options) =>
      campaigns.trigger({ campaignNqlId: "#campaign", userSid: ["S-1"], expiresInMinutes: 5 }, options),
    "enrichment.write": (options) => enrichment.write({ domain: "test", enrichments }, options),
    "spark.handoff": (options) => spark.handoff({ userPrincipalName: "a@b.c", parts: [] }, options),
    "assistant.start": (options) => assistant.start(beginning, options),
    "assistant.reply": (options) => assistant.reply(state, { text: "yes" }, options),
    "assistant.resume": (options) => assistant.resume(state, options),
  };
}

async function refuses(call, name) {
  for (const signal of noSignals) {
    await assert.rejects(
      // Some throw at once, as those do that give an iterable.
      async () => call({ signal }),
      (error) => {
        assert.ok(NexthinkError.is(error), `${name} ended in ${error}`);
        const { kind, message, hint, sideEffect } = error;
        assert.deepEqual([kind, sideEffect], ["invalid", "none"], `${name}: ${message}`);
        assert.match(message, /`signal` is no `AbortSignal`/, name);
        assert.match(hint, /AbortController/, name);
        return true;
      },
      `${name} took ${String(signal)}`,
    );
  }
}

test("every call of a client refuses what is no signal, names it, and sends nothing", async () => {
  const tenant = createSimulator({ devices: 0, speed: Number.POSITIVE_INFINITY });
  const nexthink = createClient(tenant.client);
  const calls = await callsOf(nexthink);
  const before = tenant.requests.length;
  for (const [name, call] of Object.entries(calls)) await refuses(call, name);
  assert.equal(tenant.requests.length, before);
});

test("the calls above are all that wait", async () => {
  const nexthink = createClient(createSimulator({ devices: 0, speed: Number.POSITIVE_INFINITY }).client);
  const atOnce = ["constructor", "propose", "solved", "escalation", "tools", "assistant"];
  const own = Object.getOwnPropertyNames(Object.getPrototypeOf(nexthink)).filter((name) => !atOnce.includes(name));
  const parts = Object.entries({ ...nexthink, assistant: nexthink.assistant() });
  const all = [...own, ...parts.flatMap(([part, its]) => Object.keys(its).map((name) => `${part}.${name}`))];
  assert.deepEqual(Object.keys(await callsOf(nexthink)).sort(), all.sort());
});

test("what reads a file refuses it before the file is touched", async () => {
  const untouched = () => ({
    [Symbol.asyncIterator]: () => assert.fail("the file was opened"),
  });
  await refuses((options) => scan(untouched(), "slow-pc", options), "scan");
  await refuses((options) => createDirectory(untouched(), options), "createDirectory");
});

test("a tool answers so, and asks nobody for consent", async () => {
  const { tenant, tools, asked, call } = openDesk();
  const { proposalId } = await propose(call);
  const inputs = { remediate: { proposalId }, check_progress: { runId: proposalId } };
  for (const { name } of tools) {
    for (const signal of noSignals) {
      const { error } = await call(name, inputs[name] ?? { playbook: "outlook", rule: "offline" }, { signal });
      assert.equal(error?.kind, "invalid", name);
      assert.match(error.message, /`signal` is no `AbortSignal`/, name);
    }
  }
  assert.deepEqual([asked.length, triggers(tenant)], [0, 0]);
});

test("no signal at all is none", async () => {
  const { nexthink, requests } = arrive();
  for (const signal of [undefined, null]) assert.ok(await read(nexthink, { signal }));
  assert.equal(requests.length, 2);
});

test("options that are null are none, as those of other calls", async () => {
  const nexthink = createClient(createSimulator({ devices: 0, speed: Number.POSITIVE_INFINITY }).client);
  const employee = { username: "amartin" };
  const csv = "device.name,free_space\nfull,5\n";
  for await (const { row } of scan(csv, "slow-pc", null)) assert.equal(row["device.name"], "full");
  const turn = await nexthink.assistant(null).start({ employee }, null);
  assert.ok(turn.messages.length > 0);
  assert.equal((await nexthink.identify(employee, null)).length, 1);
});

test("a turn refuses a trace that is none, and tells the employee of no trouble", async () => {
  const nexthink = createClient(createSimulator({ devices: 0, speed: Number.POSITIVE_INFINITY }).client);
  const beginning = { employee: { username: "amartin" }, text: "my Outlook keeps crashing" };
  const wrong = nexthink.assistant().start(beginning, { traceparent: 5 });
  await assert.rejects(wrong, { kind: "invalid", message: /`traceparent` is not a text/ });
});
