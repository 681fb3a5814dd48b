// What every refusal and failure is told as.

import type { Problem, ProblemKind } from "../problem.ts";
import type { Schema } from "../schema.ts";
import { optional, record, text, wordOf } from "./record.ts";

export const problemSchema = (kinds: readonly ProblemKind[]): Schema =>
  record<Problem>("What went wrong, as RFC 9457 has it.", {
    type: text("`urn:nexthink-chatbot:problem:` and the kind."),
    title: text("What such problems have in common.", "Problem"),
    status: { type: "integer", description: "The HTTP status." },
    detail: text("What went wrong and where, in one sentence.", "Detail"),
    kind: wordOf(kinds, "What went wrong, for programs."),
    hint: text("What to do next, in one sentence.", "Hint"),
    retryAfterMs: optional({ type: "integer", description: "How long to wait, in milliseconds." }),
    retryable: { type: "boolean", description: "Whether the same request can succeed later." },
    sideEffect: wordOf(["none", "done", "unknown"], "Whether something happened in the tenant all the same."),
  });
