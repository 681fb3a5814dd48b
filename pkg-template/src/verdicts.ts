// What playbooks say of rows, without a client: with all reasons (`evaluate`), or the verdicts alone.

import { encode, encodePassingText } from "./encode.ts";
import { invalid } from "./errors.ts";
import type { Evaluation, EvaluationInput, Playbook, Verdict } from "./generated/types.ts";
import { timeOf } from "./given-time.ts";
import { askFleet, judgeOf } from "./judges.ts";

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
  const { now, ...rest } = options ?? {};
  const time = timeOf(now);
  const input = { ...rest, row, ...(time !== undefined && { now: new Date(time).toISOString() }) };
  return askFleet(() => JSON.parse(judgeOf(playbook).core.evaluate(encode(input))));
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
  const { core, rules, verdictsFrom } = judgeOf(playbook);
  const count = askFleet(() => core.judge(input, time));
  const rows: Verdicts[] = [];
  for (let first = 0; first < count; first += rules.length) rows.push(verdictsFrom(first));
  return rows;
}

function bytesOf(answer: string | Uint8Array): Uint8Array {
  if (typeof answer === "string") return encodePassingText(answer);
  if (ArrayBuffer.isView(answer)) return answer;
  throw invalid("the answer is neither text nor bytes", "pass the body of an answer as it came; rows as JSON text");
}
