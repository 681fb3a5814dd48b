// The assistant through the package: whole conversations with the simulated tenant, in turns that any process can make.
// What is said when is tested in Rust, path by path; here is what JavaScript has a part in.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { NexthinkError } from "nexthink-chatbot";
import {
  arrive,
  beginning,
  copy,
  elsewhere,
  employee,
  queries,
  store,
  triggers,
  untilConsent,
  yes,
} from "./assistant-desk.mjs";
import { serve } from "./served-tenant.mjs";

const program = fileURLToPath(new URL("assistant-process.mjs", import.meta.url));

test("a whole conversation ends well, with one remote action, and never two queries in a turn", async () => {
  const { tenant, nexthink } = arrive();
  const assistant = nexthink.assistant();
  let before = 0;
  const turns = [];
  const next = async (made) => {
    const turn = await made;
    turns.push(turn);
    assert.ok(queries(tenant) - before <= 1, turn.status);
    before = queries(tenant);
    assert.ok(JSON.stringify(turn.state).length < 4_096);
    return turn;
  };
  let turn = await next(assistant.start(beginning));
  const answers = [(asked) => yes(asked), () => ({ text: "yes" })];
  while (turn.status !== "solved") {
    if (turn.expects === "nothing") {
      tenant.advance(turn.resumeAfterMs);
      turn = await next(assistant.resume(turn.state));
    } else {
      turn = await next(assistant.reply(turn.state, answers.shift()(turn)));
    }
  }
  assert.equal(triggers(tenant), 1);
  assert.deepEqual(
    [...new Set(turns.map(({ status }) => status))],
    ["diagnosing", "awaiting-consent", "remediating", "diagnosing", "confirming", "solved"].filter(
      (status, at, all) => all.indexOf(status) === at,
    ),
  );
  const said = turns.flatMap(({ messages }) => messages.map(({ text }) => text)).join("\n");
  assert.match(said, /May I run “Set Outlook online” on AMARTIN-LT\?/);
  assert.doesNotMatch(JSON.stringify(turns.map(({ messages }) => messages)), /token|undefined|\{\w+\}/);
});

test("a reply that is repeated at once, later and elsewhere gives the same turn and one remote action", async () => {
  const texts = new Map();
  const { tenant, nexthink } = arrive({ store: store(texts) });
  const assistant = nexthink.assistant();
  const asked = await untilConsent(assistant, tenant);
  const [first, second] = await Promise.all([
    assistant.reply(asked.state, yes(asked)),
    assistant.reply(asked.state, yes(asked)),
  ]);
  assert.deepEqual(first, second);
  assert.equal(first.status, "remediating");
  tenant.advance(60_000);
  assert.deepEqual(await assistant.reply(copy(asked.state), yes(asked)), first);
  const other = elsewhere(tenant, { store: store(texts) }).assistant();
  assert.deepEqual(await other.reply(copy(asked.state), yes(asked)), first);
  assert.equal(triggers(tenant), 1);
});

test("without a store a process remembers its turns, and another still triggers nothing twice by a stale answer", async () => {
  const { tenant, nexthink } = arrive();
  const assistant = nexthink.assistant();
  const asked = await untilConsent(assistant, tenant);
  const turn = await assistant.reply(asked.state, yes(asked));
  assert.deepEqual(await nexthink.assistant().reply(asked.state, yes(asked)), turn);
  // An answer to what is not asked any more.
  const stale = await assistant.reply(turn.state, yes(asked));
  assert.equal(stale.status, "remediating");
  assert.equal(triggers(tenant), 1);
});

test("each turn can be made by a process of its own", async (context) => {
  const speed = 40;
  const served = await serve(context, "--devices", "0", "--speed", `${speed}`);
  const epoch = Date.now();
  const folder = mkdtempSync(join(tmpdir(), "assistant-"));
  context.after(() => rmSync(folder, { recursive: true }));
  const { NEXTHINK_INSTANCE: instance, NEXTHINK_REGION: region, NEXTHINK_TOKEN_URL: tokenUrl } = served.variables;
  const client = { instance, region, credentials: served.credentials, apiUrl: served.url, tokenUrl };
  const make = (given) => {
    const told = JSON.stringify({ client, epoch, speed, folder, employee, given });
    return new Promise((resolve, reject) => {
      execFile(process.execPath, [program, told], { encoding: "utf8" }, (error, output) => {
        if (error) reject(error);
        else resolve(JSON.parse(output));
      });
    });
  };
  let turn = await make({ start: { text: "My Outlook keeps crashing" } });
  const statuses = [turn.status];
  for (let looks = 0; turn.status !== "solved"; looks++) {
    assert.ok(looks < 60, statuses.join());
    turn = await make(turn.expects === "nothing" ? {} : { reply: { text: "yes" } });
    statuses.push(turn.status);
  }
  assert.deepEqual(
    [...new Set(statuses)],
    ["diagnosing", "awaiting-consent", "remediating", "confirming", "solved"],
    statuses.join(),
  );
});

test("a store that fails is no failure of a turn", async () => {
  const failing = {
    atomic: true,
    get: async () => undefined,
    putIfAbsent: async () => true,
    replace: async () => true,
  };
  const { tenant, nexthink } = arrive({ store: failing });
  const asked = await untilConsent(nexthink.assistant(), tenant);
  for (const name of ["get", "putIfAbsent"]) {
    failing[name] = async () => {
      throw new Error("the store is away");
    };
  }
  const turn = await nexthink.assistant().reply(asked.state, { text: "what is this?" });
  assert.equal(turn.status, "awaiting-consent");
});

test("a state that was altered, is another tenant's, another employee's or none at all is refused", async () => {
  const { tenant, nexthink } = arrive();
  const assistant = nexthink.assistant();
  const asked = await untilConsent(assistant, tenant);
  const { seal, ...unsealed } = asked.state;
  const foreign = arrive({ consentKey: "k".repeat(32) }).nexthink.assistant();
  for (const [made, what] of [
    [() => assistant.reply({ ...asked.state, employee: { username: "bkeller" } }, yes(asked)), "altered"],
    [() => assistant.reply(unsealed, yes(asked)), "unsealed"],
    [() => assistant.resume({ seal }), "emptied"],
    [() => assistant.resume(undefined), "none"],
    [() => foreign.reply(asked.state, yes(asked)), "by another key"],
    [() => assistant.reply(asked.state, yes(asked), { employee: { username: "bkeller" } }), "another's"],
  ]) {
    await assert.rejects(
      made,
      (error) => NexthinkError.is(error) && error.kind === "consent" && error.hint !== "",
      what,
    );
  }
  assert.equal(triggers(tenant), 0);
  const own = await assistant.reply(asked.state, { text: "what is this?" }, { employee });
  assert.equal(own.status, "awaiting-consent");
  tenant.advance(8 * 86_400_000);
  await assert.rejects(assistant.resume(asked.state), { kind: "consent" });
});
