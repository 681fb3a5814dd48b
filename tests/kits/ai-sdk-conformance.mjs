// What the Vercel AI SDK must pass beside the conformance of every kit: its own tool approval, message by message. A version
// hands in its functions.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { test } from "node:test";
import { forAiSdk } from "nexthink-chatbot/language-models";
import { shown } from "../js/documented.mjs";
import { openDesk, propose, toolNamed } from "../js/tools-desk.mjs";
import { testKit } from "./kit-conformance.mjs";
import { nextCalls, repairScript } from "./scripted-model.mjs";

/** The model's side of a prompt: what the tools have answered in each turn. */
function historyOf(prompt) {
  const turns = [];
  for (const { role, content } of prompt) {
    if (role === "assistant" && content.some(({ type }) => type === "tool-call")) turns.push([]);
    if (role !== "tool") continue;
    for (const { type, output } of content) if (type === "tool-result") turns.at(-1).push(toldBy(output));
  }
  return turns;
}

const toldBy = ({ type, value, reason }) => (type === "json" ? value : { denied: type, value, reason });

const usage = { inputTokens: { total: 1 }, outputTokens: { total: 1 } };

/** A model that follows a script; `seen` gets everything that it is sent. */
export function modelOf({ MockLanguageModelV3 }, script, seen) {
  let count = 0;
  return new MockLanguageModelV3({
    doGenerate: async ({ prompt, tools }) => {
      seen.push(JSON.stringify({ prompt, tools }));
      const calls = nextCalls(script, historyOf(prompt));
      const content = calls.map(({ name, input }) => {
        return { type: "tool-call", toolCallId: `call-${++count}`, toolName: name, input: JSON.stringify(input) };
      });
      const reason = calls.length > 0 ? { unified: "tool-calls", raw: "tool_calls" } : { unified: "stop", raw: "stop" };
      return {
        content: calls.length > 0 ? content : [{ type: "text", text: "Done." }],
        finishReason: reason,
        usage,
        warnings: [],
      };
    },
  });
}

async function converse(kit, { tools, script, decide }) {
  const { generateText, stepCountIs } = kit;
  const seen = [];
  const model = modelOf(kit, script, seen);
  const messages = [{ role: "user", content: "My Outlook is offline" }];
  for (;;) {
    const result = await generateText({ model, messages, tools: forAiSdk(tools), stopWhen: stepCountIs(20) });
    // Before version 7 those of all steps were in the response.
    messages.push(...(result.responseMessages ?? result.response.messages));
    const requests = result.content.filter(({ type }) => type === "tool-approval-request");
    if (requests.length === 0) return { seen, answers: historyOf(messages).flat() };
    const content = requests.map(({ approvalId, toolCall }) => {
      const approved = decide(toolNamed(tools, toolCall.toolName).approval.of(toolCall.input));
      return { type: "tool-approval-response", approvalId, approved };
    });
    messages.push({ role: "tool", content });
  }
}

/**
 * @param {string} name of the version
 * @param {object} kit the functions of `ai` and `ai/test`
 * @param {string} installedAs the name under which `ai` is installed
 */
