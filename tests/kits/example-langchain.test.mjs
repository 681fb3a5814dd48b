// js-examples/langchain: with its script, and its turns with LangChain's own fake model.

import assert from "node:assert/strict";
import { test } from "node:test";
import { AIMessage } from "@langchain/core/messages";
import { fakeModel } from "@langchain/core/testing";
import { beginChat } from "../../js-examples/langchain/chat.mjs";
import { sitBefore } from "../js/terminal-person.mjs";
import { openDesk, propose } from "../js/tools-desk.mjs";
import { testExample } from "./example-conformance.mjs";

testExample("langchain");

/** A model that calls for a proposal's repair, and then for nothing more. */
function callingFor(proposalId) {
  const tool_calls = [{ type: "tool_call", id: "call-1", name: "remediate", args: { proposalId } }];
  return fakeModel()
    .respond(() => new AIMessage({ content: "", tool_calls }))
    .respond(() => new AIMessage("Done."));
}

for (const answer of [true, false]) {
  test(`langchain: what the person answers is what the graph goes on with: ${answer}`, async () => {
    const { call, tools, triggers } = openDesk({ approve: "by-kit" });
    const { proposalId } = await propose(call);
    const asked = [];
    const ask = async ({ title }) => {
      asked.push(title);
      return answer;
    };
    assert.equal(await beginChat({ model: callingFor(proposalId), tools, ask })("repair it"), "Done.");
    assert.deepEqual([asked, triggers()], [["Set Outlook online"], answer ? 1 : 0]);
  });
}

test("langchain: a model that makes up a proposal asks nobody and triggers nothing", async () => {
  const { tools, triggers } = openDesk({ approve: "by-kit" });
  const ask = () => assert.fail("somebody was asked");
  assert.equal(await beginChat({ model: callingFor("p-000000000000000000000000"), tools, ask })("repair it"), "Done.");
  assert.equal(triggers(), 0);
});

test("langchain: a provider whose package is missing is named, with what to install", async (context) => {
  const program = new URL("../../js-examples/langchain/main.mjs", import.meta.url);
  const person = sitBefore(context, program, { AI_MODEL: "mistralai:large", MISTRAL_API_KEY: "none" });
  await person.reads(/@langchain\/mistralai/);
  assert.notEqual(await person.ended(), 0);
});
