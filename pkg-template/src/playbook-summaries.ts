// What the built-in playbooks are called, by people and in code. How they judge is known to the modules. A file of its own in
// the package, so that the texts are in it once.

import { type PlaybookSummary, playbookSummaries } from "./generated/playbooks.ts";

export type { PlaybookSummary };

/** A list of the caller's own. */
export function builtInPlaybooks(): PlaybookSummary[] {
  return JSON.parse(playbookSummaries);
}
