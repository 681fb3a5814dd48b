// OpenAI's Responses API by its own client, against a server on this machine.

import assert from "node:assert/strict";
import { test } from "node:test";
import { forOpenAiResponses } from "nexthink-chatbot/language-models";
import OpenAI from "openai";
import { openDesk, propose } from "../js/tools-desk.mjs";
import { testKit } from "./kit-conformance.mjs";
import { historyOf, serveModel } from "./open-ai-server.mjs";

async function converse({ tools: offered, script, decide }) {
  const { baseURL, seen, close } = await serveModel(script);
  try {
    const client = new OpenAI({ baseURL, apiKey: "none", maxRetries: 0 });
    const { tools, approvalOf, run } = forOpenAiResponses(offered);
    const input = [{ role: "user", content: "My Outlook is offline" }];
    for (;;) {
      const { output } = await client.responses.create({ model: "scripted", input, tools });
      input.push(...output);
      const calls = output.filter(({ type }) => type === "function_call");
      if (calls.length === 0) return { seen, answers: historyOf(input).flat() };
      for (const call of calls) {
        const isKits = offered.some(({ approval }) => approval?.by === "kit");
        const proposal = isKits ? approvalOf(call) : undefined;
        input.push(await run(call, proposal && { approved: decide(proposal) }));
      }
    }
  } finally {
    await close();
  }
}

testKit("OpenAI Responses", converse);

test("OpenAI Responses: arguments that are no JSON, and functions that there are not, are answered as data", async () => {
  const { tools, triggers } = openDesk({ approve: "by-kit" });
  const { run, approvalOf } = forOpenAiResponses(tools);
  const calls = [
    [{ name: "remediate", arguments: '{"proposalId":', call_id: "1" }, "invalid", /JSON object/],
    [{ name: "remediate", arguments: "[]", call_id: "2" }, "invalid", /give an object/],
    [{ name: "execute_anything", arguments: "{}", call_id: "3" }, "invalid", /call one of identify_devices/],
  ];
  for (const [call, kind, hint] of calls) {
    assert.equal(approvalOf(call), undefined);
    const { type, call_id, output } = await run(call, { approved: true });
    const { error } = JSON.parse(output);
    assert.deepEqual([type, call_id, error.kind], ["function_call_output", call.call_id, kind]);
    assert.match(error.hint, hint);
  }
  const { output } = await run({ name: "identify_devices", arguments: "", call_id: "4" });
  assert.deepEqual(JSON.parse(output).deviceIds, ["device-1"]);
  assert.equal(triggers(), 0);
});

test("OpenAI Responses: a yes among the arguments is the model's own and counts for nothing", async () => {
  const { call, tools, triggers } = openDesk({ approve: "by-kit" });
  const { proposalId } = await propose(call);
  const { run } = forOpenAiResponses(tools);
  const given = { name: "remediate", arguments: JSON.stringify({ proposalId, approved: true }), call_id: "1" };
  const { error } = JSON.parse((await run({ ...given, approved: true })).output);
  assert.deepEqual([error.kind, triggers()], ["invalid", 0]);
});
