// OpenAI's Responses API: function tools, and what answers a function call. The API asks nobody for approval: the host
// does, or says what a person has answered.

import { invalid } from "../errors.ts";
import { asData } from "../tools/failure.ts";
import type { ProposalToApprove, Tool, ToolAnswer } from "../tools/types.ts";

/** An entry of `tools` of a request. */
export interface OpenAiFunctionTool {
  type: "function";
  name: string;
  description: string;
  parameters: Record<string, unknown>;
  strict: boolean;
}

/** What is read of an item of type `function_call`. */
export interface OpenAiFunctionCall {
  name: string;
  arguments: string;
  call_id: string;
}

/** The item that answers a call: append it to `input` of the next request. */
export interface OpenAiFunctionCallOutput {
  type: "function_call_output";
  call_id: string;
  output: string;
}

/** What `forOpenAiResponses` gives. */
export interface OpenAiResponsesTools {
  /** For `tools` of a request. */
  tools: OpenAiFunctionTool[];
  /** What a person has to be asked before this call; undefined where it would trigger nothing. */
  approvalOf(call: OpenAiFunctionCall): ProposalToApprove | undefined;
  /**
   * Does what the model called for. Never rejects.
   *
   * @param options `approved`: only with `approve: "by-kit"`: whether a person has said yes to exactly this call
   */
  run(
    call: OpenAiFunctionCall,
    options?: { signal?: AbortSignal; approved?: boolean },
  ): Promise<OpenAiFunctionCallOutput>;
}

/**
 * The tools for the Responses API. Give `nexthink.tools` your own `approve`, which `run` asks; or `"by-kit"`, and ask
 * with what `approvalOf` gives before you call `run` with `approved`.
 *
 * @example
 * ```ts
 * const { tools, run } = forOpenAiResponses(nexthink.tools({ employee, approve, strict: true }));
 * const response = await openai.responses.create({ model, input, tools });
 * input.push(...response.output);
 * for (const item of response.output) if (item.type === "function_call") input.push(await run(item));
 * ```
 */
export function forOpenAiResponses(tools: readonly Tool[]): OpenAiResponsesTools {
  const named = (name: string) => tools.find((tool) => tool.name === name);
  return {
    tools: tools.map(({ name, description, inputSchema, strict }) => {
      return { type: "function", name, description, parameters: { ...inputSchema }, strict };
    }),
    approvalOf({ name, arguments: text }) {
      const input = inputOf(text);
      return "problem" in input ? undefined : named(name)?.approval?.of(input.value);
    },
    async run({ name, arguments: text, call_id }, { signal, approved } = {}) {
      const tool = named(name);
      const input = inputOf(text);
      let answer: ToolAnswer;
      if (!tool) answer = problem("there is no such tool", `call one of ${tools.map((one) => one.name).join(", ")}`);
      else if ("problem" in input) answer = input.problem;
      else answer = await tool.execute(input.value, { signal, approved });
      return { type: "function_call_output", call_id, output: JSON.stringify(answer) };
    },
  };
}

function inputOf(text: string): { value: unknown } | { problem: ToolAnswer } {
  try {
    return { value: text ? JSON.parse(text) : {} };
  } catch {
    return { problem: problem("the arguments are no JSON", "call again with a JSON object") };
  }
}

function problem(message: string, hint: string): ToolAnswer {
  return { ...asData(invalid(message, hint)) };
}
