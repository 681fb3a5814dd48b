// The Vercel AI SDK, 5 to 7: a set of tools by name. With `approve: "by-kit"` versions 6 and 7 ask, by their tool approval
// requests; version 5 has none, so that nothing can be triggered that way.

import type { Tool, ToolAnswer } from "../tools/types.ts";
import { askedCallsOf, proposalIdIn } from "./asked.ts";

/** A tool as `generateText`, `streamText` and agents take it. */
export interface AiSdkTool {
  title: string;
  description: string;
  inputSchema: AiSdkSchema;
  strict: boolean;
  execute(input: unknown, call: AiSdkCall): Promise<ToolAnswer>;
  needsApproval?: (input: unknown, call: AiSdkCall) => boolean;
}

/** What is read of how the kit calls a tool. */
export interface AiSdkCall {
  toolCallId: string;
  messages: readonly { role: string; content: unknown }[];
  abortSignal?: AbortSignal;
}

/** A Standard Schema with JSON Schema, which the kit's own mark tells it to pass on as it stands. */
export interface AiSdkSchema {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly types?: { readonly input: unknown; readonly output: unknown };
    readonly validate: (value: unknown) => { value: unknown };
    readonly jsonSchema: {
      readonly input: () => Record<string, unknown>;
      readonly output: () => Record<string, unknown>;
    };
  };
}

/**
 * The tools for the AI SDK. With your own `approve` it is asked inside the call. With `approve: "by-kit"` the kit stops
 * and gives a `tool-approval-request`; show what `approval.of` of the tool says of its input, and answer with a
 * `tool-approval-response`. What runs without such a response to this very call, or with one that version 7's
 * `toolApproval` gave by a rule, triggers nothing.
 *
 * The types are those of versions 6 and 7; version 5 knows its schemas by a type that nobody can name, so that TypeScript
 * needs `as unknown as ToolSet` there.
 *
 * Messages that come back from a browser hold the responses, too: they are the employee's own word. Keep the tools of a
 * conversation on the server between the two requests.
 *
 * @example
 * ```ts
 * const tools = nexthink.tools({ employee, approve: "by-kit" });
 * const { content } = await generateText({ model, messages, tools: forAiSdk(tools), stopWhen: stepCountIs(8) });
 * for (const part of content) {
 *   if (part.type !== "tool-approval-request") continue;
 *   const proposal = tools.find(({ name }) => name === part.toolCall.toolName).approval.of(part.toolCall.input);
 *   ask(part.approvalId, proposal);
 * }
 * ```
 */
export function forAiSdk(tools: readonly Tool[]): Record<string, AiSdkTool> {
  return Object.fromEntries(tools.map((tool) => [tool.name, aiSdkTool(tool)]));
}

function aiSdkTool({ annotations, description, inputSchema, strict, approval, execute }: Tool): AiSdkTool {
  const asked = approval && askedCallsOf(approval);
  const answerTo = (input: unknown, call: AiSdkCall | undefined) => {
    const answer = answerIn(call?.messages, call?.toolCallId, input);
    // The kit shows one call of an ID, and makes another.
    return answer && asked?.isOnly(call?.toolCallId ?? "", input);
  };
  const tool: AiSdkTool = {
    title: annotations.title,
    description,
    inputSchema: schemaOf({ ...inputSchema }),
    strict,
    execute: (input, call) => execute(input, { signal: call?.abortSignal, approved: answerTo(input, call) }),
  };
  if (approval?.by !== "kit") return tool;
  return {
    ...tool,
    // Asked again once there is an answer: a proposal that has ended meanwhile is then told as that, not as declined.
    needsApproval(input, call) {
      const proposal = approval.of(input);
      if (proposal) asked?.remember(call.toolCallId, proposal);
      return proposal !== undefined || answerTo(input, call) !== undefined;
    },
  };
}

/**
 * What a person has answered to the kit's request for this call; undefined where nobody was asked. Version 7 can answer
 * requests itself, by a rule: such a yes is nobody's.
 */
function answerIn(
  messages: AiSdkCall["messages"] | undefined,
  toolCallId: string | undefined,
  input: unknown,
): boolean | undefined {
  const parts = (messages ?? []).flatMap(({ role, content }) =>
    Array.isArray(content) ? content.map((part: Part) => ({ role, part })) : [],
  );
  const requests = parts.filter(
    ({ role, part }) =>
      role === "assistant" && part?.type === "tool-approval-request" && part.toolCallId === toolCallId,
  );
  const isByRule = requests.some(({ part }) => part.isAutomatic === true);
  const ids = new Set(requests.map(({ part }) => part.approvalId));
  const answers = parts.filter(
    ({ role, part }) => role === "tool" && part?.type === "tool-approval-response" && ids.has(part.approvalId),
  );
  // Where two calls have the same ID, nobody knows which of them was shown.
  const calls = parts.filter(
    ({ role, part }) => role === "assistant" && part?.type === "tool-call" && part.toolCallId === toolCallId,
  );
  const isThisOne = calls.length > 0 && calls.every(({ part }) => proposalIdIn(part.input) === proposalIdIn(input));
  // One no is enough.
  const isYes = answers.every(({ part }) => part.approved === true);
  return answers.length > 0 ? isYes && isThisOne && !isByRule : undefined;
}

interface Part {
  type?: unknown;
  toolCallId?: unknown;
  approvalId?: unknown;
  approved?: unknown;
  isAutomatic?: unknown;
  input?: unknown;
}

/** By the marks of the kit's `jsonSchema()`; the tools check their input themselves. */
function schemaOf(jsonSchema: Record<string, unknown>): AiSdkSchema {
  const marks = { [Symbol.for("vercel.ai.schema")]: true, [Symbol.for("vercel.ai.validator")]: true };
  const given = () => jsonSchema;
  return {
    ...marks,
    ...{ _type: undefined, jsonSchema, validate: undefined },
    "~standard": {
      version: 1,
      vendor: "nexthink-chatbot",
      validate: (value) => ({ value }),
      jsonSchema: { input: given, output: given },
    },
  };
}
