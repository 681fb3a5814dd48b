// The options of a call, checked, as the core takes them.

import { requireSignal } from "./abort-signal.ts";
import { invalid } from "./errors.ts";
import type { CallOptions } from "./options.ts";
import { wholeNumber } from "./whole-number.ts";

/** The options of calls; the last is of exports alone, which take it themselves. */
const callOptions = new Set(["signal", "timeoutMs", "traceparent", "onProgress"]);

/** What the core takes of the options of a call: signal, time and trace. */
export function conduct(
  options: CallOptions | undefined,
): [AbortSignal | undefined, number | undefined, string | undefined] {
  if (options == null) return [undefined, undefined, undefined];
  const { signal, timeoutMs, traceparent } = options;
  // A misspelt limit would be no limit, without a word.
  for (const name of Object.keys(options)) {
    if (!callOptions.has(name))
      throw invalid(`\`${name}\` is no option of a call`, `give ${[...callOptions].join(", ")}`);
  }
  requireSignal(signal);
  // Timers hold 31 bits.
  const limit = timeoutMs === undefined ? undefined : wholeNumber("timeoutMs", timeoutMs, 1, 0x7fffffff);
  if (traceparent != null && typeof traceparent !== "string") {
    throw invalid("`traceparent` is not a text", "correct the input and call again");
  }
  return [signal, limit, traceparent];
}
