// How a tool is declared, and what becomes of a declaration: the dialect of its schema, the check of its input, failures
// as data.

import { requireSignal } from "../abort-signal.ts";
import { asData } from "./failure.ts";
import { checkInput, type Fields, type Given, looseSchema, strictSchema } from "./schema.ts";
import type { ToolSession } from "./session.ts";
import type { ProposalToApprove, Tool, ToolAnnotations, ToolAnswer, ToolCallOptions, ToolName } from "./types.ts";

/** A tool as the files beside this one declare it. */
export interface ToolDefinition<F extends Fields> {
  name: ToolName;
  description: string;
  fields: F;
  annotations: Pick<ToolAnnotations, "title"> & Partial<ToolAnnotations>;
  /** What a person has to approve before the call, where it triggers something. */
  approval?: (given: Given<F>) => ProposalToApprove | undefined;
  run(given: Given<F>, options: ToolCallOptions): Promise<object>;
}

/** Makes the tool of a declaration. */
export function defineTool<F extends Fields>(
  session: ToolSession,
  strict: boolean,
  { name, description, fields, annotations, approval, run }: ToolDefinition<F>,
): Tool {
  const loose = looseSchema(fields);
  const asked = (input: unknown) => {
    try {
      return approval?.(checkInput(fields, input));
    } catch {
      // `execute` says what is wrong with the input; nobody has to be asked about it.
      return undefined;
    }
  };
  return {
    name,
    description,
    inputSchema: strict ? strictSchema(loose) : loose,
    strict,
    annotations: {
      readOnlyHint: true,
      destructiveHint: false,
      idempotentHint: true,
      // The tenant is all that a tool reaches.
      openWorldHint: false,
      ...annotations,
    },
    ...(approval && { approval: { by: session.approve === "by-kit" ? "kit" : "host", of: asked } }),
    async execute(input, options) {
      let answer: object;
      try {
        // Before anybody is asked for consent.
        requireSignal(options?.signal);
        answer = await run(checkInput(fields, input), options ?? {});
      } catch (thrown) {
        answer = asData(thrown);
      }
      // A copy without what JSON has not: whoever changes it changes nothing here.
      return JSON.parse(JSON.stringify(answer)) as ToolAnswer;
    },
  };
}
