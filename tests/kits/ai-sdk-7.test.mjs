// The Vercel AI SDK 7, which can also answer its own requests.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as ai from "ai-7";
import * as mocks from "ai-7/test";
import { forAiSdk } from "nexthink-chatbot/language-models";
import { openDesk, propose } from "../js/tools-desk.mjs";
import { modelOf, testAiSdk } from "./ai-sdk-conformance.mjs";

const kit = { ...ai, ...mocks };

testAiSdk("AI SDK 7", kit, "ai-7");

test("AI SDK 7: what a rule of the program approves was approved by nobody, and triggers nothing", async () => {
  const { call, tools, triggers } = openDesk({ approve: "by-kit" });
  const { proposalId } = await propose(call);
  const remediate = () => [{ name: "remediate", input: { proposalId } }];
  const model = modelOf(kit, [remediate, remediate], []);
  const messages = [{ role: "user", content: "repair it" }];
  const setting = {
    model,
    tools: forAiSdk(tools),
    toolApproval: { remediate: "approved" },
    stopWhen: ai.stepCountIs(5),
  };
  const { responseMessages, text } = await ai.generateText({ ...setting, messages });
  assert.equal(text, "Done.");
  const results = responseMessages.flatMap(({ content }) => content).filter(({ type }) => type === "tool-result");
  assert.deepEqual(
    results.map(({ output }) => output.value.error.kind),
    ["consent", "consent"],
  );
  assert.equal(triggers(), 0);
});
