// A call of the authoring module: a value there as JSON, an answer back, an error as what this package throws.

import type { authoring as Authoring } from "./authoring.ts";
import { encode } from "./encode.ts";
import { answerOf } from "./module-answer.ts";

/** What the holder of the module exports: handed in, so that those who load it late need not import it. */
export interface AuthoringModule {
  authoring: typeof Authoring;
  startAuthoring(): void;
}

/** @throws NexthinkError of the module's own, or `internal` where it cannot start */
export function askAuthoring<Answer>(module: AuthoringModule, name: keyof typeof Authoring, input: unknown): Answer {
  return answerOf(module.startAuthoring, () => module.authoring[name](encode(input)));
}
