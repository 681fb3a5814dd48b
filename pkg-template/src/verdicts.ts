// What playbooks say of rows, without a client: with all reasons (`evaluate`), or the verdicts alone, of which two bits for
// each rule come out of the module, and an object with the rules' names goes out here.

import { encode, encodePassingText } from "./encode.ts";
import { invalid, NexthinkError, toNexthinkError } from "./errors.ts";
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
  /**
   * The time, for rules that want fresh facts. Without it, or where the row does not tell when a fact was collected, they
   * cannot tell how old it is, and say `unknown`.
   */
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
  const time = timeOf(now);
  const input = { ...rest, row, ...(time !== undefined && { now: new Date(time).toISOString() }) };
  return ask(() => JSON.parse(judgeOf(playbook).core.evaluate(encode(input))));
}

export function verdicts(
  playbook: string | Playbook,
  answer: string | Uint8Array,
  options?: VerdictsOptions,
): Verdicts[] {
  const unknown = Object.keys(options ?? {}).find((name) => name !== "now");
  // One that is passed over would be taken for kept: when data was collected, say, holds for one device only.
  if (unknown !== undefined) {
    throw invalid(`\`${unknown}\` is no option of \`verdicts\``, "give `now`; `evaluate` takes more, for one row");
  }
  const time = timeOf(options?.now);
  const input = bytesOf(answer);
  const { core, rules, rowOf } = judgeOf(playbook);
  const count = ask(() => core.judge(input, time));
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

/** A time in milliseconds: a text or a number would leave open which zone or unit it is in. */
function timeOf(now: Date | undefined): number | undefined {
  if (now === undefined) return undefined;
  const time = Object.prototype.toString.call(now) === "[object Date]" ? now.getTime() : Number.NaN;
  if (Number.isNaN(time)) throw invalid("`now` is not a `Date` with a time", "pass one, as in `new Date()`");
  return time;
}

function bytesOf(answer: string | Uint8Array): Uint8Array {
  if (typeof answer === "string") return encodePassingText(answer);
  if (ArrayBuffer.isView(answer)) return answer;
  throw invalid("the answer is neither text nor bytes", "pass the body of an answer as it came; rows as JSON text");
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
