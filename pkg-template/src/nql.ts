// Saved queries: executing them, and their rows.

import type { Call } from "./call.ts";
import { exportedRows, type StartExport } from "./export.ts";
import type { ExportProgress, JsonValue } from "./generated/types.ts";
import { rowMaker } from "./named-rows.ts";
import type { CallOptions } from "./options.ts";

/** The NQL API. */
export interface Nql {
  /**
   * Executes a saved query; at most 1,000 rows come back.
   *
   * @param queryId with its `#`, as under Administration, NQL API queries
   * @param parameters a value for each `$name` of the query, without the `$`
   * @throws NexthinkError of kind `not-found` where there is no such query, or these credentials may not use it
   * @example
   * ```ts
   * const { rows } = await nexthink.nql.execute("#get_device_basic_infos", { username: "amartin" });
   * ```
   */
  execute<Row = NqlRow>(
    queryId: string,
    parameters?: Record<string, string>,
    options?: CallOptions,
  ): Promise<NqlResult<Row>>;

  /**
   * All rows of a saved query, however many, as they arrive: starts an export in the tenant, waits until it is there,
   * and reads its file no faster than the rows are taken. To stop, leave the loop. Values are text, as the file has
   * them; what has no value is empty; the second of two columns of one name is called `name (2)`. Nothing is sent before
   * the loop, and each loop is an export of its own. Each export counts against the tenant's daily limit.
   *
   * @throws NexthinkError while iterating; the rows that came before it hold
   * @example
   * ```ts
   * for await (const row of nexthink.nql.export("#all_devices")) console.log(row["device.name"]);
   * ```
   */
  export<Row = Record<string, string>>(
    queryId: string,
    parameters?: Record<string, string>,
    options?: ExportOptions,
  ): AsyncIterable<Row>;
}

/** A row: a value for each column. */
export type NqlRow = Record<string, JsonValue>;

/** What a saved query returned. */
export interface NqlResult<Row = NqlRow> {
  /** The query's ID, as the tenant repeats it. */
  queryId: string;
  /** The NQL that was executed. */
  executedQuery: string;
  /** When, as the tenant writes it. */
  executedAt: string;
  /** The columns' names, in the tenant's order. One that comes a second time is called `name (2)`. */
  columns: string[];
  /** The rows; at most 1,000. */
  rows: Row[];
  /** Whether rows may be missing, because the answer has as many as it can hold. */
  truncated: boolean;
}

/** How an export goes on. */
export interface ExportOptions extends CallOptions {
  /** How long the whole export may take, in milliseconds; a whole number from 1. Default: no limit. */
  timeoutMs?: number;
  /** Is told how far the export is, at each look at it and at each piece of its file; also whether rows are missing. */
  onProgress?: (progress: ExportProgress) => void | PromiseLike<void>;
}

export function nqlOf(call: Call, startExport: StartExport): Nql {
  return {
    execute: async (queryId, parameters, options) =>
      withNamedRows(await call("nql.execute", { queryId, parameters }, options)),
    export: (queryId, parameters, options) => ({
      [Symbol.asyncIterator]: () => exportedRows(startExport, queryId, parameters, options),
    }),
  };
}

/** What the core gives: each row as its cells, in the columns' order. */
type Cells = NqlResult<JsonValue[]>;

/** The answer with its rows as objects, in the order of the type: in the core's text the rows come first. */
export function withNamedRows<Row>({
  queryId,
  executedQuery,
  executedAt,
  columns,
  rows,
  truncated,
}: Cells): NqlResult<Row> {
  const rowOf = rowMaker<JsonValue>(columns);
  return { queryId, executedQuery, executedAt, columns, rows: rows.map((cells) => rowOf(cells) as Row), truncated };
}
