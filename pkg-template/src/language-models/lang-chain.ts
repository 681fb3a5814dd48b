// LangChain: the two arguments of its `tool()` for each tool. With `approve: "by-kit"` LangGraph's `interrupt` stops the
// graph inside the call, in the form of LangChain's human-in-the-loop middleware, and only its answer triggers something.

import { invalid } from "../errors.ts";
import type { ProposalToApprove, Tool, ToolAnswer, ToolApproval } from "../tools/types.ts";
import { askedCallsOf, proposalIdIn } from "./asked.ts";

/** The arguments of `tool()` of `@langchain/core/tools`. */
export type LangChainTool = [(input: unknown, config?: LangChainCall) => Promise<string>, LangChainFields];

/** What is read of how the kit calls a tool. */
export interface LangChainCall {
  signal?: AbortSignal;
  toolCall?: { id?: string };
}

/** What `tool()` takes beside the function. */
export interface LangChainFields {
  name: string;
  description: string;
  /** JSON Schema. */
  schema: Record<string, unknown>;
}

/** How the graph is stopped; needed with `approve: "by-kit"`. */
export interface LangChainOptions {
  /** `interrupt` of `@langchain/langgraph`. The graph needs a checkpointer. */
  interrupt?: LangChainInterrupt;
}

/** `interrupt` of LangGraph: stops the graph with a value, and returns what it is resumed with. */
export type LangChainInterrupt = (value: {
  actionRequests: { name: string; args: Record<string, unknown>; description: string }[];
  reviewConfigs: { actionName: string; allowedDecisions: ("approve" | "reject")[] }[];
  proposal: ProposalToApprove;
}) => unknown;

/**
 * The tools for LangChain and LangGraph. With your own `approve` it is asked inside the call. With `approve: "by-kit"` the
 * graph stops with an interrupt whose value holds the `proposal`; resume it with
 * `new Command({ resume: { decisions: [{ type: "approve" }] } })`, or `reject`. Anything else is a no. The middleware for
 * human-in-the-loop is not needed: it asks before the call, so that the call cannot know what was answered.
 *
 * @throws NexthinkError of kind `invalid` where the kit is to ask and `interrupt` is missing
 * @example
 * ```ts
 * import { tool } from "@langchain/core/tools";
 * import { interrupt } from "@langchain/langgraph";
 *
 * const tools = forLangChain(nexthink.tools({ employee, approve: "by-kit" }), { interrupt });
 * const agent = createAgent({ model, tools: tools.map(([run, fields]) => tool(run, fields)), checkpointer });
 * ```
 */
export function forLangChain(tools: readonly Tool[], { interrupt }: LangChainOptions = {}): LangChainTool[] {
  return tools.map(({ name, description, inputSchema, approval, execute }) => {
    const isKits = approval?.by === "kit";
    if (isKits && typeof interrupt !== "function") {
      throw invalid(
        "`interrupt` is missing",
        "give `interrupt` of @langchain/langgraph, or `nexthink.tools` your own `approve`",
      );
    }
    const run: LangChainTool[0] = async (input, config) => {
      // It throws to stop the graph, and the call is made again when the graph goes on: nothing may happen before it.
      const proposal = isKits ? questionOf(approval, input, config?.toolCall?.id) : undefined;
      const approved = proposal !== undefined && isYes(interrupt?.(question(name, input, proposal)));
      return told(await execute(input, { signal: config?.signal, approved }));
    };
    return [run, { name, description, schema: { ...inputSchema } }];
  });
}

/**
 * What a call has to ask. LangGraph gives the answers to the calls of a turn by the order of their questions: a call that
 * has asked asks again each time it is made, also when it has nothing to trigger any more, or the next one got its answer.
 */
function questionOf(approval: ToolApproval, input: unknown, callId = ""): ProposalToApprove | undefined {
  const asked = askedCallsOf(approval);
  const proposal = approval.of(input) ?? asked.under(callId).find(({ id }) => id === proposalIdIn(input));
  if (proposal) asked.remember(callId, proposal);
  return proposal;
}

function question(name: string, input: unknown, proposal: ProposalToApprove): Parameters<LangChainInterrupt>[0] {
  const { title, risk } = proposal;
  const args = { ...(input as Record<string, unknown>) };
  return {
    actionRequests: [{ name, args, description: `${title} (${risk})` }],
    reviewConfigs: [{ actionName: name, allowedDecisions: ["approve", "reject"] }],
    proposal,
  };
}

/** Exactly one decision, and that one is to approve. */
function isYes(answer: unknown): boolean {
  const { decisions } = (answer ?? {}) as { decisions?: unknown };
  return Array.isArray(decisions) && decisions.length === 1 && decisions[0]?.type === "approve";
}

/** A tool message holds text. */
function told(answer: ToolAnswer): string {
  return JSON.stringify(answer);
}
