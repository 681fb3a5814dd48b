// `check_progress`: one look at a run, and one at what it has changed once it has ended.

import { NexthinkError } from "../errors.ts";
import type { Run } from "../generated/types.ts";
import { defineTool } from "./define.ts";
import { asData, notKnown } from "./failure.ts";
import type { ToolSession } from "./session.ts";
import { toldRun } from "./told-run.ts";
import type { Tool } from "./types.ts";
import { together } from "./under-way.ts";

export function checkProgress(session: ToolSession, strict: boolean): Tool {
  return defineTool(session, strict, {
    name: "check_progress",
    description:
      "Takes one look at a repair that remediate has triggered, and once it has ended, at whether the trouble is gone. " +
      "Its facts are four different things: accepted (the tenant took it), ran (the script ran to its end), changed (what " +
      'was found is gone), solved (the employee says that it helped). Each is true, false or "unknown". Say what mayBeSaid ' +
      "says and no more: never claim success before ran and changed are true.",
    fields: { runId: { description: "The run's ID from remediate." } },
    annotations: { title: "Check progress" },
    async run({ runId }, { signal }) {
      const kept = session.runs.get(runId);
      if (!kept) throw notKnown("run", "use a runId that remediate has given; without one, nothing was triggered");
      return together(kept, () => look(session, kept.run, signal));
    },
  });
}

async function look(session: ToolSession, before: Run, signal: AbortSignal | undefined): Promise<object> {
  const { steps } = session;
  const run = before.endedAt === undefined ? session.keepRun(await steps.progress(before, { signal })) : before;
  if (!isToVerify(run)) return toldRun(run);
  try {
    return toldRun(session.keepRun(await steps.verify(run, { signal })));
  } catch (error) {
    // What is known of the run is not lost because nothing could be measured.
    if (!NexthinkError.is(error) || error.kind === "aborted") throw error;
    return { ...toldRun(run), notVerified: asData(error).error };
  }
}

/** What has not run has changed nothing, and what is known needs no second look. */
function isToVerify({ endedAt, ran, changed, rule }: Run): boolean {
  return endedAt !== undefined && ran !== false && changed === "unknown" && rule !== undefined;
}
