// Playbooks without a client: which there are, and what they say of rows.

import { compiledPlaybooks } from "./generated/playbooks.ts";
import { type Verdicts, type VerdictsOptions, verdicts } from "./verdicts.ts";

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

  /**
   * What every rule of a playbook says of every row of an answer, without the reasons: in microseconds for a row, for who
   * has many of them. The verdicts are those of a diagnosis.
   *
   * @param playbook a playbook's ID
   * @param answer the body of an answer of the NQL API as it came, in either version; or a list of rows, or one row, as
   *   JSON text. As bytes it is read without being copied into a text first
   * @returns for each row, the verdict of each rule by its name
   * @throws NexthinkError of kind `invalid` for any other text, `not-found` for a playbook that there is not
   * @example
   * ```ts
   * const [verdicts] = playbooks.verdicts("slow-pc", body);
   * if (verdicts["disk-full"] === "match") console.log("the disk is full");
   * ```
   */
  verdicts(playbook: string, answer: string | Uint8Array, options?: VerdictsOptions): Verdicts[] {
    return verdicts(playbook, answer, options);
  },
};
