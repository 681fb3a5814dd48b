// What `nexthink.tools` takes and gives.

import type { Employee, JsonValue, PlaybookReference, Proposal } from "../generated/types.ts";
import type { ToolInputSchema } from "./schema.ts";

/** The options of `nexthink.tools`. */
export interface ToolsOptions {
  /** Who is chatting, as your chatbot has authenticated them. Never from a message or a model. */
  employee: Employee;
  /**
   * Who is asked before anything is triggered, outside the model: your function, or the approval of the kit that calls
   * the tools (`"by-kit"`: see `nexthink-chatbot/language-models`).
   */
  approve: Approve | "by-kit";
  /** Whether inputs are described in OpenAI's strict dialect: every field required, options nullable. Default: false. */
  strict?: boolean;
  /** Your own ticket or case; it goes with what is triggered. */
  reference?: string;
}

/**
 * Asks the employee about one proposal, every time anew. Only `true` is a yes; an error is none. A `disruptive` one
 * interrupts their work: ask a second time. Device name, reason and inputs come from the device: show them as text.
 */
export type Approve = (
  proposal: ProposalToApprove,
  options: { signal?: AbortSignal },
) => boolean | PromiseLike<boolean>;

/** What a person needs to know to say yes. Holds no token and no proof: whoever sees it can trigger nothing. */
export interface ProposalToApprove extends Omit<Proposal, "token" | "device"> {
  /** Whose consent is asked for. */
  employee: Employee;
  /** On which device. */
  device: Omit<Proposal["device"], "proof">;
  /** What it does, in words for the employee, where the playbook says so. */
  description?: string;
  /** The playbook that recommends it. */
  playbook: PlaybookReference;
  /** The rule of it. */
  rule: string;
}

/** One tool for a language model. */
export interface Tool {
  /** In snake case, which every kit takes. */
  readonly name: ToolName;
  /** For the model: when to call it, and what comes next. */
  readonly description: string;
  /** What `execute` takes. */
  readonly inputSchema: ToolInputSchema;
  /** Whether `inputSchema` is in the strict dialect. */
  readonly strict: boolean;
  /** As in the Model Context Protocol. */
  readonly annotations: ToolAnnotations;
  /** Only of the tool that triggers something: what has to be approved, and by whom. */
  readonly approval?: ToolApproval;
  /**
   * Does what the tool is for. Checks the input itself, and never rejects: what goes wrong, also by the model's mistake,
   * comes back as `{ error: { kind, message, hint } }`. What devices and people have supplied is in `dataFromDevice`.
   *
   * @param input what the model gave; null counts as left out
   */
  execute(input: unknown, options?: ToolCallOptions): Promise<ToolAnswer>;
}

/** The names of the tools. */
export type ToolName =
  | "identify_devices"
  | "diagnose_device"
  | "propose_remediation"
  | "remediate"
  | "check_progress"
  | "escalate";

/** Hints about a tool, as in the Model Context Protocol. */
export interface ToolAnnotations {
  /** For people. */
  title: string;
  /** Whether it changes nothing. */
  readOnlyHint: boolean;
  /** Whether it may change what cannot be undone. */
  destructiveHint: boolean;
  /** Whether the same call again does nothing more. */
  idempotentHint: boolean;
  /** Whether it reaches beyond the tenant. */
  openWorldHint: boolean;
}

/** What has to be approved before a tool does something. */
export interface ToolApproval {
  /** Who is asked: `approve` of the options, inside `execute`; or the kit, before it calls `execute`. */
  readonly by: "host" | "kit";
  /** What a person has to be asked before this call; undefined where the call would trigger nothing. */
  of(input: unknown): ProposalToApprove | undefined;
}

/** The options of one call of a tool. They come from the host or its kit, never from the model. */
export interface ToolCallOptions {
  /** Cancels the call. */
  signal?: AbortSignal;
  /**
   * Only with `approve: "by-kit"`, else without a meaning: whether a person has said yes to exactly this call, by the
   * kit's own record of it.
   */
  approved?: boolean;
}

/** What a tool answers: plain JSON. */
export type ToolAnswer = { [name: string]: JsonValue };
