// The action in an integration of Botpress's own kit.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { createClient } from "nexthink-chatbot";
import { botpressAction, converse, fromBotpress, toBotpress } from "nexthink-chatbot/low-code";
import { createSimulator } from "nexthink-chatbot/simulator";

const require = createRequire(join(process.env.CHECKOUT, "tests", "low-code", "package.json"));
const { Integration, IntegrationDefinition, z } = require("@botpress/sdk");

test("Botpress takes the definition, and its schemas take what goes in and out", () => {
  const action = botpressAction(z);
  const definition = new IntegrationDefinition({
    name: "acme/nexthink",
    version: "1.0.0",
    actions: { converse: action },
  });
  assert.equal(definition.actions.converse, action);
  const { input, output } = action;
  assert.deepEqual(input.schema.parse({ text: "hi", username: "amartin" }), { text: "hi", username: "amartin" });
  assert.throws(() => input.schema.parse({ text: 7 }));
  const turn = {
    messages: [{ text: "Hi.", choices: [{ id: "1.a", label: "A" }] }],
    state: {},
    status: "choosing-device",
  };
  assert.deepEqual(output.schema.parse(toBotpress(turn)), toBotpress(turn));
  assert.throws(() => output.schema.parse({}));
});

test("Botpress calls the action", async () => {
  const assistant = createClient(createSimulator({ devices: 0, speed: Number.POSITIVE_INFINITY }).client).assistant();
  const integration = new Integration({
    register: async () => {},
    unregister: async () => {},
    handler: async () => {},
    channels: {},
    actions: { converse: async ({ input }) => toBotpress(await converse(assistant, fromBotpress(input))) },
  });
  const call = async (input) => {
    const headers = {
      "x-bp-operation": "action_triggered",
      "x-bp-type": "converse",
      "x-bot-id": "bot",
      "x-bot-user-id": "user",
      "x-integration-id": "integration",
      "x-integration-alias": "nexthink",
      "x-webhook-id": "webhook",
      "x-bp-configuration": btoa("{}"),
    };
    const body = JSON.stringify({ type: "converse", input });
    const { status, body: answered } = await integration.handler({
      method: "POST",
      path: "/",
      query: "",
      headers,
      body,
    });
    assert.equal(status ?? 200, 200, answered);
    return botpressAction(z).output.schema.parse(JSON.parse(answered).output);
  };
  const first = await call({ username: "amartin", text: "Outlook does not work" });
  assert.ok(first.text.length > 10);
  const next = await call({
    state: first.state,
    ...(first.choices[0] ? { choice: first.choices[0].value } : { text: "yes" }),
  });
  assert.notEqual(next.state, first.state);
});
