// What the assistant speaks of, in which words, and how platforms show it.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { readReply, render } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";
import { tenantWith } from "../../js-examples/own-playbook/tenant.mjs";
import { arrive, beginning, employee, untilAsked, untilConsent, yes } from "./assistant-desk.mjs";

function ownPlaybook() {
  const file = (name) => new URL(`../../js-examples/own-playbook/playbooks/${name}`, import.meta.url);
  const playbook = JSON.parse(readFileSync(file("teams.json"), "utf8"));
  playbook.query.text = readFileSync(file("teams.nql"), "utf8");
  return playbook;
}

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
    const assistant = createClient(createSimulator({ devices: 0, speed: Infinity, now: 0 }).client).assistant({ locale: "de" });
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
