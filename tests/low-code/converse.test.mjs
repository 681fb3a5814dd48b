// `converse`, with hosts that end everything with their answer.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient } from "nexthink-chatbot";
import { converse } from "nexthink-chatbot/low-code";
import { createSimulator } from "nexthink-chatbot/simulator";

test("what is under way when the turn is over is handed to the host, and is done once", async () => {
  const tenant = createSimulator({ speed: Number.POSITIVE_INFINITY });
  let release;
  const held = new Promise((resolve) => {
    release = resolve;
  });
  /** A tenant that takes its time to trigger. */
  const fetch = async (url, init) => {
    if (new URL(url).pathname.endsWith("/act/execute")) await held;
    return tenant.fetch(url, init);
  };
  const nexthink = createClient({ ...tenant.client, host: { ...tenant.host, fetch } });
  const assistant = nexthink.assistant();
  const employee = { username: "amartin" };
  const proposed = await converse(assistant, { employee, reply: { text: "outlook crashes" }, budgetMs: 10_000 });

  const goesOn = [];
  const waitUntil = (promise) => goesOn.push(promise);
  const { state, resumeAfterMs } = await converse(assistant, {
    employee,
    state: proposed.state,
    reply: { text: "yes" },
    budgetMs: 200,
    waitUntil,
  });
  assert.ok(resumeAfterMs >= 0);
  assert.ok(goesOn.length > 0);
  release();
  await Promise.all(goesOn);
  const told = await converse(assistant, { employee, state, budgetMs: 10_000 });
  assert.match(told.messages.map(({ text }) => text).join("\n"), /was accepted/);
  assert.equal(tenant.requests.filter(({ path }) => path.endsWith("/act/execute")).length, 1);
});
