// Playbooks made ready in the fleet module, once for all calls; and how the module is called.

import { NexthinkError, toNexthinkError } from "./errors.ts";
import { JudgeCore, startFleet } from "./fleet.ts";
import type { ErrorDetails, Playbook } from "./generated/types.ts";
import { compiled } from "./playbook-authoring.ts";
import { startOrExplain } from "./start.ts";
import { verdictRows } from "./verdict-rows.ts";
import type { Verdicts } from "./verdicts.ts";

/** A playbook made ready in the module. */
export interface Judge {
  core: JudgeCore;
  /** The playbook's ID. */
  id: string;
  rules: string[];
  /** The verdicts on a row, by where its first is among those of the last answer. */
  verdictsFrom: (first: number) => Verdicts;
}

/** The built-in playbooks that were asked for, made ready once. */
const judges = new Map<string, Judge>();

/** The same for playbooks of the user's own, for as long as they are there. One that is changed later stays as it was. */
const ownJudges = new WeakMap<Playbook, Judge>();

export function judgeOf(playbook: string | Playbook): Judge {
  const known = typeof playbook === "string" ? judges.get(playbook) : ownJudges.get(playbook);
  if (known) return known;
  const isOwn = typeof playbook === "object" && playbook !== null;
  const judge = askFleet(() => {
    startOrExplain(startFleet);
    const id = isOwn ? playbook.id : String(playbook);
    const core = new JudgeCore(id, isOwn ? compiled(playbook) : undefined);
    const rules: string[] = JSON.parse(core.rules());
    return { core, id, rules, verdictsFrom: verdictRows(core, rules) };
  });
  if (isOwn) ownJudges.set(playbook, judge);
  else judges.set(playbook, judge);
  return judge;
}

/** Lets go of something of the module: what has trapped cannot be let go of any more, and whoever used it was told. */
export function letGo(free: () => void): void {
  try {
    free();
  } catch {}
}

/** Calls the module, which throws the details of an error as JSON. */
export function askFleet<T>(use: () => T): T {
  try {
    return use();
  } catch (thrown) {
    throw typeof thrown === "string" ? new NexthinkError(JSON.parse(thrown) as ErrorDetails) : toNexthinkError(thrown);
  }
}
