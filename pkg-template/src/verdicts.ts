// What playbooks say of rows, without a client: with all reasons (`evaluate`), or the verdicts alone, of which two bits for
// each rule come out of the module, and an object with the rules' names goes out here.

import { encode, encodePassingText } from "./encode.ts";
import { NexthinkError, toNexthinkError } from "./errors.ts";
import { JudgeCore, startFleet } from "./fleet.ts";
import type { ErrorDetails, Evaluation, EvaluationInput, Playbook, Verdict } from "./generated/types.ts";
import { rowMaker } from "./named-rows.ts";
import { compiled } from "./playbook-authoring.ts";
import { playbookLibrary } from "./playbook-library.ts";
import { startOrExplain } from "./start.ts";

/** What each rule of a playbook says of a row, by the rule's name. */
export type Verdicts = Record<string, Verdict>;

/** When rows are judged. */
export interface VerdictsOptions {
  /** The time, for rules that want fresh facts. Without it they cannot tell how old a fact is, and say `unknown`. */
  now?: Date;
}

/** In which circumstances a row is evaluated. */
export type EvaluationOptions = Omit<EvaluationInput, "row" | "now"> & VerdictsOptions;

export function evaluate(
  playbook: string | Playbook,
  row: EvaluationInput["row"],
  options: EvaluationOptions = {},
): Evaluation {
  const { now, ...rest } = options;
  const input = { ...rest, row, ...(now && { now: now.toISOString() }) };
  return ask(() => JSON.parse(judgeOf(playbook).core.evaluate(encode(input))));
}

export function verdicts(
  playbook: string | Playbook,
  answer: string | Uint8Array,
  options?: VerdictsOptions,
): Verdicts[] {
  const input = typeof answer === "string" ? encodePassingText(answer) : answer;
  const { core, rules, rowOf } = judgeOf(playbook);
  const count = ask(() => core.judge(input, options?.now?.getTime()));
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

/** The built-in playbooks that were asked for, made ready once. */
const judges = new Map<string, Judge>();

/** The same for playbooks of the user's own, for as long as they are there. One that is changed later stays as it was. */
const ownJudges = new WeakMap<Playbook, Judge>();

function judgeOf(playbook: string | Playbook): Judge {
  const known = typeof playbook === "string" ? judges.get(playbook) : ownJudges.get(playbook);
  if (known) return known;
  const isOwn = typeof playbook === "object" && playbook !== null;
  const judge = ask(() => {
    startOrExplain(startFleet);
    const core = isOwn
      ? new JudgeCore(compiled(playbook), playbook.id)
      : new JudgeCore(playbookLibrary(), String(playbook));
    const rules: string[] = JSON.parse(core.rules());
    return { core, rules, rowOf: rowMaker<Verdict>(rules) };
  });
  if (isOwn) ownJudges.set(playbook, judge);
  else judges.set(playbook, judge);
  return judge;
}

/** Calls the module, which throws the details of an error as JSON. */
function ask<T>(use: () => T): T {
  try {
    return use();
  } catch (thrown) {
    throw typeof thrown === "string" ? new NexthinkError(JSON.parse(thrown) as ErrorDetails) : toNexthinkError(thrown);
  }
}
