// `remediate`: the only tool that triggers something, and only after a person's yes that no model can give.

import { failure, NexthinkError } from "../errors.ts";
import type { Run } from "../generated/types.ts";
import { defineTool } from "./define.ts";
import { notAgreed, notKnown, proposeAgain } from "./failure.ts";
import type { KeptProposal, ToolSession } from "./session.ts";
import { toldRun } from "./told-run.ts";
import type { ProposalToApprove, Tool, ToolCallOptions } from "./types.ts";
import { together } from "./under-way.ts";

export function remediate(session: ToolSession, strict: boolean): Tool {
  return defineTool(session, strict, {
    name: "remediate",
    description:
      "Asks the employee for their consent to one proposal, outside of this conversation with you, and triggers it if they " +
      "agree. Call it only after propose_remediation and only when the employee wants the repair; you cannot consent for " +
      "them. An answer with an error has triggered nothing unless its sideEffect says otherwise: never call a repair done " +
      "because you called this. Triggered is not repaired. Next: check_progress with the runId.",
    fields: { proposalId: { description: "The proposal's ID from propose_remediation." } },
    annotations: { title: "Remediate", readOnlyHint: false, destructiveHint: true },
    approval({ proposalId }) {
      const kept = session.proposals.get(proposalId);
      // What has run, is under way or has expired triggers nothing any more: nobody is asked about it.
      if (!kept || session.runs.get(proposalId) || kept.underWay || isExpired(session, kept)) return undefined;
      return toApprove(session, kept);
    },
    async run({ proposalId }, options) {
      const kept = session.proposals.get(proposalId);
      if (!kept) throw notKnown("proposal", `never make up an ID: ${proposeAgain}`);
      const earlier = session.runs.get(proposalId);
      if (earlier) return toldRun(earlier.run);
      // Whoever comes while it is being triggered waits for that and triggers nothing.
      if (!kept.underWay) {
        if (isExpired(session, kept)) throw expired();
        if (session.approve === "by-kit") requireKitsYes(options);
      }
      return toldRun(await together(kept, () => trigger(session, kept, options)));
    },
  });
}

async function trigger(session: ToolSession, kept: KeptProposal, options: ToolCallOptions): Promise<Run> {
  const { signal } = options;
  if (session.approve !== "by-kit") await requireYes(session.approve, toApprove(session, kept), signal);
  // Who has approved was told the risk: a disruptive action's second question is theirs.
  const { token } = kept.proposal;
  try {
    return session.keepRun(await session.steps.remediate(token, { confirmed: true }, { signal }));
  } catch (error) {
    // A person may take longer than a proposal holds.
    throw isExpired(session, kept) && NexthinkError.is(error) && error.kind === "consent" ? expired() : error;
  }
}

/** Asks a person. Anything but `true` is no yes, and neither is an answer that comes after the call was cancelled. */
async function requireYes(
  approve: Exclude<ToolSession["approve"], "by-kit">,
  proposal: ProposalToApprove,
  signal: AbortSignal | undefined,
): Promise<void> {
  // Nobody is asked for what would not be triggered.
  if (signal?.aborted) throw cancelled();
  let answer: unknown;
  try {
    answer = await unlessAborted(Promise.resolve(approve(proposal, { signal })), signal);
  } catch {
    if (signal?.aborted) throw cancelled();
    throw notAgreed(
      "nobody could be asked for consent",
      "tell the employee that nothing was triggered, and try again later",
    );
  }
  if (answer !== true) {
    throw notAgreed(
      "the employee did not agree to this proposal",
      "nothing was triggered; accept it, and offer another recommendation or escalate",
    );
  }
}

function requireKitsYes({ approved }: ToolCallOptions): void {
  if (approved === true) return;
  throw notAgreed(
    "this call was not approved by a person",
    "nothing was triggered; tell the employee that it needs their consent, which this chatbot has to ask for each time",
  );
}

async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

function isExpired(session: ToolSession, { proposal }: KeptProposal): boolean {
  return !(session.now() < Date.parse(proposal.expiresAt));
}

function cancelled(): NexthinkError {
  return failure("aborted", "the call was cancelled before anybody agreed", "nothing was triggered");
}

function expired(): NexthinkError {
  return notAgreed("this proposal has expired, and nothing was triggered", proposeAgain);
}

function toApprove(session: ToolSession, { proposal, recommendation, diagnosis }: KeptProposal): ProposalToApprove {
  const { token: _token, device, ...shown } = proposal;
  const { proof: _proof, ...shownDevice } = device;
  const { rule, description } = recommendation;
  const { playbook } = diagnosis;
  const employee = { ...session.employee };
  const all = {
    ...shown,
    device: shownDevice,
    params: { ...proposal.params },
    employee,
    playbook: { ...playbook },
    rule,
  };
  return description === undefined ? all : { ...all, description };
}
