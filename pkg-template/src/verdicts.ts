// What playbooks say of rows: a byte for each rule comes out of the core, an object with its rules' names goes out here.

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
  const bytes = call(() => judge.core.verdicts(input, options?.now?.getTime()));
  const rows: Verdicts[] = [];
  const cells = judge.rules.map((): Verdict => "unknown");
  for (let at = 0; at < bytes.length; ) {
    for (let rule = 0; rule < cells.length; rule++) cells[rule] = words[(bytes[at++] as number) & 3] as Verdict;
    rows.push(judge.rowOf(cells));
  }
  return rows;
}

/** The lowest two bits of a byte. */
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
