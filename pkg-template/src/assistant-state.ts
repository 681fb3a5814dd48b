// What a conversation is carried in from one turn to the next.

import type { JsonValue } from "./generated/types.ts";

/**
 * Where a conversation stands: plain JSON below 4 KB, without secrets of the tenant, sealed. Keep the latest and give it back
 * unchanged, to whichever process. It is personal data, and nobody but the employee's own session should have it: until the
 * proposal in it expires, it can be answered.
 */
export interface AssistantState {
  /** The seal: what was altered is refused. */
  readonly seal: string;
  readonly [name: string]: JsonValue;
}
