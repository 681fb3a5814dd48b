// The time of a turn: what is there within it, what goes on when it is over, and what a signal ends.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createSimulator } from "nexthink-chatbot/simulator";
import { arrive, beginning, triggers, untilAsked, untilConsent, yes } from "./assistant-desk.mjs";

/** A client whose requests for a path take a while of real time, as long as `slow.path` says so. */
function slowly(tenant, slow, options = {}) {
  const fetch = async (url, init) => {
    const path = new URL(url).pathname;
    // What is sent reaches the tenant at once; its answer does not come.
    const answer = tenant.fetch(url, init);
    if (slow.path && path.endsWith(slow.path)) {
      await new Promise((resolve, reject) => {
        const timer = setTimeout(resolve, 2_000);
        slow.answer = () => {
          clearTimeout(timer);
          resolve();
        };
        init.signal?.addEventListener("abort", () => {
          clearTimeout(timer);
          reject(new Error("aborted"));
        });
      });
    }
    return answer;
  };
  return arrive({ host: { ...tenant.host, sleep: undefined, fetch }, ...options }, tenant).nexthink;
}

test("a turn is there within its budget, and what took longer is asked again", async () => {
  const tenant = createSimulator({ devices: 0, speed: Number.POSITIVE_INFINITY });
  const slow = {};
  const assistant = slowly(tenant, slow).assistant();
  // The module is loaded, and the token fetched.
  await assistant.start(beginning);
  slow.path = "/nql/execute";
  const begun = performance.now();
  const turn = await assistant.start(beginning, { budgetMs: 150 });
  const took = performance.now() - begun;
  assert.ok(took < 1_000, `${took} ms`);
  assert.equal(turn.expects, "nothing");
  assert.notEqual(turn.resumeAfterMs, undefined);
  slow.path = undefined;
  const later = await untilAsked(assistant, tenant, turn, { budgetMs: 5_000 });
  assert.equal(later.status, "awaiting-consent");
});

test("a remote action that takes longer than the turn goes on unattended, and is followed by the next", async () => {
  const tenant = createSimulator({ devices: 0, speed: Number.POSITIVE_INFINITY });
  const slow = {};
  const assistant = slowly(tenant, slow).assistant();
  const asked = await untilConsent(assistant, tenant);
  slow.path = "/act/execute";
  const begun = performance.now();
  const turn = await assistant.reply(asked.state, yes(asked), { budgetMs: 150 });
  assert.ok(performance.now() - begun < 1_000);
  assert.equal(turn.expects, "nothing");
  assert.equal(triggers(tenant), 1);
  slow.path = undefined;
  slow.answer();
  const later = await untilAsked(assistant, tenant, turn);
  assert.equal(later.status, "confirming");
  assert.equal(triggers(tenant), 1);
});

test("what goes on when a turn is over is handed to the host, and nothing else", async () => {
  const tenant = createSimulator({ devices: 0, speed: Number.POSITIVE_INFINITY });
  const slow = {};
  const assistant = slowly(tenant, slow).assistant();
  const kept = [];
  const waitUntil = (promise) => kept.push(promise);
  const asked = await untilConsent(assistant, tenant);
  slow.path = "/act/execute";
  await assistant.reply(asked.state, yes(asked), { budgetMs: 150, waitUntil });
  assert.equal(kept.length, 1);
  slow.path = undefined;
  slow.answer();
  // It ends when the trigger does.
  await kept[0];
  const other = slowly(createSimulator({ devices: 0 }), {}).assistant();
  await other.start(beginning, { budgetMs: 60_000, waitUntil });
  assert.equal(kept.length, 1);
  await assert.rejects(assistant.start(beginning, { waitUntil: true }), { kind: "invalid" });
});

test("with no time at all nothing is sent, and nothing is said to be under way", async () => {
  const tenant = createSimulator({ devices: 0, speed: Number.POSITIVE_INFINITY });
  const { nexthink } = arrive({}, tenant);
  const assistant = nexthink.assistant();
  const asked = await untilConsent(assistant, tenant);
  const turn = await assistant.reply(asked.state, yes(asked), { budgetMs: 1 });
  assert.equal(triggers(tenant), 0);
  assert.match(turn.messages.at(-1).text, /^I'm about to run /);
  assert.notEqual(turn.resumeAfterMs, undefined);
  const later = await untilAsked(assistant, tenant, turn);
  assert.equal(later.status, "confirming");
  assert.equal(triggers(tenant), 1);
});

test("a turn that is cancelled rejects, and the same reply sees what came of it", async () => {
  const tenant = createSimulator({ devices: 0, speed: Number.POSITIVE_INFINITY });
  const slow = {};
  const assistant = slowly(tenant, slow).assistant();
  await assert.rejects(assistant.start(beginning, { signal: AbortSignal.abort() }), { kind: "aborted" });
  const asked = await untilConsent(assistant, tenant);
  slow.path = "/act/execute";
  const controller = new AbortController();
  const cancelled = assistant.reply(asked.state, yes(asked), { signal: controller.signal });
  while (!slow.answer) await new Promise((resolve) => setImmediate(resolve));
  controller.abort();
  await assert.rejects(cancelled, { kind: "aborted", sideEffect: "unknown" });
  slow.answer();
  slow.path = undefined;
  const turn = await assistant.reply(asked.state, yes(asked));
  assert.equal(turn.status, "remediating");
  assert.equal(triggers(tenant), 1);
});
