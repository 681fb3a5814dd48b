// The version of the package, as its manifest has it.

import { readFileSync } from "node:fs";

/** `0.1.0`. */
export function version(): string {
  return JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")).version;
}
