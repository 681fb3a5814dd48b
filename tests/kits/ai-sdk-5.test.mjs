// The Vercel AI SDK 5, which has no tool approval: the host's own works, and with the kit's nothing can be triggered.

import assert from "node:assert/strict";
import { test } from "node:test";
import { generateText, stepCountIs } from "ai-5";
import { MockLanguageModelV2 } from "ai-5/test";
import { forAiSdk } from "nexthink-chatbot/language-models";
import { openDesk } from "../js/tools-desk.mjs";
import { testKit } from "./kit-conformance.mjs";
import { nextCalls, repairScript } from "./scripted-model.mjs";

function historyOf(prompt) {
  const turns = [];
  for (const { role, content } of prompt) {
    if (role === "assistant" && content.some(({ type }) => type === "tool-call")) turns.push([]);
    if (role === "tool") turns.at(-1).push(...content.map(({ output }) => output.value));
  }
  return turns;
}

const usage = { inputTokens: 1, outputTokens: 1, totalTokens: 2 };

async function converse({ tools, script }) {
  const seen = [];
  let count = 0;
  const model = new MockLanguageModelV2({
    doGenerate: async ({ prompt, tools: described }) => {
      seen.push(JSON.stringify({ prompt, described }));
      const calls = nextCalls(script, historyOf(prompt));
      const content = calls.map(({ name, input }) => {
        return { type: "tool-call", toolCallId: `call-${++count}`, toolName: name, input: JSON.stringify(input) };
      });
      if (calls.length === 0) content.push({ type: "text", text: "Done." });
      return { content, finishReason: calls.length > 0 ? "tool-calls" : "stop", usage, warnings: [] };
    },
  });
  const prompt = "My Outlook is offline";
  const { response } = await generateText({ model, prompt, tools: forAiSdk(tools), stopWhen: stepCountIs(20) });
  return { seen, answers: historyOf(response.messages).flat() };
}

testKit("AI SDK 5", converse, { kitAsks: false });

test("AI SDK 5: with approval by the kit nothing is triggered, since it asks nobody", async () => {
  const { tenant, tools, triggers } = openDesk({ approve: "by-kit" });
  const { answers } = await converse({ tools, script: repairScript(tenant).slice(0, 4) });
  assert.deepEqual([answers.at(-1).error.kind, triggers()], ["consent", 0]);
});
