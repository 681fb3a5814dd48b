// What goes wrong at the door, as RFC 9457 has it: a `NexthinkError` with its kind, or what is wrong with the request itself.
// Nothing else gets out: no stack, no text of a foreign error, no value.

import { NexthinkError } from "../errors.ts";
import type { ErrorKind } from "../generated/types.ts";

/** What is wrong with a request before any step is taken. */
export type RequestProblem =
  | "unauthorized"
  | "forbidden"
  | "no-such-route"
  | "method"
  | "not-acceptable"
  | "too-large"
  | "media-type";

/** `kind` of a problem: that of a `NexthinkError`, or what is wrong with the request. */
export type ProblemKind = ErrorKind | RequestProblem;

/** The body of an answer that is no success: `application/problem+json`. */
export interface Problem {
  /** `urn:nexthink-chatbot:problem:` and the kind. */
  type: string;
  /** What such problems have in common. */
  title: string;
  /** The HTTP status. */
  status: number;
  /** What went wrong and where, in one sentence. */
  detail: string;
  /** What went wrong, for programs. */
  kind: ProblemKind;
  /** What to do next, in one sentence. */
  hint: string;
  /** How long to wait, in milliseconds, where that is known; also as the header `retry-after`, in seconds. */
  retryAfterMs?: number;
  /** Whether the same request can succeed later without a change. */
  retryable: boolean;
  /** Whether something happened in the tenant all the same: with `unknown`, look before you act again. */
  sideEffect: NexthinkError["sideEffect"];
}

/** By kind: the status, and what such problems have in common. */
const kinds: Record<ProblemKind, readonly [status: number, title: string]> = {
  invalid: [400, "The request breaks a rule"],
  unauthorized: [401, "The caller is not known"],
  forbidden: [403, "The employee is not known"],
  consent: [403, "This was not agreed to, or not by this employee"],
  "not-found": [404, "There is no such thing"],
  "no-such-route": [404, "There is no such address"],
  method: [405, "The address does not take this method"],
  "not-acceptable": [406, "The answer is JSON"],
  refused: [409, "A rule forbids it now"],
  "too-large": [413, "The body is too large"],
  "media-type": [415, "The body has another media type"],
  "rate-limited": [429, "Too many requests"],
  internal: [500, "The door is at fault"],
  authentication: [502, "The tenant refuses the door's credentials"],
  permission: [502, "The tenant does not permit it to the door"],
  network: [502, "The tenant was not reached"],
  server: [502, "The tenant failed"],
  malformed: [502, "The tenant's answer was not understood"],
  aborted: [503, "The request was given up"],
  timeout: [504, "The tenant took too long"],
};

/** The statuses of all problems, each with the kinds that have it. */
export const problemStatuses: ReadonlyMap<number, readonly ProblemKind[]> = statuses();

/** All kinds. */
export const problemKinds = Object.keys(kinds) as ProblemKind[];

/** A request that is refused at the door. It is thrown, and caught in one place. */
export class Refusal extends Error {
  readonly kind: ProblemKind;
  readonly hint: string;
  /** What the answer says beside its body. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(kind: ProblemKind, detail: string, hint: string, headers: Record<string, string> = {}) {
    super(detail);
    this.kind = kind;
    this.hint = hint;
    this.headers = headers;
  }
}

/** Whatever was thrown, as a problem. What is neither a refusal nor a `NexthinkError` tells nothing of itself. */
export function problemOf(thrown: unknown): Problem {
  if (isRefusal(thrown)) return problem(thrown.kind, thrown.message, thrown.hint);
  if (!NexthinkError.is(thrown)) return problem("internal", "an unexpected error", "the log of the host tells more");
  const { kind, message, hint, retryAfterMs, retryable, sideEffect } = thrown;
  const more = retryAfterMs === undefined ? {} : { retryAfterMs: Math.max(0, Math.ceil(retryAfterMs)) };
  return { ...problem(kind, message, hint), ...more, retryable, sideEffect };
}

/** Whether it is a refusal; by its parts, as elsewhere, and not by its class. */
export function isRefusal(thrown: unknown): thrown is Refusal {
  return thrown instanceof Refusal;
}

/** The headers that go with a problem. */
export function problemHeaders(thrown: unknown, { retryAfterMs }: Problem): Record<string, string> {
  return {
    ...(retryAfterMs !== undefined && { "retry-after": String(Math.ceil(retryAfterMs / 1000)) }),
    ...(isRefusal(thrown) && thrown.headers),
  };
}

function problem(kind: ProblemKind, detail: string, hint: string): Problem {
  const [status, title] = kinds[kind] ?? kinds.internal;
  const type = `urn:nexthink-chatbot:problem:${kind}`;
  return { type, title, status, detail, kind, hint, retryable: false, sideEffect: "none" };
}

function statuses(): Map<number, ProblemKind[]> {
  const found = new Map<number, ProblemKind[]>();
  for (const [kind, [status]] of Object.entries(kinds)) {
    found.set(status, [...(found.get(status) ?? []), kind as ProblemKind]);
  }
  return found;
}
