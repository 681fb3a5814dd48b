// The conversation through the door: a whole repair by buttons, in each format, and what is refused of states and replies.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openDoor, sealedWith, unsealed } from "./door.mjs";

const triggers = ({ requests }) => requests.filter(({ path }) => path.endsWith("/act/execute")).length;

const isOver = ({ status }) => ["solved", "escalated", "ended"].includes(status);

/** The choices of a turn. */
const choices = ({ messages }) => messages.flatMap((message) => message.choices);

/** What a platform does next: waits, or presses the first button. */
async function next({ give, tenant }, turn, more = {}) {
  const { state } = turn;
  if (turn.resumeAfterMs !== undefined) {
    tenant.advance(turn.resumeAfterMs + 1);
    return give("/assistant/resume", { body: { state, ...more } });
  }
  const [first] = choices(turn);
  const reply = first ? { choice: first.id } : { text: "yes" };
  return give("/assistant/reply", { body: { state, ...reply, ...more } });
}

/** The first turn in which the employee is asked to agree. */
async function proposedBy(door, more) {
  let turn = await door.give("/assistant/start", { body: { text: "Outlook does not work", ...more } });
  for (let step = 0; turn.status !== "awaiting-consent"; step += 1) {
    assert.ok(step < 10, turn.status);
    turn = await next(door, turn, more);
  }
  return turn;
}

test("a repair by what is offered first, in any format and language", async () => {
  for (const more of [
    {},
    { format: "text" },
    { format: "markdown", locale: "de" },
    { format: "adaptive-card", locale: "ja" },
    { format: "block-kit", locale: "fr-CH" },
  ]) {
    const door = await openDoor();
    let turn = await proposedBy(door, more);
    assert.equal(triggers(door.tenant), 0);
    for (let step = 0; !isOver(turn); step += 1) {
      assert.ok(step < 40, turn.status);
      turn = await next(door, turn, more);
      assert.equal("rendered" in turn, more.format !== undefined);
      assert.equal(turn.locale.slice(0, 2), (more.locale ?? "en").slice(0, 2));
    }
    assert.equal(turn.status, "solved");
    assert.equal(triggers(door.tenant), 1);
    assert.deepEqual(door.errors, []);
  }
});

test("a button of a card comes back as the platform sends it", async () => {
  const door = await openDoor();
  const turn = await proposedBy(door, { format: "adaptive-card" });
  const [agree] = choices(turn);
  const payload = { type: "invoke", value: buttonOf(turn.rendered, agree.id) };
  const body = { state: turn.state, format: "adaptive-card", payload };
  const after = await door.give("/assistant/reply", { body });
  assert.notEqual(after.status, "awaiting-consent");
  const { status, json } = await door.ask("/assistant/reply", { body: { ...body, payload: { type: "typing" } } });
  assert.deepEqual([status, json.kind], [400, "invalid"]);
});

/** The data of the action of a card in which a choice stands. */
function buttonOf(card, id) {
  const found = [];
  JSON.stringify(card, (_, value) => {
    if (value?.data && JSON.stringify(value.data).includes(JSON.stringify(id))) found.push(value);
    return value;
  });
  const [{ verb, data }] = found;
  return { action: { type: "Action.Execute", ...(verb && { verb }), data } };
}

test("the same reply twice gives the same turn and triggers once", async () => {
  const door = await openDoor();
  const turn = await proposedBy(door);
  const body = { state: turn.state, choice: choices(turn)[0].id };
  const [first, second] = [
    await door.give("/assistant/reply", { body }),
    await door.give("/assistant/reply", { body }),
  ];
  const shown = ({ state: _, ...rest }) => rest;
  assert.deepEqual(shown(second), shown(first));
  assert.equal(triggers(door.tenant), 1);
});

test("a state that was changed, is another employee's, or is no state is refused", async () => {
  const door = await openDoor();
  const turn = await proposedBy(door);
  const { devices } = await door.give("/identify", { body: {} });
  const inner = unsealed(turn.state);
  const before = door.tenant.requests.length;
  for (const state of [
    sealedWith({ ...inner, employee: { username: "bkeller" } }),
    sealedWith({ ...inner, version: 2 }),
    sealedWith({ ...inner, seal: undefined }),
    sealedWith({ employee: inner.employee, value: inner }),
    sealedWith(null),
    devices[0].sealed,
    "e30",
  ]) {
    for (const [path, reply] of [
      ["/assistant/reply", { text: "yes" }],
      ["/assistant/resume", {}],
    ]) {
      const { status, json } = await door.ask(path, { body: { state, ...reply } });
      assert.deepEqual([status, json.kind], [403, "consent"]);
    }
  }
  const headers = { "x-employee": "bkeller" };
  const stolen = await door.ask("/assistant/reply", { body: { state: turn.state, text: "yes" }, headers });
  assert.deepEqual([stolen.status, stolen.json.kind], [403, "consent"]);
  assert.equal(door.tenant.requests.length, before);
  assert.equal(triggers(door.tenant), 0);
});

test("a reply is a text, a choice or a payload, and one of them", async () => {
  const door = await openDoor();
  const { state } = await door.give("/assistant/start", { body: {} });
  for (const reply of [
    {},
    { text: "yes", choice: "1.a" },
    { text: "" },
    { text: "x".repeat(4_001) },
    { payload: {} },
    { text: "yes", budgetMs: 0 },
    { text: "yes", format: "html" },
    { text: "yes", locale: "../de" },
  ]) {
    const { status, json } = await door.ask("/assistant/reply", { body: { state, ...reply } });
    assert.deepEqual([status, json.kind], [400, "invalid"], JSON.stringify(reply).slice(0, 60));
  }
});

test("a turn is led as the host has said, unless the request says in which language", async () => {
  const door = await openDoor({ assistant: { locale: "es" } });
  assert.equal((await door.give("/assistant/start", { body: {} })).locale, "es");
  assert.equal((await door.give("/assistant/start", { body: { locale: "de" } })).locale, "de");
  // More languages than are kept ready.
  for (let number = 0; number < 40; number += 1) {
    const { locale } = await door.give("/assistant/start", { body: { locale: `fr-${100 + number}` } });
    assert.equal(locale.slice(0, 2), "fr");
  }
});

test("a turn whose budget is over comes with when to resume", async () => {
  const door = await openDoor({}, { host: { fetch: () => new Promise(() => {}), sleep: undefined } });
  const turn = await door.give("/assistant/start", { body: { text: "Outlook does not work", budgetMs: 30 } });
  assert.ok(turn.resumeAfterMs >= 0, JSON.stringify(turn));
});
