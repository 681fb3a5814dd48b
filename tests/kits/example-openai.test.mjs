// js-examples/openai: with its script, and with OpenAI's own client before a server on this machine.

import assert from "node:assert/strict";
import { test } from "node:test";
import { sitBefore } from "../js/terminal-person.mjs";
import { tenantOverHttp } from "../mcp/tenant-over-http.mjs";
import { testExample } from "./example-conformance.mjs";
import { serveModel } from "./open-ai-server.mjs";
import { recklessScript, repairScript } from "./scripted-model.mjs";

testExample("openai");

const program = new URL("../../js-examples/openai/main.mjs", import.meta.url);

/** The chat with a server in the place of OpenAI's. */
async function chatWith(context, script) {
  const { variables, triggers } = await tenantOverHttp(context);
  const { baseURL, seen, close } = await serveModel(script);
  context.after(close);
  const person = sitBefore(context, program, { ...variables, OPENAI_API_KEY: "sk-none", OPENAI_BASE_URL: baseURL });
  await person.reads(/^You: /m);
  person.types("my Outlook is offline");
  return { person, seen, triggers };
}

test("openai: with a key, a model is asked, and told of no employee and no token", async (context) => {
  const { person, seen, triggers } = await chatWith(context, repairScript({}).slice(0, 4));
  await person.reads(/May I run “Set Outlook online” on AMARTIN-LT\?.*\(yes\/no\) /);
  person.types("yes");
  assert.match(await person.reads(/^You: /m), /Assistant: Done\./);
  assert.equal(triggers(), 1);
  const told = seen.map((text) => JSON.parse(text));
  assert.ok(told.length === 5 && told.every(({ model, store }) => model === "gpt-5" && store === false));
  assert.doesNotMatch(seen.join(""), /"(?:token|proof|username)\\?"/);
  assert.doesNotMatch(person.output(), /is not set/);
});

test("openai: a model that makes up proposals asks nobody and triggers nothing", async (context) => {
  const { person, triggers } = await chatWith(context, recklessScript);
  assert.doesNotMatch(await person.reads(/^You: /m), /May I run/);
  assert.equal(triggers(), 0);
});

test("openai: a model that goes round in circles is stopped, and one that fails is told of", async (context) => {
  const circle = Array.from({ length: 40 }, () => () => [{ name: "identify_devices", input: {} }]);
  const { person } = await chatWith(context, circle);
  assert.match(await person.reads(/^You: /m), /Assistant: I am going round in circles\./);
  const broken = sitBefore(context, program, { OPENAI_API_KEY: "sk-none", OPENAI_BASE_URL: "http://127.0.0.1:9" });
  await broken.reads(/^You: /m);
  broken.types("hello");
  assert.match(await broken.reads(/^You: /m), /Assistant: I cannot answer now \(/);
});
