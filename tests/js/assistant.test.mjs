// The assistant through the package: whole conversations with the simulated tenant, in turns that any process can make.
// What is said when is tested in Rust, path by path; here is what JavaScript has a part in.

import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { createClient, NexthinkError, readReply, render } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";
import { tenantWith } from "../../js-examples/own-playbook/tenant.mjs";
import { serve } from "./served-tenant.mjs";

const program = fileURLToPath(new URL("assistant-process.mjs", import.meta.url));

const employee = { username: "amartin" };
const beginning = { employee, text: "My Outlook keeps crashing" };

function arrive(options = {}, tenant = createSimulator({ devices: 0, speed: Number.POSITIVE_INFINITY })) {
  const { instance, region, credentials, host } = tenant;
  return { tenant, nexthink: createClient({ instance, region, credentials, host, ...options }) };
}

/** The same tenant as another process sees it: nothing is remembered but what is stored. */
function elsewhere(tenant, options = {}) {
  const host = { ...tenant.host, fetch: (...given) => tenant.fetch(...given) };
  return arrive({ host, ...options }, tenant).nexthink;
}

const count = ({ requests }, path) => requests.filter((request) => request.path.endsWith(path)).length;
const queries = (tenant) => count(tenant, "/nql/execute");
const triggers = (tenant) => count(tenant, "/act/execute");
const yes = (turn) => ({ choice: turn.messages.flatMap(({ choices }) => choices).find(({ style }) => style).id });
const copy = (value) => JSON.parse(JSON.stringify(value));

function ownPlaybook() {
  const file = (name) => new URL(`../../js-examples/own-playbook/playbooks/${name}`, import.meta.url);
  const playbook = JSON.parse(readFileSync(file("teams.json"), "utf8"));
  playbook.query.text = readFileSync(file("teams.nql"), "utf8");
  return playbook;
}

/** Goes on until the employee is asked something. Time passes in the tenant, never here. */
async function untilAsked(assistant, tenant, turn, options) {
  let latest = turn;
  for (let looks = 0; latest.resumeAfterMs !== undefined && latest.expects === "nothing"; looks++) {
    assert.ok(looks < 50, "it comes to a question");
    tenant.advance(latest.resumeAfterMs);
    latest = await assistant.resume(copy(latest.state), options);
  }
  return latest;
}

async function untilConsent(assistant, tenant, options) {
  const turn = await untilAsked(assistant, tenant, await assistant.start(beginning, options), options);
  assert.equal(turn.status, "awaiting-consent");
  return turn;
}

/** A store whose every answer takes a moment. */
function store(texts = new Map()) {
  const later = (value) => new Promise((resolve) => setTimeout(resolve, 1, value));
  return {
    atomic: true,
    get: (key) => later(texts.get(key)),
    putIfAbsent: (key, value) => later(!texts.has(key) && Boolean(texts.set(key, value))),
    replace: (key, expected, value) => later(texts.get(key) === expected && Boolean(texts.set(key, value))),
  };
}

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

test("a playbook of one's own takes part with its title, its symptoms and its texts", async () => {
  const playbook = ownPlaybook();
  const { tenant, nexthink } = arrive({ playbooks: [playbook] }, tenantWith(playbook));
  const assistant = nexthink.assistant({ locale: "de-CH" });
  const first = await assistant.start({ employee, text: playbook.symptoms.de[0] });
  const turn = await untilAsked(assistant, tenant, first);
  assert.equal(turn.status, "awaiting-consent");
  const said = JSON.stringify([first.messages, turn.messages]);
  assert.match(said, /Teams startet langsam/);
  assert.match(said, /Teams brauchte 41 Sekunden/);
});

test("an assistant for some playbooks offers these, and helps with no others", async () => {
  const { nexthink } = arrive();
  const assistant = nexthink.assistant({ playbooks: ["disk", "outlook"] });
  const { messages } = await assistant.start({ employee });
  const labels = messages.flatMap(({ choices }) => choices.map(({ label }) => label));
  assert.ok(labels.some((label) => /Outlook/.test(label)) && !labels.some((label) => /OneDrive/.test(label)), labels);
  await assert.rejects(assistant.start({ employee, playbook: "onedrive" }), { kind: "not-found" });
  await assert.rejects(nexthink.assistant({ playbooks: ["printer"] }).start({ employee }), { kind: "not-found" });
});

