// About which proposals a call has asked a person. Kits keep a yes under a call's ID, or by the order of the questions:
// neither says what it was for, and some models number their calls anew in each turn.

import { Latest } from "../tools/latest.ts";
import type { ProposalToApprove, ToolApproval } from "../tools/types.ts";

/** The calls of one conversation that have asked. */
export class AskedCalls {
  readonly #proposals = new Latest<ProposalToApprove[]>(200);

  /** Remembers what a call asks about. */
  remember(callId: string, proposal: ProposalToApprove): void {
    const known = this.under(callId).filter(({ id }) => id !== proposal.id);
    this.#proposals.set(callId, [...known, proposal]);
  }

  /** Whether an ID stands for nothing but this proposal. One that was never asked about may, where another asks. */
  isOnly(callId: string, input: unknown): boolean {
    return this.under(callId).every(({ id }) => id === proposalIdIn(input));
  }

  /** All that was asked under an ID; more than one where a model gave it to several calls. */
  under(callId: string): readonly ProposalToApprove[] {
    return this.#proposals.get(callId) ?? [];
  }
}

const ofTools = new WeakMap<ToolApproval, AskedCalls>();

/** Those of a tool: the same however often it is adapted, since a host may do that for each request. */
export function askedCallsOf(approval: ToolApproval): AskedCalls {
  const asked = ofTools.get(approval) ?? new AskedCalls();
  ofTools.set(approval, asked);
  return asked;
}

/** The proposal that an input names. */
export function proposalIdIn(input: unknown): unknown {
  return (input as { proposalId?: unknown } | null | undefined)?.proposalId;
}
