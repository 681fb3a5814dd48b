// OpenAI's Agents SDK: the options of its `tool()`. With `approve: "by-kit"` the SDK interrupts the run, and only a call
// that was approved by itself triggers something.

import { strictSchema, type ToolPropertySchema } from "../tools/schema.ts";
import type { Tool, ToolAnswer } from "../tools/types.ts";
import { askedCallsOf } from "./asked.ts";

/** What `tool()` of the kit takes. Its tools are strict by default, and these always are. */
export interface OpenAiAgentsTool {
  name: string;
  description: string;
  parameters: {
    type: "object";
    properties: Record<string, ToolPropertySchema>;
    required: string[];
    additionalProperties: false;
  };
  strict: true;
  execute(
    input: unknown,
    context?: unknown,
    details?: { toolCall?: { callId: string }; signal?: AbortSignal },
  ): Promise<ToolAnswer>;
  needsApproval?: (context: unknown, input: unknown, callId?: string) => Promise<boolean>;
}

/** What is asked of the kit's run context. */
export interface OpenAiRunContext {
  /** Whether a call was approved; undefined where nobody has answered. */
  isToolApproved(call: { toolName: string; callId: string }): boolean | undefined;
}

/**
 * The tools for the Agents SDK. With your own `approve` it is asked inside the call. With `approve: "by-kit"` the run ends
 * with `interruptions`; show what `approval.of` of the tool says of the arguments, then `state.approve(interruption)` or
 * `state.reject(interruption)`, and run on. `alwaysApprove` is no consent to a remote action and triggers nothing; neither
 * is a yes under the ID of a call that a model has given to two.
 *
 * @example
 * ```ts
 * const agent = new Agent({ name: "Desk", tools: forOpenAiAgents(tools).map((options) => tool(options)) });
 * let result = await run(agent, "My Outlook is offline");
 * for (const interruption of result.interruptions) {
 *   const proposal = tools.find(({ name }) => name === interruption.name).approval.of(JSON.parse(interruption.arguments));
 *   if (await ask(proposal)) result.state.approve(interruption);
 *   else result.state.reject(interruption);
 * }
 * result = await run(agent, result.state);
 * ```
 */
export function forOpenAiAgents(tools: readonly Tool[]): OpenAiAgentsTool[] {
  return tools.map(({ name, description, inputSchema, approval, execute }) => {
    const asked = approval && askedCallsOf(approval);
    const tool: OpenAiAgentsTool = {
      name,
      description,
      parameters: strictSchema(inputSchema),
      strict: true,
      execute(input, context, details) {
        const callId = details?.toolCall?.callId ?? "";
        // The kit asks once for an ID, whatever its calls are.
        const isThisOne = asked?.isOnly(callId, input) ?? false;
        const approved = isThisOne && isApproved(context, name, callId);
        return execute(input, { signal: details?.signal, approved });
      },
    };
    if (approval?.by !== "kit") return tool;
    return {
      ...tool,
      async needsApproval(context, input, callId) {
        const proposal = approval.of(input);
        if (proposal && callId) asked?.remember(callId, proposal);
        return proposal !== undefined || isApproved(context, name, callId);
      },
    };
  });
}

/** Whether a person has approved this very call. An approval of all calls would be the model's to spend. */
function isApproved(context: unknown, toolName: string, callId: string | undefined): boolean {
  const { isToolApproved } = (context ?? {}) as Partial<OpenAiRunContext>;
  if (typeof isToolApproved !== "function" || !callId) return false;
  const approved = (id: string) => isToolApproved.call(context, { toolName, callId: id }) === true;
  return approved(callId) && !approved(neverCalled);
}

/** The ID of no call: what is approved for it is approved for everything. */
const neverCalled = "nexthink-chatbot: no call";
