// Workflows, raw.

import type { Call } from "./call.ts";
import type {
  AcceptedWorkflow,
  AcceptedWorkflowTrigger,
  Workflow,
  WorkflowExecution,
  WorkflowFilter,
  WorkflowTrigger,
} from "./generated/types.ts";
import type { CallOptions } from "./options.ts";

/** The workflows API. What changes something is never sent twice, and blocked by `readOnly`. */
export interface Workflows {
  /** The tenant's workflows, all of them or those that a filter lets through. */
  list(filter?: WorkflowFilter, options?: CallOptions): Promise<Workflow[]>;
  /**
   * One workflow with its versions and parameters.
   *
   * @throws NexthinkError of kind `not-found` where there is none, or these credentials may not see it
   */
  get(nqlId: string, options?: CallOptions): Promise<Workflow>;
  /**
   * Starts a workflow for devices, employees, or both.
   *
   * @throws NexthinkError whose `sideEffect` says whether it may have started
   */
  execute(input: WorkflowExecution, options?: CallOptions): Promise<AcceptedWorkflow>;
  /**
   * Lets an execution go on that waits for an event.
   *
   * @throws NexthinkError whose `sideEffect` says whether it may have gone on
   */
  trigger(input: WorkflowTrigger, options?: CallOptions): Promise<AcceptedWorkflowTrigger>;
}

export function workflowsOf(call: Call): Workflows {
  return {
    list: (filter, options) => call("workflows.list", filter, options),
    get: (nqlId, options) => call("workflows.get", { nqlId }, options),
    execute: (input, options) => call("workflows.execute", input, options),
    trigger: (input, options) => call("workflows.trigger", input, options),
  };
}
