// The verdicts that the fleet module holds as objects with the rules' names.

import type { JudgeCore } from "./fleet.ts";
import type { Verdict } from "./generated/types.ts";
import { rowMaker } from "./named-rows.ts";
import type { Verdicts } from "./verdicts.ts";

/** So many verdicts come in one number. */
const together = 16;

/** Makes what gives the verdicts on a row, by where its first is among those of the last answer. */
export function verdictRows(core: JudgeCore, rules: readonly string[]): (first: number) => Verdicts {
  const parts: ((first: number) => Verdicts)[] = [];
  for (let from = 0; from < rules.length; from += together) {
    const named = rules.slice(from, from + together);
    const rowOf = copies(named);
    parts.push((first) => rowOf(core.bits(first + from, named.length)));
  }
  const [part] = parts;
  // More rules than come together are rare.
  return parts.length === 1 && part ? part : (first) => Object.assign({}, ...parts.map((some) => some(first)));
}

/** Most rows of a company are like others: what was made for one is copied for the next, in half the time. */
function copies(rules: readonly string[]): (bits: number) => Verdicts {
  const known = new Map<number, Verdicts>();
  const rowOf = rowMaker<Verdict>(rules);
  return (bits) => {
    let row = known.get(bits);
    if (!row) {
      row = rowOf(rules.map((_, at) => words[(bits >>> (2 * at)) & 3] as Verdict));
      if (known.size < mostKnown) known.set(bits, row);
    }
    return { ...row };
  };
}

/** Many rules could have so many combinations of verdicts that they would fill the memory. */
const mostKnown = 1_000;

/** By their two bits. */
const words: Verdict[] = ["no-match", "unknown", "match"];
