// Playbooks without a client: which there are, whether one is right, what they say of rows, what they need of a tenant.

import type { ContentOptions, TenantContent } from "./generated/tenant.ts";
import type {
  Evaluation,
  EvaluationInput,
  Playbook,
  PlaybookDiagnostic,
  PlaybookTestRun,
  PlaybookTests,
} from "./generated/types.ts";
import {
  checkPlaybook,
  contentData,
  contentMarkdown,
  type PlaybookQueryText,
  testPlaybook,
} from "./playbook-authoring.ts";
import { builtInPlaybooks, type PlaybookSummary } from "./playbook-summaries.ts";
import { type EvaluationOptions, evaluate, type Verdicts, type VerdictsOptions, verdicts } from "./verdicts.ts";

/** The playbooks, without a tenant. */
export const playbooks = {
  /**
   * The built-in playbooks: their IDs, titles, the words by which employees call the trouble, and their rules.
   */
  list(): PlaybookSummary[] {
    return builtInPlaybooks();
  },

  /**
   * All that is wrong with a playbook of yours, and what is probably not meant: names that its query does not return,
   * comparisons that can never be true, rules that can never be reached, texts that are missing. Empty: nothing that can
   * be told without the tenant; what the tenant has, the doctor tells.
   *
   * @param playbook the playbook, or the text of its file: then each finding has its line and column
   * @param source `query`: the NQL, where it stands in a file beside the playbook
   * @throws NexthinkError of kind `invalid` where `playbook` is neither; never for a bad playbook
   * @example
   * ```ts
   * for (const { line, column, message, help } of playbooks.check(text)) console.log(`${line}:${column} ${message} ${help}`);
   * ```
   */
  check(playbook: Playbook | string, source?: PlaybookQueryText): PlaybookDiagnostic[] {
    return checkPlaybook(playbook, source);
  },

  /**
   * Runs the tests of a playbook: rows in, verdicts out. Tells what differs and why, and which branches of the conditions
   * no test has reached.
   *
   * @param tests the tests, or the text of their file
   * @throws NexthinkError of kind `invalid` for a playbook that does not compile
   */
  test(playbook: Playbook | string, tests: PlaybookTests | string, source?: PlaybookQueryText): PlaybookTestRun {
    return testPlaybook(playbook, tests, source);
  },

  /**
   * What a playbook says of one row, with all reasons: findings and recommendations. Pure: nothing is asked of a tenant.
   *
   * @param playbook the ID of a built-in playbook, or one of yours with `query.text`
   * @param row the row as an answer of version 1 or 2 of the NQL API has it, or one of `nql.execute`
   * @throws NexthinkError of kind `invalid` where that is not one row, or the playbook does not compile; `not-found` for an
   * ID that no playbook has
   * @example
   * ```ts
   * const { findings, recommendations } = playbooks.evaluate("slow-pc", { free_space: 4.2 });
   * ```
   */
  evaluate(playbook: string | Playbook, row: EvaluationInput["row"], options?: EvaluationOptions): Evaluation {
    return evaluate(playbook, row, options);
  },

  /**
   * What every rule of a playbook says of every row of an answer, without the reasons: in microseconds for a row, for who
   * has many of them. The verdicts are those of a diagnosis, which knows one thing more: when data was collected, where
   * the row does not tell and a rule has `freshness`. Whether the playbook is for the row's platform is not looked at.
   *
   * @param playbook the ID of a built-in playbook, or one of yours with `query.text`
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
  verdicts(playbook: string | Playbook, answer: string | Uint8Array, options?: VerdictsOptions): Verdicts[] {
    return verdicts(playbook, answer, options);
  },

  content,
};

/**
 * Everything that an administrator has to create in a tenant for the playbooks to work: saved queries, remote actions
 * with their triggers and schedules, data exporters, webhooks and their credential. As data, or with
 * `format: "markdown"` as a page to follow.
 *
 * @throws NexthinkError of kind `invalid` for a playbook that does not compile, `not-found` for a name that none has
 */
function content(options?: ContentOptions & { format?: "data" }): TenantContent;
function content(options: ContentOptions & { format: "markdown" }): string;
function content({ format = "data", ...options }: ContentOptions & { format?: "data" | "markdown" } = {}) {
  return format === "markdown" ? contentMarkdown(options) : contentData(options);
}
