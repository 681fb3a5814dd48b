// One recommendation: offered, agreed to, triggered once, followed to its end, looked at again, and asked about.

import { type Device, type Diagnosis, NexthinkError, type Recommendation, type Run } from "nexthink-chatbot";
import { askYesNo, type YesNoStop } from "./answer.ts";
import type { Desk } from "./desk.ts";
import { offer, stateLine, untilKnown, verificationLines } from "./run-words.ts";
import type { Talk } from "./talk.ts";

/** What is known of a problem so far. */
export interface Case {
  device: Device;
  diagnosis: Diagnosis;
  /** The runs that have come to an end or were left, the oldest first. */
  runs: Run[];
  /** What each look after a run said of it: the tenant's word on whether it changed anything. */
  looks: Run["changed"][];
}

/** How a recommendation ended: it helped, was left to the employee, the next one may help, or that is enough. */
export type Ending = "solved" | "advised" | "next" | "stop";

export async function tryRecommendation(talk: Talk, desk: Desk, of: Case, what: Recommendation): Promise<Ending> {
  if (what.kind === "advice") return advise(talk, what);
  const agreed = await consent(talk, of, what);
  if (agreed !== "yes") return agreed === "no" ? "next" : "stop";
  const proposal = desk.nexthink.propose(of.diagnosis, what, { employee: desk.employee });
  let run = await desk.nexthink.remediate(proposal.token, { confirmed: what.risk === "disruptive" });
  const place = of.runs.push(run) - 1;
  // Kept at every step, so that the summary knows of it whatever happens next.
  const keep = (latest: Run) => {
    run = latest;
    of.runs[place] = latest;
  };
  await followToTheEnd(talk, desk, run, keep);
  talk.say("");
  if (!run.endedAt) return "stop";
  if (run.state !== "succeeded") {
    const details = run.statusDetails ? ` It says: ${run.statusDetails}` : "";
    talk.say(`"${run.title}" did not come to a good end.${details}`, "bad");
    return "next";
  }
  await verify(talk, desk, of, run, keep);
  const helped = await askYesNo(talk, "Did it help?", "helped");
  if (helped === "stop") return "stop";
  keep(desk.nexthink.solved(run, helped === "yes"));
  return helped === "yes" ? "solved" : "next";
}

async function advise(talk: Talk, { title }: Recommendation): Promise<Ending> {
  talk.say(`My advice: ${title}. That is something only you can do; save your work first.`);
  const enough = await askYesNo(talk, "Will you do that and leave it at that for now?", "advice");
  return enough === "no" ? "next" : enough === "yes" ? "advised" : "stop";
}

async function consent(talk: Talk, { device, diagnosis }: Case, what: Recommendation): Promise<YesNoStop> {
  // What was found has been told already; a remedy that is always worth a try has not been explained yet.
  const always = diagnosis.findings.find(({ rule, because }) => rule === what.rule && because.length === 0);
  talk.say(offer(what, device.name, always?.reason));
  const agreed = await askYesNo(talk, "Shall I?", "consent");
  if (agreed !== "yes" || what.risk !== "disruptive") return agreed;
  talk.say("Please save your work first.");
  return askYesNo(talk, "Is everything saved, and may it begin now?", "confirmation");
}

/** Real milliseconds without a change after which the employee is asked whether to go on waiting. */
const patience = 60_000;

/** Shows each change until the run has ended, or nobody wants to wait any longer. */
async function followToTheEnd(talk: Talk, desk: Desk, triggered: Run, keep: (run: Run) => void): Promise<void> {
  let run = triggered;
  let shown: Run["state"] | undefined;
  for (;;) {
    try {
      const timeoutMs = Math.max(patience, 2_000 * (run.expectedSeconds ?? 0));
      for await (const latest of desk.nexthink.follow(run, { timeoutMs })) {
        if (latest.state !== shown) talk.say(stateLine(latest, desk.now()), "detail");
        shown = latest.state;
        run = latest;
        keep(latest);
      }
      return;
    } catch (error) {
      if (!NexthinkError.is(error) || error.kind !== "timeout") throw error;
      talk.say("Nothing has changed for a while.");
      if ((await askYesNo(talk, "Shall I keep waiting?", "patience")) !== "yes") return;
    }
  }
}

async function verify(talk: Talk, desk: Desk, of: Case, run: Run, keep: (run: Run) => void): Promise<void> {
  const verified = await look(talk, desk, of, run);
  keep(verified);
  const mayShow = verified.changed === "unknown" && (verified.verification?.because.length ?? 0) > 0;
  if (!mayShow || !desk.simulation) return;
  const later = await askYesNo(talk, "This tenant is simulated: shall I let the time pass until then?", "later");
  if (later !== "yes") return;
  desk.simulation.advance(untilKnown(verified));
  keep(await look(talk, desk, of, verified));
}

async function look(talk: Talk, desk: Desk, of: Case, run: Run): Promise<Run> {
  const verified = await desk.nexthink.verify(run);
  of.looks.push(verified.changed);
  talk.say(verificationLines(verified).join("\n"), verified.changed === true ? "good" : undefined);
  return verified;
}
