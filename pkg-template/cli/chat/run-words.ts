// A run in plain words: where it stands, and whether it has changed anything. Four different facts are never mixed:
// accepted, ran, changed and solved.

import type { Recommendation, Run, RunState } from "nexthink-chatbot";
import { duration, valueLines } from "./diagnosis-words.ts";

/** What the employee is asked to agree to: the remote action, its inputs, and what it does to their work. */
export function offer(what: Recommendation, device: string, reason?: string): string {
  const { title, params, risk, expectedSeconds } = what;
  const inputs = Object.entries(params ?? {}).map(([name, value]) => `${name}: ${value.replaceAll(",", ", ")}`);
  return [
    `I can run "${title}" on ${device}${inputs.length > 0 ? ` (${inputs.join("; ")})` : ""}.`,
    ...(reason ? [`Why: ${reason}.`] : []),
    ...(expectedSeconds ? [`It usually takes ${duration(expectedSeconds * 1_000)}.`] : []),
    risk === "disruptive" ? "It interrupts your work: programs may be closed." : "You can go on working meanwhile.",
  ].join(" ");
}

/** One line of a run's progress. */
export function stateLine({ state, expiresAt }: Run, now: number): string {
  const meaning: Record<RunState, string> = {
    pending: "it is being sent",
    unknown: "nobody knows whether it was accepted; it is not sent again",
    accepted: "Nexthink has taken the request",
    waiting: `the device has not fetched it yet (until ${expiresAt.slice(11, 16)} UTC)`,
    running: "the script is running",
    succeeded: "the script has ended and reports success",
    failed: "the script reports a failure, or could not start",
    expired: "the device did not come online in time",
    cancelled: "someone cancelled it",
  };
  return `  ${clock(now)}  ${state.padEnd(9)}  ${meaning[state]}`;
}

/** What the second look says, as lines. */
export function verificationLines(run: Run): string[] {
  const { changed, verification } = run;
  if (!verification || run.evidence.because.length === 0) {
    return ["There is no measurement for this: whether it helped, only you can tell."];
  }
  const values = valueLines(verification);
  if (changed === true) return ["I have looked again: what was wrong is gone.", ...values];
  if (changed === false) return ["I have looked again: it is still wrong, on data from after the repair.", ...values];
  const awaits = verification.awaits.map(({ title, schedule }) => `${title} (${schedule})`);
  const until =
    awaits.length > 0
      ? `It will be known once this has run again: ${awaits.join(", ")}.`
      : "The figures still cover the time before the repair.";
  return [`I have looked again: whether it changed anything is not known yet. ${until}`, ...values];
}

/** How long to wait until data collections have run again, in milliseconds; a day where none is awaited. */
export function untilKnown({ verification }: Run): number {
  const awaited = verification?.awaits.map(({ schedule }) => hours[schedule]) ?? [];
  return (awaited.length > 0 ? Math.max(...awaited) : hours.daily) * 3_600_000 + 60_000;
}

const hours = { hourly: 1, daily: 24, weekly: 168 };

/** `09:00:24`, in UTC. */
const clock = (now: number) => new Date(now).toISOString().slice(11, 19);
