// What the built-in playbooks are called, by people and in code. How they judge is known to the modules. A file of its own in
// the package, so that the texts are in it once.

import { playbookSummaries } from "./generated/playbooks.ts";

/** What a list of playbooks shows. */
export interface PlaybookSummary {
  /** Its name in code. */
  id: string;
  /** Its version. */
  version: string;
  /** Its name for people, by locale. */
  title: Record<string, string>;
  /** For administrators: where it differs from published content. */
  description: string;
  /** Words by which employees call the trouble, by locale. */
  symptoms: Record<string, string[]>;
  /** The platforms that it applies to. */
  platforms: string[];
  /** The saved query that brings its facts. */
  queryId: string;
  /** The names of its rules, in order. */
  rules: string[];
}

/** A list of the caller's own. */
export function builtInPlaybooks(): PlaybookSummary[] {
  return JSON.parse(playbookSummaries);
}
