// A call of the authoring module: a value there as JSON, an answer back, an error as what this package throws.

import type { authoring as Authoring } from "./authoring.ts";
import { encode } from "./encode.ts";
import { NexthinkError, toNexthinkError } from "./errors.ts";
import type { ErrorDetails } from "./generated/types.ts";
import { startOrExplain } from "./start.ts";

/** What the holder of the module exports: handed in, so that those who load it late need not import it. */
export interface AuthoringModule {
  authoring: typeof Authoring;
  startAuthoring(): void;
}

/** @throws NexthinkError of the module's own, or `internal` where it cannot start */
export function askAuthoring<Answer>(module: AuthoringModule, name: keyof typeof Authoring, input: unknown): Answer {
  try {
    startOrExplain(module.startAuthoring);
    const answer: { result: Answer } | { error: ErrorDetails } = JSON.parse(module.authoring[name](encode(input)));
    if ("error" in answer) throw new NexthinkError(answer.error);
    return answer.result;
  } catch (thrown) {
    throw toNexthinkError(thrown);
  }
}
