// js-examples/ai-sdk: with its script, and its turns with a scripted model of the kit's own.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as mocks from "ai/test";
import { beginChat } from "../../js-examples/ai-sdk/chat.mjs";
import { openDesk } from "../js/tools-desk.mjs";
import { modelOf } from "./ai-sdk-conformance.mjs";
import { testExample } from "./example-conformance.mjs";
import { recklessScript, repairScript } from "./scripted-model.mjs";

testExample("ai-sdk");

/** A chat with a scripted model, and a person who answers everything alike. */
function chatWith(scriptOf, answer) {
  const { tenant, tools, triggers } = openDesk({ approve: "by-kit" });
  const [asked, seen] = [[], []];
  const ask = async (proposal) => {
    asked.push(proposal.title);
    return answer;
  };
  return { say: beginChat({ model: modelOf(mocks, scriptOf(tenant), seen), tools, ask }), asked, seen, triggers };
}

test("ai-sdk: one turn goes from the complaint to the verified repair, with one question", async () => {
  const { say, asked, seen, triggers } = chatWith(repairScript, true);
  assert.equal(await say("My Outlook is offline"), "Done.");
  assert.deepEqual([asked, triggers()], [["Set Outlook online"], 1]);
  assert.doesNotMatch(seen.join(""), /"(?:token|proof|username)\\?"/);
});

test("ai-sdk: a model that makes up proposals asks nobody and triggers nothing", async () => {
  const { say, asked, triggers } = chatWith(() => recklessScript, true);
  assert.equal(await say("My Outlook is offline"), "Done.");
  assert.deepEqual([asked, triggers()], [[], 0]);
});

test("ai-sdk: a model that goes round in circles is stopped", async () => {
  const { say } = chatWith(
    () => Array.from({ length: 40 }, () => () => [{ name: "identify_devices", input: {} }]),
    true,
  );
  assert.match(await say("My Outlook is offline"), /^I am going round in circles\./);
});
