// A second person and the assistant: who answers after the turn has approved nothing, and what was answered meanwhile
// counts in the next.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";

const employee = { username: "amartin" };

/** A conversation up to the employee's consent. */
async function arrive(approve) {
  const tenant = createSimulator({ speed: Number.POSITIVE_INFINITY, now: "2026-11-18T09:00:00Z" });
  const assistant = createClient({ ...tenant.client, approve }).assistant();
  let turn = await assistant.start({ employee, text: "my Outlook keeps crashing" });
  while (turn.resumeAfterMs !== undefined) turn = await assistant.resume(turn.state);
  assert.equal(turn.status, "awaiting-consent");
  const triggers = () => tenant.requests.filter(({ path }) => path.endsWith("/act/execute")).length;
  return { assistant, turn, triggers };
}

const textOf = ({ messages }) => messages.map(({ text }) => text).join(" ");
const budgetMs = 1_000;
const turnOfTheLoop = () => new Promise(setImmediate);

test("a yes that comes after the turn triggers nothing, whatever the employee says then", async () => {
  let say;
  const { assistant, turn, triggers } = await arrive(
    () =>
      new Promise((resolve) => {
        say = resolve;
      }),
  );
  let next = await assistant.reply(turn.state, { text: "yes" }, { budgetMs });
  assert.match(textOf(next), /Nothing was changed/);
  next = await assistant.reply(next.state, { text: "stop" });
  assert.doesNotMatch(textOf(next), /under way/);
  say(true);
  for (let at = 0; at < 5; at += 1) await turnOfTheLoop();
  assert.equal(triggers(), 0);
});

test("what was answered meanwhile counts when it is asked again, by the same ID", async () => {
  for (const answer of [true, false]) {
    const answers = new Map();
    const asked = [];
    const approve = async ({ id }) => {
      asked.push(id);
      return answers.get(id) ?? new Promise(() => {});
    };
    const { assistant, turn, triggers } = await arrive(approve);
    let next = await assistant.reply(turn.state, { text: "yes" }, { budgetMs });
    answers.set(asked[0], answer);
    next = await assistant.reply(next.state, { text: "yes" }, { budgetMs: 10_000 });
    assert.deepEqual([new Set(asked).size, asked.length, triggers()], [1, 2, answer ? 1 : 0]);
    assert.equal(next.status === "remediating", answer);
  }
});

test("without a limit a second person takes the time that they take", async () => {
  const { assistant, turn, triggers } = await arrive(async () => {
    await turnOfTheLoop();
    return true;
  });
  await assistant.reply(turn.state, { text: "yes" });
  assert.equal(triggers(), 1);
});
