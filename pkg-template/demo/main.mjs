// Brings the chat, the tenant and what is shown of it together, and begins anew when somebody else sits down.

import { callsView } from "./calls-view.mjs";
import { chatView } from "./chat-view.mjs";
import { converse } from "./conversation.mjs";
import { diagnosisView } from "./diagnosis-view.mjs";
import { byId, element } from "./element.mjs";
import { factsView } from "./facts-view.mjs";
import { faultsOf } from "./faults.mjs";
import { runView } from "./run-view.mjs";
import { employees, openStage, usual } from "./stage.mjs";
import { stepsView } from "./steps-view.mjs";
import { languages, words } from "./words.mjs";

/** How much faster than ours the tenant's time passes, where the address tells nothing else: a repair takes seconds. */
const usualSpeed = 8;

/** How long each step of a diagnosis stays, in milliseconds of the tenant's time. */
const beat = 4_000;

const [employee, locale] = ["employee", "locale"].map(byId);
const views = {
  calls: callsView(),
  diagnosis: diagnosisView(),
  facts: factsView(),
  run: runView(),
  steps: stepsView(),
};
/** What is shown, and what can be done with it: another after each beginning. */
let stage;
let conversation;
let faults;
let switched;
const chat = chatView((reply) => conversation.say(reply));

function begin() {
  conversation?.end();
  const language = words[locale.value];
  /** Of a stage that has been left nothing is shown. */
  const isCurrent = () => stage === current;
  const current = openStage({
    username: employee.value,
    locale: locale.value,
    speed,
    tell: (event) => isCurrent() && told(event),
  });
  const { tenant, before } = current;
  stage = current;
  let deviceName = current.employee.devices[0];
  let lastAudited;

  function told({ call, diagnosis, audit }) {
    if (call) {
      views.calls.show(call);
      if (call.step && lastAudited !== "verified") views.steps.show(call.step);
      if (call.durationMs !== undefined) faults.see(call);
    }
    if (diagnosis) {
      deviceName = diagnosis.deviceName;
      views.diagnosis.show(diagnosis, locale.value);
    }
    if (audit) {
      views.run.show(audit);
      lastAudited = audit.event;
      if (lastAudited === "proposed") views.steps.show("propose");
      if (lastAudited === "verified") views.steps.show("verify");
    }
    drawFacts();
  }

  function drawFacts() {
    const now = tenant.device(deviceName);
    if (now) views.facts.show(before.get(deviceName) ?? now, now);
  }

  faults = faultsOf(current, { deviceName: () => deviceName, changed: (id, isOn) => isCurrent() && press(id, isOn) });
  switched = drawFacts;
  conversation = converse(current, {
    beat: beat / speed,
    show(turn) {
      // Advice is asked about as well, and nothing is done by a yes to it.
      chat.show(turn, turn.status === "awaiting-consent" && lastAudited === "proposed");
      if (turn.status === "solved") views.steps.end();
    },
    busy: chat.busy,
    fail: (error) => chat.fail(`${error.message}. ${error.hint ?? "Start over."}`),
  });

  for (const view of [views.calls, views.diagnosis, views.steps]) view.clear();
  views.run.clear(() => tenant.now());
  for (const { dataset } of faultButtons) press(dataset.fault, false);
  chat.busy(false);
  const { name, scenario, rules } = current.employee;
  byId("who").textContent = `You are ${name}: ${scenario.replace(/ \(.*/, "")}.`;
  const theirs = (playbook) => rules.some((rule) => rule.startsWith(`${playbook}/`));
  const complaints = Object.entries(language.complaints).sort(([one], [other]) => theirs(other) - theirs(one));
  const firstName = name.split(" ")[0];
  chat.begin(
    language,
    locale.value,
    firstName,
    complaints.map(([, text]) => text),
  );
  drawFacts();
}

const faultButtons = [...document.querySelectorAll("[data-fault]")];

function press(id, isOn) {
  document.querySelector(`[data-fault="${id}"]`).setAttribute("aria-pressed", String(isOn));
}

for (const button of faultButtons) {
  button.addEventListener("click", () => {
    const { fault } = button.dataset;
    const isOn = !faults.isOn(fault);
    faults.turn(fault, isOn);
    press(fault, isOn);
    switched();
  });
}

// A phone shows one of the two at a time.
for (const button of document.querySelectorAll("nav [data-view]")) {
  button.addEventListener("click", () => {
    document.querySelector("main").dataset.view = button.dataset.view;
    for (const one of document.querySelectorAll("nav [data-view]"))
      one.setAttribute("aria-pressed", String(one === button));
  });
}

const everyone = employees();
employee.replaceChildren(
  ...everyone.map(({ username, name, scenario }) => {
    return element("option", { value: username }, `${name}: ${scenario.replace(/ (on \S+ )?\(.*/, "")}`);
  }),
);
locale.replaceChildren(
  ...Object.entries(languages).map(([id, name]) => element("option", { value: id, lang: id }, name)),
);

// What the address says holds at first: `?employee=amartin&locale=de&speed=2`.
const asked = new URLSearchParams(location.search);
employee.value = everyone.some(({ username }) => username === asked.get("employee")) ? asked.get("employee") : usual;
const speed = Number(asked.get("speed")) > 0 ? Number(asked.get("speed")) : usualSpeed;
locale.value = asked.get("locale") in languages ? asked.get("locale") : "en";
for (const control of [employee, locale]) control.addEventListener("change", begin);
byId("again").addEventListener("click", begin);
begin();
