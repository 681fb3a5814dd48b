// Numbers that reach the core outside its JSON, where the glue would wrap or truncate what does not fit.

import { invalid } from "./errors.ts";

/** @throws NexthinkError of kind `invalid` unless the value is a whole number between the two. */
export function wholeNumber(name: string, value: unknown, least: number, most: number): number {
  const number = value as number;
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw invalid(`\`${name}\` is not a whole number from ${least} to ${most}`, "correct the input and call again");
}
