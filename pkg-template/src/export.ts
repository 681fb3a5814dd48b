// The rows of an export, step by step as the core goes on. What a step is, the core decides.

import { wait } from "./core.ts";
import type { ExportProgress } from "./generated/types.ts";
import { rowMaker } from "./named-rows.ts";
import type { ExportOptions } from "./nql.ts";
import { canUnpack } from "./unpack.ts";

/** Makes an export that has not begun. */
export type StartExport = (input: unknown, options: ExportOptions | undefined) => ExportSteps;

/** What the core gives: a step each time that it is asked, and nothing at the end. */
export interface ExportSteps {
  next(): Promise<Step | undefined>;
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
  const compression = canUnpack() ? "GZIP" : "NONE";
  const exporting = start({ queryId, parameters, compression }, options);
  let rowOf: ((cells: string[]) => object) | undefined;
  try {
    for (;;) {
      const step = await wait(() => exporting.next());
      if (!step) return;
      const { list, ...progress } = step;
      options?.onProgress?.(progress);
      const columns = rowOf ? undefined : list.shift();
      if (columns) rowOf = rowMaker<string>(columns);
      for (const cells of list) yield rowOf?.(cells) as Row;
    }
  } finally {
    exporting.free();
  }
}
