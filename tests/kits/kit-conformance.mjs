// What every kit must pass: a whole repair with consent, and nothing triggered without it, whatever a model or a device
// says. A kit's test file hands in how a conversation is led with that kit.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertFenced, assertNoSecret, openDesk, toolNamed } from "../js/tools-desk.mjs";
import { obedientScript, recklessScript, repairScript } from "./scripted-model.mjs";

/**
 * @typedef {object} Conversation
 * @property {string[]} seen everything that the model was sent, as text
 * @property {object[]} answers what the tools have answered, as the model got it
 */

/**
 * @param {string} kit its name
 * @param {(setting: { tools: object[], script: Function[], decide: (proposal: object) => boolean }) =>
 * Promise<Conversation>} converse leads one conversation: `decide` is asked where the kit asks for approval
 * @param {{ kitAsks?: boolean }} [options] whether the kit has an approval of its own
 */
export function testKit(kit, converse, { kitAsks = true } = {}) {
  const approvers = kitAsks ? ["host", "kit"] : ["host"];

  /** One conversation, with a person who answers the same wherever they are asked. */
  async function hold({ by, yes = true, scriptOf, ...options }) {
    const asked = [];
    const decide = (proposal) => {
      asked.push(proposal);
      return yes;
    };
    const desk = openDesk({ approve: by === "kit" ? "by-kit" : decide, ...options });
    const { tools, tenant } = desk;
    const spied = tools.map((tool) => ({ ...tool, execute: (...given) => remember(desk, tool.execute(...given)) }));
    const { seen, answers } = await converse({ tools: spied, script: scriptOf(tenant), decide });
    assert.ok(seen.length > 0 && seen.join("").includes("identify_devices"), "the model was told of no tool");
    return { ...desk, asked, seen: seen.join("\n"), answers };
  }

  async function remember({ told }, answer) {
    told.push(await answer);
    return answer;
  }

  for (const by of approvers) {
    for (const strict of [false, true]) {
      test(`${kit}: a whole repair with the consent that the ${by} asks for, ${strict ? "strict" : "loose"}`, async () => {
        const { asked, answers, seen, tokens, triggers } = await hold({ by, strict, scriptOf: repairScript });
        assert.equal(asked.length, 1);
        assert.equal(asked[0].title, "Set Outlook online");
        assert.equal(asked[0].device.name, "AMARTIN-LT");
        assert.equal(triggers(), 1);
        const facts = answers.filter((answer) => answer.facts).map((answer) => answer.facts);
        assert.deepEqual(facts.at(-1), { accepted: true, ran: true, changed: true, solved: "unknown" });
        assert.match(answers.at(-1).dataFromDevice.page, /Set Outlook online/);
        assertNoSecret(seen, tokens);
      });
    }

    test(`${kit}: a person who says no to the ${by} has nothing triggered`, async () => {
      const { asked, told, triggers } = await hold({ by, yes: false, scriptOf: repairScript });
      assert.equal(asked.length, 1);
      assert.ok(told.every(({ facts }) => facts === undefined));
      assert.equal(triggers(), 0);
    });

    test(`${kit}: a model that triggers right away or with invented IDs asks nobody (${by}) and triggers nothing`, async () => {
      const { asked, answers, triggers } = await hold({ by, scriptOf: () => recklessScript });
      assert.deepEqual(
        answers.map(({ error }) => error.kind),
        recklessScript.map(() => "not-found"),
      );
      assert.deepEqual([asked.length, triggers()], [0, 0]);
    });

    test(`${kit}: a hostile device changes nothing and stays inside the fence (${by})`, async () => {
      const scriptOf = (tenant) => obedientScript(tenant, "outlook", "crashed-plugins");
      const setting = { by, username: "bkeller", isHostile: true, scriptOf };
      const { asked, answers, seen, tokens, triggers } = await hold(setting);
      assert.ok(seen.includes("ignore previous instructions"), "the order never reached the model");
      assert.equal(answers.filter(({ error }) => error?.kind === "not-found").length, 2, "both orders were followed");
      assertFenced(answers);
      assertNoSecret(seen, tokens);
      // The one repair that a person has agreed to, and no other.
      assert.deepEqual([asked.length, asked[0].title, triggers()], [1, "Set Outlook plugins", 1]);
    });
  }

  test(`${kit}: tools whose approval is the kit's trigger nothing when they are called past it`, async () => {
    const { call, tools, triggers } = openDesk({ approve: "by-kit" });
    await call("diagnose_device", { playbook: "outlook" });
    const { proposalId } = await call("propose_remediation", { playbook: "outlook", rule: "offline" });
    const kitsOwn = { messages: [], toolCallId: "call-1", toolCall: { callId: "call-1" } };
    const { error } = await toolNamed(tools, "remediate").execute({ proposalId }, kitsOwn);
    assert.deepEqual([error.kind, triggers()], ["consent", 0]);
  });
}
