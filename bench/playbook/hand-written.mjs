// The five rules as careful JavaScript by hand: what a user of ours would write who knows all of the traps and minds the
// time. A value is read once, and one that is not there is unknown and not 0.

import { columns } from "./answers.mjs";

const { daysSinceBoot, freeSpace, highImpactCount, policiesApplied, controllerFound, outdatedOffice } = columns;

/** @param {string} text @returns {object[]} for each row, the verdict of each rule */
export function verdictsByHand(text) {
  const { headers, data } = JSON.parse(text);
  return headers === undefined ? data.map(ofObject) : ofCells(headers, data);
}

function ofObject(row) {
  return verdicts(
    row[daysSinceBoot],
    row[freeSpace],
    row[highImpactCount],
    row[policiesApplied],
    row[controllerFound],
    row[outdatedOffice],
  );
}

function ofCells(headers, data) {
  const days = headers.indexOf(daysSinceBoot);
  const free = headers.indexOf(freeSpace);
  const count = headers.indexOf(highImpactCount);
  const applied = headers.indexOf(policiesApplied);
  const found = headers.indexOf(controllerFound);
  const office = headers.indexOf(outdatedOffice);
  return data.map((row) => verdicts(row[days], row[free], row[count], row[applied], row[found], row[office]));
}

function verdicts(days, free, count, applied, found, office) {
  const uptime = number(days);
  const space = number(free);
  const applications = number(count);
  const seconds = number(applied) + number(found);
  // Counting nothing gives null.
  const packages = office === null ? 0 : number(office);
  return {
    "long-uptime": verdict(uptime, uptime > 10),
    "disk-full": verdict(space, space <= 6),
    "startup-load": verdict(applications, applications > 0),
    "slow-group-policy": verdict(seconds, seconds > 10),
    "outdated-office": verdict(packages, packages >= 1),
  };
}

/** Not a number where nothing is known: sums with it are it, and no comparison with it holds. */
function number(value) {
  if (typeof value === "number") return value;
  if (typeof value !== "string" || value.trim() === "") return Number.NaN;
  return Number(value);
}

function verdict(value, holds) {
  if (Number.isNaN(value)) return "unknown";
  return holds ? "match" : "no-match";
}
