// Remote actions without the six steps around them.

import type { AcceptedRemoteAction, RemoteActionExecution } from "./generated/types.ts";
import type { CallOptions } from "./options.ts";

/** The remote actions API. */
export interface RemoteActions {
  /**
   * Triggers a remote action: without consent and without ledger, but within `readOnly` and `allowedRemoteActions`.
   * Called twice, it runs twice. For an employee use `propose` and `remediate`.
   *
   * @throws NexthinkError whose `sideEffect` says whether it may have happened
   */
  execute(input: RemoteActionExecution, options?: CallOptions): Promise<AcceptedRemoteAction>;
}
