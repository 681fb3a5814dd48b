// A time as callers give it.

import { invalid } from "./errors.ts";

/** A time in milliseconds: a text or a number would leave open which zone or unit it is in. */
export function timeOf(now: Date, name?: string): number;
export function timeOf(now: Date | undefined, name?: string): number | undefined;
export function timeOf(now: Date | undefined, name = "now"): number | undefined {
  if (now === undefined) return undefined;
  const time = Object.prototype.toString.call(now) === "[object Date]" ? now.getTime() : Number.NaN;
  if (Number.isNaN(time)) throw invalid(`\`${name}\` is not a \`Date\` with a time`, "pass one, as in `new Date()`");
  return time;
}
