// NQL without a tenant: what a query's text says, what is wrong with it, and its canonical form. The authoring module
// does all of it; this carries values there and back.

import { authoring, startAuthoring } from "./authoring.ts";
import { encode } from "./encode.ts";
import { NexthinkError, toNexthinkError } from "./errors.ts";
import type { NqlCheckOptions, NqlDiagnostic, NqlQuery } from "./generated/nql.ts";
import type { ErrorDetails } from "./generated/types.ts";
import { startOrExplain } from "./start.ts";

/** NQL queries as text, without a tenant. */
export const nql = {
  /**
   * The syntax tree of a query, the parameters that it uses, and the columns that its answer will have.
   *
   * @throws NexthinkError of kind `invalid` for what is not NQL; `nql.check` tells all that is wrong with it
   * @example
   * ```ts
   * const { parameters, columns } = nql.parse("devices | where name == $name | list name, last_seen");
   * ```
   */
  parse(text: string): NqlQuery {
    return ask("parse", { text });
  },

  /**
   * All that Nexthink would refuse in a query, and what is probably not meant. Empty: nothing is wrong that can be
   * told without the tenant. Whether a field exists is not told.
   *
   * @param options `parameters`: the names that will be given, where they are to be checked too
   * @throws NexthinkError of kind `invalid` where `text` is no text; never for bad NQL
   * @example
   * ```ts
   * for (const { line, column, message } of nql.check(text)) console.log(`${line}:${column} ${message}`);
   * ```
   */
  check(text: string, options?: NqlCheckOptions): NqlDiagnostic[] {
    return ask("check", { text, options });
  },

  /**
   * The canonical text of a query: a statement a line, one way to write each thing, comments kept.
   *
   * @throws NexthinkError of kind `invalid` for what is not NQL
   * @example
   * ```ts
   * nql.format("devices past 7d|list name"); // "devices during past 7d\n| list name\n"
   * ```
   */
  format(text: string): string {
    return ask("format", { text });
  },
};

function ask<Answer>(name: keyof typeof authoring, input: unknown): Answer {
  try {
    startOrExplain(startAuthoring);
    const answer: { result: Answer } | { error: ErrorDetails } = JSON.parse(authoring[name](encode(input)));
    if ("error" in answer) throw new NexthinkError(answer.error);
    return answer.result;
  } catch (thrown) {
    throw toNexthinkError(thrown);
  }
}
