// The device: what is true on it, before the conversation and now, whether or not it has been collected.

import { byId, element, valueText } from "./element.mjs";

const gigabytes = (bytes) => (bytes === null ? "not measured" : `${(bytes / 1e9).toFixed(1)} GB`);
const number = (unit) => (value) => (value === null ? "not known" : `${value} ${unit}`);

/** What is shown, by the names of the facts: as which text, and when, where not always. */
const facts = {
  online: ["Connection", (value) => (value ? "online" : "offline")],
  isOnline: ["Outlook online", (value) => valueText(value)],
  crashedPluginList: ["Crashing Outlook plugins", (value) => valueText(value)],
  oneDriveStatus: ["OneDrive", (value) => valueText(value).replace(/^OneDrive (is )?/, "")],
  freeSpace: ["Free disk space", gigabytes],
  highImpactApplications: ["Slows down the start", (value) => valueText(value)],
  daysSinceLastFullBoot: ["Last restart", number("days ago")],
  userGpoAppliedTimeInSeconds: ["Group policies take", number("s"), (value) => value > 10],
  batteryHealth: [
    "Battery’s capacity",
    (value) => `${Math.round(value * 100)} %`,
    (value) => value !== null && value < 0.8,
  ],
};

export function factsView() {
  const [place, of] = ["facts", "facts-of"].map(byId);
  return {
    show(before, now) {
      of.textContent = `${now.name}, ${now.operatingSystem.replace(/ \(.*/, "")}`;
      place.replaceChildren(element("dl", {}, ...rows(before, now)));
    },
  };
}

function rows(before, now) {
  const shown = Object.entries(facts).filter(([name, [, , isTold = () => true]]) => isTold(before[name]));
  return shown.map(([name, [title, text]]) => {
    const [old, current] = [text(before[name]), text(now[name])];
    if (old === current) return element("div", {}, element("dt", {}, title), element("dd", {}, current));
    const both = [element("s", {}, old), " → ", element("b", {}, current), element("mark", {}, "changed")];
    return element("div", { class: "changed" }, element("dt", {}, title), element("dd", {}, ...both));
  });
}
