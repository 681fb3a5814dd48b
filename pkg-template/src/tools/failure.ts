// Failures as data: a model reads what went wrong and what to do next. Nothing else of an error reaches it.

import { failure, type NexthinkError, toNexthinkError } from "../errors.ts";
import type { ErrorKind, SideEffect } from "../generated/types.ts";

/** What a tool answers in place of what was asked for. */
export interface ToolFailure {
  error: {
    /** What went wrong, in one word. */
    kind: ErrorKind;
    message: string;
    /** What to do next. */
    hint: string;
    /** Whether something happened in the tenant all the same; absent where nothing did. */
    sideEffect?: SideEffect;
  };
}

/** Any failure, as data. The text of a foreign error may hold anything and is left out. */
export function asData(thrown: unknown): ToolFailure {
  const { kind, message, hint, sideEffect } = toNexthinkError(thrown);
  return { error: { kind, message, hint, ...(sideEffect !== "none" && { sideEffect }) } };
}

/** There is nothing of this name, or no longer: a model may have made it up. */
export function notKnown(what: string, hint: string): NexthinkError {
  return failure("not-found", `there is no ${what} of this ID in this conversation`, hint);
}

/** A person has not agreed. Nothing was sent. */
export function notAgreed(message: string, hint: string): NexthinkError {
  return failure("consent", message, hint);
}

/** What to do about a proposal that cannot be used. */
export const proposeAgain = "call diagnose_device and then propose_remediation again, and ask the employee anew";