test("it speaks the languages of the package, the client's own by default, and words of the host's", async () => {
  const said = async (client, options) => {
    const { locale, messages } = await arrive(client).nexthink.assistant(options).start({ employee });
    return [locale, messages[0].text];
  };
  const all = await Promise.all(["en", "fr", "de", "es", "ja"].map((locale) => said({}, { locale })));
  assert.deepEqual(
    all.map(([locale]) => locale),
    ["en", "fr", "de", "es", "ja"],
  );
  assert.equal(new Set(all.map(([, text]) => text)).size, 5);
  assert.deepEqual(await said({ locale: "fr-CA" }), all[1]);
  assert.deepEqual(await said({}, { locale: "tlh" }), all[0]);
  assert.deepEqual(await said({}, { wording: { messages: { greeting: "Ahoy!" } } }), ["en", "Ahoy!"]);
  await assert.rejects(said({}, { wording: { messages: { greeting: "Ahoy {captain}!" } } }), { kind: "invalid" });
});

test("options and input that cannot be are refused, with a hint", async () => {
  const { nexthink } = arrive();
  const assistant = nexthink.assistant();
  assert.throws(() => nexthink.assistant({ language: "de" }), { kind: "invalid", message: /`language`/ });
  for (const made of [
    () => assistant.start({ employee: {} }),
    () => assistant.start({ employee, txt: "Outlook" }),
    () => assistant.start(beginning, { budgetMs: 0 }),
    () => assistant.start(beginning, { budget: 5 }),
    () => assistant.start(undefined),
  ]) {
    await assert.rejects(made, (error) => error.kind === "invalid" && error.hint !== "");
  }
  const turn = await assistant.start({ employee });
  await assert.rejects(assistant.reply(turn.state, { txt: "Outlook" }), { kind: "invalid" });
});

test("what goes wrong in the tenant is said, not thrown", async () => {
  const faults = [{ kind: "status", status: 403, operation: "nql/execute" }];
  const { nexthink } = arrive({}, createSimulator({ devices: 0, speed: Number.POSITIVE_INFINITY, faults }));
  const turn = await nexthink.assistant().start(beginning);
  assert.ok(turn.messages.length > 0);
  assert.doesNotMatch(render(turn, "text"), /403|nql/i);
});

test("a turn is rendered for each platform, and what comes back is a reply", async () => {
  const { tenant, nexthink } = arrive();
  const assistant = nexthink.assistant();
  const asked = await untilConsent(assistant, tenant);
  assert.match(render(asked, "text"), /May I run “Set Outlook online”/);
  assert.match(render(asked, "markdown"), /Set Outlook online/);
  const card = render(asked, "adaptive-card");
  assert.deepEqual([card.type, card.version], ["AdaptiveCard", "1.5"]);
  const message = render(asked, "block-kit");
  assert.ok(Array.isArray(message.blocks) && typeof message.text === "string");
  const { choice } = yes(asked);
  const button = message.blocks.flatMap(({ elements = [] }) => elements).find(({ style }) => style === "primary");
  const pressed = { type: "block_actions", actions: [{ ...button, type: "button" }] };
  assert.deepEqual(readReply("block-kit", pressed), { choice });
  assert.deepEqual(readReply("text", " yes "), { text: "yes" });
  assert.equal((await assistant.reply(asked.state, readReply("block-kit", pressed))).status, "remediating");
  assert.throws(() => render(asked, "html"), { kind: "invalid" });
  assert.throws(() => readReply("adaptive-card", {}), { kind: "invalid" });
});

test("CommonJS and ES modules say the same", () => {
  const body = `(async () => {
    const { instance, region, credentials, host } = createSimulator({ devices: 0, speed: Infinity, now: 0 });
    const assistant = createClient({ instance, region, credentials, host }).assistant({ locale: "de" });
    const turn = await assistant.start({ employee: { username: "amartin" }, playbook: "outlook" });
    console.log(render(turn, "text"));
  })()`;
  const names = "const { createClient, render } = chatbot; const { createSimulator } = simulator;";
  const run = (type, code) =>
    execFileSync(process.execPath, [`--input-type=${type}`, "--eval", code], {
      cwd: dirname(fileURLToPath(import.meta.url)),
      encoding: "utf8",
    });
  const cjs = `const chatbot = require("nexthink-chatbot"), simulator = require("nexthink-chatbot/simulator"); ${names} ${body}`;
  const esm = `import * as chatbot from "nexthink-chatbot"; import * as simulator from "nexthink-chatbot/simulator"; ${names} ${body}`;
  const output = run("commonjs", cjs);
  assert.match(output, /Outlook/);
  assert.equal(run("module", esm), output);
});
