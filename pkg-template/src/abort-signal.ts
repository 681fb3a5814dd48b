// What waits for a stream, until its caller gives up.

import { failure, invalid } from "./errors.ts";

/** What was waited for, or an error where the signal comes first. @param what is cancelled, such as `the scan` */
export function unlessAborted<T>(
  waited: PromiseLike<T>,
  signal: AbortSignal | undefined,
  what: string,
): PromiseLike<T> {
  if (!signal) return waited;
  return new Promise((resolve, reject) => {
    const stop = () => reject(aborted(what));
    signal.addEventListener("abort", stop, { once: true });
    waited.then(resolve, reject);
    waited.then(
      () => signal.removeEventListener("abort", stop),
      () => signal.removeEventListener("abort", stop),
    );
  });
}

/** @throws NexthinkError of kind `invalid` for what is no signal: it would cancel nothing, or fail in the midst of the call */
export function requireSignal(signal: AbortSignal | null | undefined): void {
  if (signal == null || typeof signal.addEventListener === "function") return;
  throw invalid("`signal` is no `AbortSignal`", "pass the `signal` of an `AbortController`, not the controller");
}

/** @throws NexthinkError of kind `aborted` after the signal */
export function checkNotAborted(signal: AbortSignal | undefined, what: string): void {
  if (signal?.aborted) throw aborted(what);
}

const aborted = (what: string) => failure("aborted", `${what} was cancelled`, "the caller's signal cancelled it");
