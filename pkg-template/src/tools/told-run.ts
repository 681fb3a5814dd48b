// A run as a model is told of it: accepted, ran, changed and solved are four facts, and a sentence says what they allow to
// be claimed.

import type { Run } from "../generated/types.ts";
import { dataFromDevice } from "./data-from-device.ts";

export function toldRun(run: Run): object {
  const { id, title, state, startedAt, endedAt, expectedSeconds, waiting, accepted, ran, changed, solved } = run;
  const awaits = run.verification?.awaits ?? [];
  return {
    runId: id,
    title,
    state,
    ended: endedAt !== undefined,
    startedAt,
    endedAt,
    expectedSeconds,
    waitingFor: waiting?.for,
    waitsUntil: waiting?.until,
    facts: { accepted, ran, changed, solved },
    mayBeSaid: mayBeSaid(run),
    knownAfter:
      awaits.length > 0 ? awaits.map(({ title: collection, schedule }) => `${collection} (${schedule})`) : undefined,
    lookAgainInSeconds: endedAt === undefined ? pauseOf(run) : undefined,
    next: next(run),
    dataFromDevice: dataFromDevice({
      device: run.device.name,
      statusDetails: run.statusDetails,
      outputs: run.outputs,
      measured: run.verification?.because?.flatMap(({ values }) =>
        values.map(({ column, value }) => ({ column, value })),
      ),
    }),
  };
}

/** What is true of a run, in words that claim no more. */
function mayBeSaid({ endedAt, state, waiting, ran, changed }: Run): string {
  if (endedAt === undefined) {
    if (waiting?.for === "device") return "It was triggered and waits until the device is online. It has not run yet.";
    if (state === "unknown") return "It was sent, and it is not known yet whether it arrived. It is not repeated.";
    return "It was triggered and is under way. It is not known yet whether it works.";
  }
  if (state === "unknown")
    return "It was sent, and nobody knows whether it ran. It must not be called done, nor repeated.";
  if (state === "succeeded") {
    if (changed === true)
      return "It ran, and what was found before is gone. Whether it helped, only the employee knows.";
    if (changed === false) return "It ran, and what was found before is still there: it did not help.";
    return "It ran. Whether it changed anything is not known until the data is collected again.";
  }
  return ran === true
    ? "It ran and ended with an error. It must not be called done."
    : "It did not run. Nothing was repaired.";
}

function next({ id, endedAt, state, changed }: Run): string {
  if (endedAt === undefined) {
    return `Tell the employee how it stands. Call check_progress with runId ${id} when lookAgainInSeconds have passed or when they ask; do not call it over and over.`;
  }
  if (state === "succeeded" && changed !== false) {
    return "Ask the employee whether it helped. If it did not: diagnose_device again, or escalate.";
  }
  return "Tell the employee. Diagnose again or propose the next recommendation, or escalate.";
}

function pauseOf({ waiting, expectedSeconds }: Run): number {
  if (waiting?.for === "device" || waiting?.for === "certainty") return 60;
  return Math.min(60, Math.max(5, waiting?.expectedSeconds ?? expectedSeconds ?? 10));
}
