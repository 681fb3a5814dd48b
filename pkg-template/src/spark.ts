// Spark, Nexthink's own agent in Microsoft Teams.

import type { Call } from "./call.ts";
import type { SparkHandoff } from "./generated/types.ts";
import type { CallOptions } from "./options.ts";

/** The Spark API. */
export interface Spark {
  /**
   * Hands an employee's conversation over, once, within `readOnly`. Spark goes on with it in Microsoft Teams.
   *
   * @throws NexthinkError of kind `not-found` where Spark does not know the employee; `sideEffect` says whether it may
   * have happened
   */
  handoff(input: SparkHandoff, options?: CallOptions): Promise<void>;
}

export function sparkOf(call: Call): Spark {
  return {
    handoff: async (input, options) => {
      await call("spark.handoff", input, options);
    },
  };
}
