// The rows of an export, step by step as the core goes on. What a step is, the core decides.

import { wait } from "./core.ts";
import type { Take } from "./core-instance.ts";
import { failure } from "./errors.ts";
import type { ExportProgress } from "./generated/types.ts";
import { requireFunction } from "./host.ts";
import { rowMaker } from "./named-rows.ts";
import type { ExportOptions } from "./nql.ts";
import { canUnpack } from "./unpack.ts";

/** Makes an export that has not begun. */
export type StartExport = (input: unknown, options: ExportOptions | undefined) => ExportSteps;

/** What the core gives: a step each time that it is asked, and nothing at the end. */
export interface ExportSteps {
  get(): { next: Take<Step | undefined> };
  free(): void;
}

/** What the core gives for a step. The first row of all is the header. */
type Step = ExportProgress & { list: string[][] };

export async function* exportedRows<Row>(
  start: StartExport,
  queryId: string,
  parameters: Record<string, string> | undefined,
  options: ExportOptions | undefined,
): AsyncGenerator<Row, void, undefined> {
  // Before the export is started: each counts against the tenant's daily limit.
  if (options?.onProgress !== undefined) requireFunction("onProgress", options.onProgress);
  const compression = canUnpack() ? "GZIP" : "NONE";
  const exporting = start({ queryId, parameters, compression }, options);
  let rowOf: ((cells: string[]) => object) | undefined;
  try {
    for (;;) {
      const step = await wait<Step | undefined>((resolve, reject) => exporting.get().next(resolve, reject));
      if (!step) return;
      const { list, ...progress } = step;
      await options?.onProgress?.(progress);
      const columns = rowOf ? undefined : list.shift();
      if (columns) rowOf = rowMaker<string>(columns);
      for (const cells of list) {
        yield rowOf?.(cells) as Row;
        // A file without a stream is one piece: the core would hear of it after its last row.
        if (options?.signal?.aborted) throw aborted();
      }
    }
  } finally {
    exporting.free();
  }
}

const aborted = () => failure("aborted", "the call was cancelled", "the caller's signal cancelled the call");
