// OpenAI's Agents SDK, with its runner and its interruptions, against a server on this machine.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Agent, OpenAIResponsesModel, Runner, tool, Usage } from "@openai/agents";
import { forOpenAiAgents } from "nexthink-chatbot/language-models";
import OpenAI from "openai";
import { openDesk, propose, toolNamed } from "../js/tools-desk.mjs";
import { testKit } from "./kit-conformance.mjs";
import { serveModel } from "./open-ai-server.mjs";

const runner = new Runner({ tracingDisabled: true });

/** Leads a conversation; `decide` says how an interruption is answered, in the SDK's own way where it is a function of it. */
async function lead({ tools: offered, script, answer }) {
  const { baseURL, seen, close } = await serveModel(script);
  try {
    const client = new OpenAI({ baseURL, apiKey: "none", maxRetries: 0 });
    const tools = forOpenAiAgents(offered).map((options) => tool(options));
    const agent = new Agent({ name: "Desk", model: new OpenAIResponsesModel(client, "scripted"), tools });
    let result = await runner.run(agent, "My Outlook is offline", { maxTurns: 20 });
    while (result.interruptions.length > 0) {
      for (const interruption of result.interruptions) await answer(result.state, interruption);
      result = await runner.run(agent, result.state, { maxTurns: 20 });
    }
    const outputs = result.newItems.filter(({ type }) => type === "tool_call_output_item").map(({ output }) => output);
    return { seen, answers: outputs };
  } finally {
    await close();
  }
}

function converse({ tools, script, decide }) {
  const answer = (state, interruption) => {
    const { approval } = toolNamed(tools, interruption.name);
    if (decide(approval.of(JSON.parse(interruption.arguments)))) state.approve(interruption);
    else state.reject(interruption);
  };
  return lead({ tools, script, answer });
}

testKit("OpenAI Agents", converse);

test("OpenAI Agents: an approval of all calls is no consent, and triggers nothing", async () => {
  const { call, tools, triggers } = openDesk({ approve: "by-kit" });
  const { proposalId } = await propose(call);
  const script = [() => [{ name: "remediate", input: { proposalId } }]];
  const answer = (state, interruption) => state.approve(interruption, { alwaysApprove: true });
  const { answers } = await lead({ tools, script, answer });
  assert.deepEqual([answers[0].error.kind, triggers()], ["consent", 0]);
});

test("OpenAI Agents: calls of one proposal in one turn are each asked for, and trigger once", async () => {
  const { call, tools, triggers } = openDesk({ approve: "by-kit" });
  const { proposalId } = await propose(call);
  const remediate = { name: "remediate", input: { proposalId } };
  const { answers } = await converse({ tools, script: [() => [remediate, remediate]], decide: () => true });
  assert.deepEqual(
    answers.map(({ runId }) => runId),
    [proposalId, proposalId],
  );
  assert.equal(triggers(), 1);
});

test("OpenAI Agents: a state that was kept as text and approved later triggers", async () => {
  const { call, tools, triggers } = openDesk({ approve: "by-kit" });
  const { proposalId } = await propose(call);
  const script = [() => [{ name: "remediate", input: { proposalId } }]];
  let kept = "";
  const answer = (state, interruption) => {
    state.approve(interruption);
    kept = state.toString();
  };
  const { answers } = await lead({ tools, script, answer });
  assert.ok(kept.includes("remediate"));
  assert.deepEqual([answers[0].runId, triggers()], [proposalId, 1]);
});

/** Calls of two proposals that a model gives the same ID, as those do that number their calls anew in each turn. */
async function underOneId(turnsOf, answer) {
  const { tenant, call, tools, triggers } = openDesk({ approve: "by-kit", username: "khuber" });
  const first = await propose(call, "slow-pc", "startup-load");
  const second = await propose(call, "outlook", "repair-data-file");
  const calls = [first, second].map(({ proposalId }) => ({
    type: "function_call",
    callId: "functions.remediate:0",
    name: "remediate",
    arguments: JSON.stringify({ proposalId }),
    status: "completed",
  }));
  const turns = turnsOf(calls);
  const farewell = { type: "message", role: "assistant", status: "completed" };
  const model = {
    async getResponse() {
      // The device is free for another remote action.
      tenant.advance(5 * 60_000);
      const output = turns.shift() ?? [{ ...farewell, content: [{ type: "output_text", text: "Done." }] }];
      return { usage: new Usage(), output };
    },
  };
  const agent = new Agent({ name: "Desk", model, tools: forOpenAiAgents(tools).map((options) => tool(options)) });
  const asked = [];
  let result = await runner.run(agent, "repair both");
  while (result.interruptions.length > 0) {
    for (const interruption of result.interruptions) {
      asked.push(JSON.parse(interruption.arguments).proposalId);
      answer(result.state, interruption, asked.length);
    }
    result = await runner.run(agent, result.state);
  }
  const outputs = result.newItems.filter(({ type }) => type === "tool_call_output_item").map(({ output }) => output);
  return { asked, first, outputs, triggers: triggers() };
}

test("OpenAI Agents: a yes to one call is none to the next one of the same ID", async () => {
  const turnsOf = ([one, other]) => [[one], [other]];
  const { asked, first, outputs, triggers } = await underOneId(turnsOf, (state, call) => state.approve(call));
  assert.deepEqual([asked, triggers], [[first.proposalId], 1]);
  assert.deepEqual([outputs[0].runId, outputs[1].error.kind], [first.proposalId, "consent"]);
});

test("OpenAI Agents: where two calls of a turn have the same ID, a yes to one of them triggers neither", async () => {
  const { triggers } = await underOneId(
    (calls) => [calls],
    (state, call, count) => (count === 1 ? state.approve(call) : state.reject(call)),
  );
  assert.equal(triggers, 0);
});
