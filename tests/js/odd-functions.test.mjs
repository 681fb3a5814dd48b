// Functions and values of the user's that do what nobody expects: the call ends as with any other trouble, and nothing is
// made up.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";

const employee = { username: "amartin" };
const simulated = () => createSimulator({ speed: Number.POSITIVE_INFINITY, now: "2026-11-18T09:00:00Z" });

test("an error that cannot be looked at is an error", async () => {
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const odd = [
    { code: Object.create(null) },
    { cause: { code: { toString: null } } },
    Object.defineProperty({}, "cause", { get: () => assert.fail("looked at") }),
    revoked.proxy,
  ];
  for (const error of odd) {
    const fetch = async () => {
      throw error;
    };
    const nexthink = createClient({ ...simulated().client, fetch, maxRetries: 0 });
    await assert.rejects(nexthink.identify(employee), { kind: "network" });
  }
});

test("what fails while a request is let go of keeps nobody waiting", async () => {
  const cancel = () => {
    throw new Error("locked");
  };
  const body = { getReader: () => ({ read: () => new Promise(() => {}), cancel }) };
  const fetch = async () => ({ status: 200, headers: new Headers(), body });
  const nexthink = createClient({ ...simulated().client, fetch, maxRetries: 0, timeoutMs: 20 });
  await assert.rejects(nexthink.identify(employee), { kind: "timeout" });
  // One that can be listened to, and not be left.
  const signal = { aborted: false, addEventListener() {} };
  await assert.rejects(nexthink.identify(employee, { signal }), { kind: "timeout" });
});

test("a `waitUntil` that fails loses no turn", async () => {
  const failing = [
    () => {
      throw new TypeError("Illegal invocation");
    },
    async () => {
      throw new TypeError("Illegal invocation");
    },
  ];
  for (const waitUntil of failing) {
    const tenant = simulated();
    let answer = () => {};
    const held = new Promise((resolve) => {
      answer = resolve;
    });
    const fetch = async (url, init) => {
      if (url.endsWith("/act/execute")) await held;
      return tenant.fetch(url, init);
    };
    const assistant = createClient({ ...tenant.client, fetch }).assistant();
    let turn = await assistant.start({ employee, text: "my Outlook keeps crashing" });
    while (turn.resumeAfterMs !== undefined) turn = await assistant.resume(turn.state);
    turn = await assistant.reply(turn.state, { text: "yes" }, { budgetMs: 50, waitUntil });
    assert.equal(turn.status, "remediating");
    answer();
    while (turn.resumeAfterMs !== undefined) turn = await assistant.resume(turn.state);
    assert.notEqual(turn.status, "remediating");
  }
});

test("an employee who has not answered has not said no", async () => {
  const tenant = simulated();
  const nexthink = createClient(tenant.client);
  const [device] = await nexthink.identify(employee);
  const { token } = nexthink.propose(await nexthink.diagnose("outlook", device), "offline", { employee });
  const run = await nexthink.remediate(token);
  for (const nothing of [undefined, null]) {
    assert.throws(() => nexthink.solved(run, nothing), { kind: "invalid", message: "`yes` is neither true nor false" });
  }
});

test("a state is not taken for nobody, who is not an employee that was left out", async () => {
  const assistant = createClient(simulated().client).assistant();
  const { state } = await assistant.start({ employee });
  const nobody = { employee: null };
  await assert.rejects(assistant.reply(state, { text: "yes" }, nobody), {
    kind: "invalid",
    message: /nobody is signed in/,
  });
  await assert.rejects(assistant.resume(state, nobody), { kind: "invalid", message: /nobody is signed in/ });
});
