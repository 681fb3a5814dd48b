// One conversation of one employee, and what of it is shown where.

import { converse } from "./conversation.mjs";
import { byId } from "./element.mjs";
import { faultsOf } from "./faults.mjs";
import { openStage } from "./stage.mjs";
import { words } from "./words.mjs";

/** How long each step of a diagnosis stays, in milliseconds of the tenant's time. */
const beat = 4_000;

/**
 * @param {object} given who is there, in which language, and how fast time passes
 * @param {object} shown the views, and the chat
 * @param {(fault: string, isOn: boolean) => void} press shows whether a fault is switched on
 */
export function openScene({ username, locale, speed }, { chat, ...views }, press) {
  let isOver = false;
  /** What happened last of what the audit keeps. */
  let lastAudited;
  const stage = openStage({ username, locale, speed, tell: (event) => isOver || told(event) });
  const { tenant, before, employee } = stage;
  let [deviceName] = employee.devices;
  const changed = (fault, isOn) => isOver || press(fault, isOn);
  const faults = faultsOf(stage, { deviceName: () => deviceName, changed });
  const conversation = converse(stage, {
    beat: beat / speed,
    show(turn) {
      // Advice is asked about as well, and nothing is done by a yes to it.
      chat.show(turn, turn.status === "awaiting-consent" && lastAudited === "proposed");
      if (turn.status === "solved") views.steps.end();
    },
    busy: chat.busy,
    fail: (error) => chat.fail(`${error.message}. ${error.hint ?? "Start over."}`),
  });

  function told({ call, diagnosis, audit }) {
    if (call) {
      views.calls.show(call);
      if (call.step && lastAudited !== "verified") views.steps.show(call.step);
      if (call.durationMs !== undefined) faults.see(call);
    }
    if (diagnosis) {
      deviceName = diagnosis.deviceName;
      views.diagnosis.show(diagnosis, locale);
    }
    if (audit) {
      views.run.show(audit);
      lastAudited = audit.event;
      if (lastAudited === "proposed") views.steps.show("propose");
      if (lastAudited === "verified") views.steps.show("verify");
    }
    showFacts();
  }

  function showFacts() {
    const now = tenant.device(deviceName);
    if (now) views.facts.show(before.get(deviceName) ?? now, now);
  }

  for (const view of [views.calls, views.diagnosis, views.steps]) view.clear();
  views.run.clear(() => tenant.now());
  chat.busy(false);
  const { name, scenario } = employee;
  byId("who").textContent = `You are ${name}: ${scenario.replace(/ \(.*/, "")}.`;
  chat.begin({ words: words[locale], locale, name: name.split(" ")[0], complaints: complaintsOf(employee, locale) });
  showFacts();

  return {
    say: (reply) => conversation.say(reply),
    /** Lets something go wrong, or no longer. */
    toggle(fault) {
      const isOn = !faults.isOn(fault);
      faults.turn(fault, isOn);
      press(fault, isOn);
      showFacts();
    },
    end() {
      isOver = true;
      conversation.end();
    },
  };
}

/** Those that have a reason come first. */
function complaintsOf({ rules }, locale) {
  const hasReason = ([playbook]) => rules.some((rule) => rule.startsWith(`${playbook}/`));
  const complaints = Object.entries(words[locale].complaints);
  return complaints.sort((one, other) => hasReason(other) - hasReason(one)).map(([, text]) => text);
}
