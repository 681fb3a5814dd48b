// The page: who sits there, in which language, what goes wrong. Another choice of the first two begins another conversation.

import { callsView } from "./calls-view.mjs";
import { chatView } from "./chat-view.mjs";
import { diagnosisView } from "./diagnosis-view.mjs";
import { byId, element } from "./element.mjs";
import { factsView } from "./facts-view.mjs";
import { runView } from "./run-view.mjs";
import { openScene } from "./scene.mjs";
import { employees, usual } from "./stage.mjs";
import { stepsView } from "./steps-view.mjs";
import { languages } from "./words.mjs";

/** How much faster than ours the tenant's time passes, where the address tells nothing else: a repair takes seconds. */
const usualSpeed = 8;

const views = {
  chat: chatView((reply) => scene.say(reply)),
  calls: callsView(),
  diagnosis: diagnosisView(),
  facts: factsView(),
  run: runView(),
  steps: stepsView(),
};
const [employee, locale] = ["employee", "locale"].map(byId);
const faultButtons = [...document.querySelectorAll("[data-fault]")];
const viewButtons = [...document.querySelectorAll("nav [data-view]")];
let scene;

function begin() {
  scene?.end();
  for (const { dataset } of faultButtons) press(dataset.fault, false);
  scene = openScene({ username: employee.value, locale: locale.value, speed }, views, press);
}

function press(fault, isOn) {
  const button = faultButtons.find(({ dataset }) => dataset.fault === fault);
  button.setAttribute("aria-pressed", String(isOn));
}

for (const button of faultButtons) button.addEventListener("click", () => scene.toggle(button.dataset.fault));

// A phone shows one of the two at a time.
for (const button of viewButtons) {
  button.addEventListener("click", () => {
    document.querySelector("main").dataset.view = button.dataset.view;
    for (const one of viewButtons) one.setAttribute("aria-pressed", String(one === button));
  });
}

const everyone = employees();
const nameOf = ({ name, scenario }) => `${name}: ${scenario.replace(/ (on \S+ )?\(.*/, "")}`;
employee.replaceChildren(...everyone.map((one) => element("option", { value: one.username }, nameOf(one))));
const names = Object.entries(languages);
locale.replaceChildren(...names.map(([id, name]) => element("option", { value: id, lang: id }, name)));

// What the address says holds at first: `?employee=amartin&locale=de&speed=2`.
const asked = new URLSearchParams(location.search);
const speed = Number(asked.get("speed")) > 0 ? Number(asked.get("speed")) : usualSpeed;
employee.value = everyone.some(({ username }) => username === asked.get("employee")) ? asked.get("employee") : usual;
locale.value = Object.hasOwn(languages, asked.get("locale")) ? asked.get("locale") : "en";
for (const control of [employee, locale]) control.addEventListener("change", begin);
byId("again").addEventListener("click", begin);
begin();
