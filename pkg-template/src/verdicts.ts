// What playbooks say of rows: two bits for each rule come out of the core, an object with its rules' names goes out here.

import type { JudgeCore } from "wasm:core/glue";
import { call } from "./core.ts";
import { encodePassingText } from "./encode.ts";
import type { Verdict } from "./generated/types.ts";
import { rowMaker } from "./named-rows.ts";
import { playbookLibrary } from "./playbook-library.ts";

/** What each rule of a playbook says of a row, by the rule's name. */
export type Verdicts = Record<string, Verdict>;

/** When rows are judged. */
export interface VerdictsOptions {
  /** The time, for rules that want fresh facts. Without it they cannot tell how old a fact is, and say `unknown`. */
  now?: Date;
}

export function verdicts(playbook: string, answer: string | Uint8Array, options?: VerdictsOptions): Verdicts[] {
  const judge = judgeOf(playbook);
  const input = typeof answer === "string" ? encodePassingText(answer) : answer;
  const { core, rules, rowOf } = judge;
  const count = call(() => core.judge(input, options?.now?.getTime()));
  const rows: Verdicts[] = [];
  const cells: Verdict[] = new Array(rules.length);
  let sixteen = 0;
  for (let at = 0; at < count; ) {
    for (let rule = 0; rule < rules.length; rule++) {
      sixteen = at % 16 === 0 ? core.sixteen(at) : sixteen >>> 2;
      cells[rule] = words[sixteen & 3] as Verdict;
      at++;
    }
    rows.push(rowOf(cells));
  }
  return rows;
}

/** By their two bits. */
const words: Verdict[] = ["no-match", "unknown", "match"];

interface Judge {
  core: JudgeCore;
  rules: string[];
  rowOf: (cells: readonly Verdict[]) => Verdicts;
}

/** The playbooks that were asked for, made ready once. */
const judges = new Map<string, Judge>();

function judgeOf(playbook: string): Judge {
  let judge = judges.get(playbook);
  if (!judge) {
    judge = call(({ JudgeCore }) => {
      const core = new JudgeCore(playbookLibrary(), playbook);
      const rules: string[] = core.rules();
      return { core, rules, rowOf: rowMaker<Verdict>(rules) };
    });
    judges.set(playbook, judge);
  }
  return judge;
}
