// What every way of scanning finds, in one form: counts, and a hash of which devices match which rules, in order.

import { rules } from "./export-file.mjs";

export class Outcome {
  rows = 0;
  matches = 0;
  perRule = rules.map(() => 0);
  /** Of the facts in the order of `facts`, in how many rows each is not known. */
  unknown = facts.map(() => 0);
  #hash = 0x811c9dc5;

  /** A device that matches, and the bits of its rules. */
  match(name, bits) {
    this.matches++;
    for (let rule = 0; rule < rules.length; rule++) this.perRule[rule] += (bits >> rule) & 1;
    for (let at = 0; at < name.length; at++) this.#mix(name.charCodeAt(at));
    this.#mix(bits);
  }

  #mix(value) {
    this.#hash = Math.imul(this.#hash ^ value, 0x01000193);
  }

  /** As plain data. */
  get plain() {
    const { rows, matches, perRule, unknown } = this;
    return { rows, matches, perRule, unknown, hash: this.#hash };
  }
}

/** The facts that rules read. */
export const facts = ["days", "free", "count", "applied", "found", "office"];

/** The rules by hand: bits of those that match. What is not known is not a number, and is counted. */
export function judge(outcome, days, free, count, applied, found, office) {
  outcome.rows++;
  const { unknown } = outcome;
  if (Number.isNaN(days)) unknown[0]++;
  if (Number.isNaN(free)) unknown[1]++;
  if (Number.isNaN(count)) unknown[2]++;
  if (Number.isNaN(applied)) unknown[3]++;
  if (Number.isNaN(found)) unknown[4]++;
  if (Number.isNaN(office)) unknown[5]++;
  let bits = 0;
  if (days > 10) bits |= 1;
  if (free <= 6) bits |= 2;
  if (count > 0) bits |= 4;
  if (applied + found > 10) bits |= 8;
  if (office >= 1) bits |= 16;
  return bits;
}
