// The one error of the package. Everything that the core throws or rejects with becomes a `NexthinkError` here.

import type { ErrorDetails, ErrorKind, SideEffect } from "./generated/types.ts";

/** Registered, so that it is the same symbol in every realm and in both module formats. */
const brand = Symbol.for("nexthink-chatbot.error");

/**
 * Any failure of this package. The message never holds a secret, a token or a parameter's value.
 *
 * @example
 * ```ts
 * try {
 *   await nexthink.diagnose("outlook", device);
 * } catch (error) {
 *   if (!NexthinkError.is(error)) throw error;
 *   if (error.retryable) later(error.retryAfterMs ?? 60_000);
 *   else log(error); // `detail`, which may repeat what was sent, is not logged with it
 * }
 * ```
 */
export class NexthinkError extends Error {
  /** What went wrong, in one word. */
  declare readonly kind: ErrorKind;
  /** What to do next, in one sentence. */
  declare readonly hint: string;
  /** The HTTP status, where the tenant answered. */
  declare readonly status?: number;
  /** The tenant's own error code, where it gave one; ours, `webhook-…`, of a webhook that is not taken. */
  declare readonly code?: string;
  /** The tenant's name for the request: give it to Nexthink's support. */
  declare readonly requestId?: string;
  /** How long the tenant asks to wait, in milliseconds. */
  declare readonly retryAfterMs?: number;
  /** Whether the same call can succeed later without a change. Never true where something may have happened. */
  declare readonly retryable: boolean;
  /** Whether something happened in the tenant all the same: `"unknown"` means look before you act again. */
  declare readonly sideEffect: SideEffect;
  /**
   * The tenant's own words, where it gave some. They may repeat what was sent, so the property is not enumerable:
   * logs, `JSON.stringify` and `util.inspect` leave it out.
   */
  declare readonly detail?: string;

  constructor(details: ErrorDetails, options?: { cause?: unknown }) {
    const { message, detail, ...shown } = details;
    super(message, options);
    Object.assign(this, shown);
    if (detail !== undefined) Object.defineProperty(this, "detail", { value: detail });
  }

  // On the prototype: an own property would be repeated in every log.
  override get name(): string {
    return "NexthinkError";
  }

  /** @internal */
  get [brand](): true {
    return true;
  }

  /** Whether a value is a `NexthinkError`, also one of another realm or of the package's other module format. */
  static is(value: unknown): value is NexthinkError {
    return typeof value === "object" && value !== null && (value as { [brand]?: unknown })[brand] === true;
  }

  /** What `JSON.stringify` gives: everything but `detail`, `cause` and the stack. */
  toJSON(): Omit<ErrorDetails, "detail"> & { name: string } {
    return Object.assign({ name: this.name, message: this.message }, this);
  }
}

/** The caller's input breaks a rule that the core cannot see, because the value would not reach it. */
export function invalid(message: string, hint: string, cause?: unknown): NexthinkError {
  return failure("invalid", message, hint, cause);
}

/** Whatever was thrown, as a `NexthinkError`. Called where it is caught, so that the stack leads to the caller. */
export function toNexthinkError(thrown: unknown): NexthinkError {
  if (NexthinkError.is(thrown)) return thrown;
  const { kind, name } = (thrown ?? {}) as { kind?: unknown; name?: unknown };
  if (typeof kind === "string") return new NexthinkError(thrown as ErrorDetails);
  // A trap. The text of a foreign error may hold anything, so it stays in the cause.
  const what = name === "RuntimeError" ? "the WebAssembly core trapped" : `an unexpected ${String(name ?? "error")}`;
  return failure("internal", what, "this is a fault of nexthink-chatbot: please report it with its cause", thrown);
}

/** A failure that the core had no part in. */
export function failure(kind: ErrorKind, message: string, hint: string, cause?: unknown): NexthinkError {
  return new NexthinkError(
    { kind, message, hint, retryable: false, sideEffect: "none" },
    cause === undefined ? undefined : { cause },
  );
}
