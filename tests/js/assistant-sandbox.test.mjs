// The assistant where the runtime lacks something, such as the function contexts of low-code platforms.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";

test("a remote action is triggered and told of where there are no timers, with a budget or without", async (context) => {
  for (const options of [{}, { budgetMs: 60_000 }]) {
    const tenant = createSimulator({ devices: 0, speed: Number.POSITIVE_INFINITY });
    const assistant = createClient(tenant.client).assistant();
    let turn = await assistant.start({ employee: { username: "amartin" }, playbook: "outlook" });
    while (turn.expects === "nothing") turn = await assistant.resume(turn.state);
    const { setTimeout, clearTimeout } = globalThis;
    context.after(() => Object.assign(globalThis, { setTimeout, clearTimeout }));
    delete globalThis.setTimeout;
    delete globalThis.clearTimeout;
    turn = await assistant.reply(turn.state, { text: "yes" }, options);
    Object.assign(globalThis, { setTimeout, clearTimeout });
    assert.equal(turn.status, "remediating");
    assert.match(turn.messages[0].text, /was accepted/);
    assert.equal(tenant.requests.filter(({ path }) => path.endsWith("/act/execute")).length, 1);
  }
});
