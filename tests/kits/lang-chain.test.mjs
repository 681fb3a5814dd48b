// LangChain's agent with its fake model, and LangGraph's interrupt.

import assert from "node:assert/strict";
import { test } from "node:test";
import { AIMessage, HumanMessage } from "@langchain/core/messages";
import { fakeModel } from "@langchain/core/testing";
import { tool } from "@langchain/core/tools";
import { convertToOpenAITool } from "@langchain/core/utils/function_calling";
import { Command, interrupt, MemorySaver, MessagesAnnotation, START, StateGraph } from "@langchain/langgraph";
import { ToolNode } from "@langchain/langgraph/prebuilt";
import { createAgent } from "langchain";
import { forLangChain } from "nexthink-chatbot/language-models";
import { openDesk, propose } from "../js/tools-desk.mjs";
import { testKit } from "./kit-conformance.mjs";
import { nextCalls } from "./scripted-model.mjs";

function historyOf(messages) {
  const turns = [];
  for (const message of messages) {
    if (message.getType() === "ai" && message.tool_calls?.length > 0) turns.push([]);
    if (message.getType() === "tool") turns.at(-1).push(valueIn(message.content));
  }
  return turns;
}

function valueIn(text) {
  try {
    return JSON.parse(text);
  } catch {
    return { text };
  }
}

/** Leads a conversation; `answer` gives what an interrupt is resumed with. */
async function lead({ tools: offered, script, answer }) {
  const seen = [];
  const tools = forLangChain(offered, { interrupt }).map(([run, fields]) => tool(run, fields));
  const described = JSON.stringify(tools.map(convertToOpenAITool));
  const model = fakeModel();
  for (let turn = 0; turn < 20; turn++) {
    model.respond((messages) => {
      seen.push(described + JSON.stringify(messages));
      const calls = nextCalls(script, historyOf(messages));
      const tool_calls = calls.map(({ name, input }, index) => {
        return { type: "tool_call", id: `call-${turn}-${index}`, name, args: input };
      });
      return new AIMessage({ content: calls.length > 0 ? "" : "Done.", tool_calls });
    });
  }
  const agent = createAgent({ model, tools, checkpointer: new MemorySaver() });
  const config = { configurable: { thread_id: "1" }, recursionLimit: 100 };
  let result = await agent.invoke({ messages: [new HumanMessage("My Outlook is offline")] }, config);
  while (result.__interrupt__?.length > 0) {
    const resume = Object.fromEntries(result.__interrupt__.map(({ id, value }) => [id, answer(value)]));
    result = await agent.invoke(new Command({ resume }), config);
  }
  return { seen, answers: historyOf(result.messages).flat() };
}

function converse({ tools, script, decide }) {
  const answer = ({ proposal }) => ({ decisions: [{ type: decide(proposal) ? "approve" : "reject" }] });
  return lead({ tools, script, answer });
}

testKit("LangChain", converse);

test("LangChain: an interrupt has the form of the middleware for human-in-the-loop", async () => {
  const { call, tools } = openDesk({ approve: "by-kit" });
  const { proposalId } = await propose(call);
  const values = [];
  const answer = (value) => {
    values.push(value);
    return { decisions: [{ type: "reject" }] };
  };
  await lead({ tools, script: [() => [{ name: "remediate", input: { proposalId } }]], answer });
  const [{ actionRequests, reviewConfigs }] = values;
  assert.deepEqual(actionRequests, [
    { name: "remediate", args: { proposalId }, description: "Set Outlook online (safe)" },
  ]);
  assert.deepEqual(reviewConfigs, [{ actionName: "remediate", allowedDecisions: ["approve", "reject"] }]);
});

test("LangChain: whatever else a graph is resumed with is no yes", async () => {
  const approve = { type: "approve" };
  const answers = [true, "approve", null, {}, approve, [approve], { decisions: [] }, { decisions: approve }];
  const more = [{ decisions: [approve, approve] }, { decisions: [{ type: "edit" }] }, { decisions: [null] }];
  for (const given of [...answers, ...more]) {
    const { call, tools, triggers } = openDesk({ approve: "by-kit" });
    const { proposalId } = await propose(call);
    const script = [() => [{ name: "remediate", input: { proposalId } }]];
    const { answers: told } = await lead({ tools, script, answer: () => given });
    assert.deepEqual([told[0].error.kind, triggers()], ["consent", 0], JSON.stringify(given));
  }
});

test("LangChain: in a node that makes the calls of a turn together, each answer is for the call that asked", async () => {
  const { tenant, call, tools: offered, triggers } = openDesk({ approve: "by-kit", username: "khuber" });
  const proposals = [await propose(call, "slow-pc", "startup-load")];
  proposals.push(await propose(call, "outlook", "repair-data-file"));
  const tool_calls = proposals.map(({ proposalId }, index) => {
    return { type: "tool_call", id: `call-${index}`, name: "remediate", args: { proposalId } };
  });
  // Adapted anew for each request, as a host may do it.
  const graph = (checkpointer) =>
    new StateGraph(MessagesAnnotation)
      .addNode("model", () => ({ messages: [new AIMessage({ content: "", tool_calls })] }))
      .addNode("tools", new ToolNode(forLangChain(offered, { interrupt }).map(([run, fields]) => tool(run, fields))))
      .addEdge(START, "model")
      .addEdge("model", "tools")
      .compile({ checkpointer });
  const checkpointer = new MemorySaver();
  const config = { configurable: { thread_id: "1" } };
  let result = await graph(checkpointer).invoke({ messages: [] }, config);
  const asked = [];
  for (const type of ["approve", "reject"]) {
    const [{ value }] = result.__interrupt__;
    asked.push(value.proposal.id);
    result = await graph(checkpointer).invoke(new Command({ resume: { decisions: [{ type }] } }), config);
    // The device is free for another remote action.
    tenant.advance(5 * 60_000);
  }
  const answers = result.messages.slice(1).map(({ content }) => JSON.parse(content));
  assert.deepEqual(
    asked,
    proposals.map(({ proposalId }) => proposalId),
  );
  assert.deepEqual([answers[0].runId, answers[1].error.kind, triggers()], [asked[0], "consent", 1]);
});

test("LangChain: without `interrupt` the kit cannot ask, and the tools are refused", () => {
  const { nexthink, tools } = openDesk({ approve: "by-kit" });
  assert.throws(() => forLangChain(tools), { kind: "invalid", message: /`interrupt`/ });
  assert.equal(forLangChain(nexthink.tools({ employee: { username: "amartin" }, approve: () => true })).length, 6);
});