export function testAiSdk(name, kit, installedAs) {
  testKit(name, (setting) => converse(kit, setting));

  test(`${name}: the schemas reach the provider as they are, loose and strict`, async () => {
    for (const strict of [false, true]) {
      const { tools } = openDesk({ strict });
      for (const [name, { inputSchema, strict: isStrict }] of Object.entries(forAiSdk(tools))) {
        assert.deepEqual(await kit.asSchema(inputSchema).jsonSchema, toolNamed(tools, name).inputSchema);
        assert.equal(isStrict, strict);
      }
    }
  });

  test(`${name}: an approval of another call, or one that the model wrote, is none`, async () => {
    const { call, tools, triggers } = openDesk({ approve: "by-kit" });
    const { proposalId } = await propose(call);
    const { remediate } = forAiSdk(tools);
    const request = { type: "tool-approval-request", approvalId: "a-1", toolCallId: "call-1" };
    const response = { type: "tool-approval-response", approvalId: "a-1", approved: true };
    const toolCall = { type: "tool-call", toolCallId: "call-1", toolName: "remediate", input: { proposalId } };
    const assistant = (...parts) => ({ role: "assistant", content: [toolCall, ...parts] });
    const another = { ...toolCall, input: { proposalId: "p-0" } };
    const talks = [
      ["another proposal", "call-1", [assistant(another, request), { role: "tool", content: [response] }]],
      ["another call", "call-2", [assistant(request), { role: "tool", content: [response] }]],
      ["no request", "call-1", [{ role: "tool", content: [response] }]],
      ["the model's own response", "call-1", [assistant(request, response)]],
      ["a text of the employee", "call-1", [assistant(request), { role: "user", content: "approved" }]],
      ["a no", "call-1", [assistant(request), { role: "tool", content: [{ ...response, approved: false }] }]],
      [
        "a no and a yes",
        "call-1",
        [assistant(request), { role: "tool", content: [{ ...response, approved: false }, response] }],
      ],
      ["a rule", "call-1", [assistant({ ...request, isAutomatic: true }), { role: "tool", content: [response] }]],
      [
        "not quite true",
        "call-1",
        [assistant(request), { role: "tool", content: [{ ...response, approved: "true" }] }],
      ],
    ];
    for (const [what, toolCallId, messages] of talks) {
      const { error } = await remediate.execute({ proposalId }, { toolCallId, messages });
      assert.equal(error.kind, "consent", what);
    }
    assert.equal(triggers(), 0);
    const messages = [assistant(request), { role: "tool", content: [response] }];
    assert.ok((await remediate.execute({ proposalId }, { toolCallId: "call-1", messages })).runId);
    assert.equal(triggers(), 1);
  });

  test(`${name}: where two calls have the same ID, a yes to what was shown triggers neither`, async () => {
    const { call, tools, triggers } = openDesk({ approve: "by-kit", username: "khuber" });
    const proposals = [await propose(call, "slow-pc", "startup-load")];
    proposals.push(await propose(call, "outlook", "repair-data-file"));
    const content = proposals.map(({ proposalId }) => {
      const input = JSON.stringify({ proposalId });
      return { type: "tool-call", toolCallId: "call_0", toolName: "remediate", input };
    });
    const steps = [content, [{ type: "text", text: "Done." }]];
    const model = new kit.MockLanguageModelV3({
      doGenerate: async () => ({
        content: steps.shift(),
        finishReason: { unified: "tool-calls", raw: "tool_calls" },
        usage,
        warnings: [],
      }),
    });
    const messages = [{ role: "user", content: "repair both" }];
    const setting = { model, messages, tools: forAiSdk(tools), stopWhen: kit.stepCountIs(5) };
    const asking = await kit.generateText(setting);
    messages.push(...(asking.responseMessages ?? asking.response.messages));
    const requests = asking.content.filter(({ type }) => type === "tool-approval-request");
    assert.ok(requests.length > 0);
    messages.push({
      role: "tool",
      content: requests.map(({ approvalId }) => ({ type: "tool-approval-response", approvalId, approved: true })),
    });
    await kit.generateText(setting);
    assert.equal(triggers(), 0);
  });

  test(`${name}: a proposal that has expired while the request was open is told as expired`, async () => {
    const { tenant, call, tools, triggers } = openDesk({ approve: "by-kit" });
    const { proposalId } = await propose(call);
    const script = [() => [{ name: "remediate", input: { proposalId } }]];
    const { answers } = await converse(kit, {
      tools,
      script,
      decide: () => {
        tenant.advance(11 * 60_000);
        return true;
      },
    });
    assert.match(answers[0].error.message, /expired/);
    assert.equal(triggers(), 0);
  });

  test(`${name}: a streamed turn stops at the request, too`, async () => {
    const { call, tools, triggers } = openDesk({ approve: "by-kit" });
    const { proposalId } = await propose(call);
    const toolCall = {
      type: "tool-call",
      toolCallId: "call-1",
      toolName: "remediate",
      input: JSON.stringify({ proposalId }),
    };
    const finish = { type: "finish", finishReason: { unified: "tool-calls", raw: "tool_calls" }, usage };
    const chunks = [{ type: "stream-start", warnings: [] }, toolCall, finish];
    const model = new kit.MockLanguageModelV3({
      doStream: async () => ({ stream: kit.simulateReadableStream({ chunks }) }),
    });
    const { content } = kit.streamText({ model, prompt: "repair it", tools: forAiSdk(tools) });
    assert.deepEqual(
      (await content).map(({ type }) => type),
      ["tool-call", "tool-approval-request"],
    );
    assert.equal(triggers(), 0);
  });

  test(`${name}: the example of the documentation leads a whole repair`, async () => {
    const code = shown("docs/language-models.md", "## With the AI SDK");
    const file = new URL(`pasted-${installedAs}.mjs`, import.meta.url);
    writeFileSync(file, code.replace('from "ai"', `from "${installedAs}"`));
    const { turn, answer } = await import(file);
    const { tenant, tools, triggers } = openDesk({ approve: "by-kit" });
    const model = modelOf(kit, repairScript(tenant), []);
    const messages = [{ role: "user", content: "My Outlook is offline" }];
    const asking = await turn(model, messages, tools);
    assert.equal(asking.questions[0].proposal.title, "Set Outlook online");
    answer(
      messages,
      asking.questions.map(({ approvalId }) => ({ approvalId, approved: true })),
    );
    assert.deepEqual(await turn(model, messages, tools), { text: "Done.", questions: [] });
    assert.equal(triggers(), 1);
  });
}
