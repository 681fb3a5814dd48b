// The answer of a module that throws nothing of ours: JSON text with a result, or with the details of an error.

import { NexthinkError, toNexthinkError } from "./errors.ts";
import type { ErrorDetails } from "./generated/types.ts";
import { startOrExplain } from "./start.ts";

/**
 * Starts a module, asks it, and reads its answer.
 *
 * @throws NexthinkError of the module's own, or `internal` where it cannot start
 */
export function answerOf<Answer>(start: () => void, ask: () => string): Answer {
  try {
    startOrExplain(start);
    const answer: { result: Answer } | { error: ErrorDetails } = JSON.parse(ask());
    if ("error" in answer) throw new NexthinkError(answer.error);
    return answer.result;
  } catch (thrown) {
    throw toNexthinkError(thrown);
  }
}
