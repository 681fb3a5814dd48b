// Remote actions without the six steps around them.

import type { Call } from "./call.ts";
import type { AcceptedRemoteAction, RemoteAction, RemoteActionExecution } from "./generated/types.ts";
import type { CallOptions } from "./options.ts";

/** The remote actions API. */
export interface RemoteActions {
  /** The tenant's remote actions, as far as these credentials may see them. */
  list(options?: CallOptions): Promise<RemoteAction[]>;
  /**
   * One remote action with its inputs and outputs.
   *
   * @throws NexthinkError of kind `not-found` where there is none, or these credentials may not see it
   */
  get(nqlId: string, options?: CallOptions): Promise<RemoteAction>;
  /**
   * Triggers a remote action: without consent and without ledger, but within `readOnly` and `allowedRemoteActions`.
   * Called twice, it runs twice. For an employee use `propose` and `remediate`.
   *
   * @throws NexthinkError whose `sideEffect` says whether it may have happened
   */
  execute(input: RemoteActionExecution, options?: CallOptions): Promise<AcceptedRemoteAction>;
}

export function remoteActionsOf(call: Call): RemoteActions {
  return {
    list: (options) => call("remoteActions.list", undefined, options),
    get: (nqlId, options) => call("remoteActions.get", { nqlId }, options),
    execute: (input, options) => call("remoteActions.execute", input, options),
  };
}
