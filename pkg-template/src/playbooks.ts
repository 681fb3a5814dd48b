// Playbooks without a client: which there are.

import { compiledPlaybooks } from "./generated/playbooks.ts";

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

/** The playbooks, without a tenant. */
export const playbooks = {
  /**
   * The built-in playbooks: their IDs, titles, the words by which employees call the trouble, and their rules.
   */
  list(): PlaybookSummary[] {
    const compiled: (Omit<PlaybookSummary, "rules"> & { rules: { id: string }[] })[] = JSON.parse(compiledPlaybooks);
    return compiled.map(({ id, version, title, description, symptoms, platforms, queryId, rules }) => {
      return { id, version, title, description, symptoms, platforms, queryId, rules: rules.map((rule) => rule.id) };
    });
  },
};
