// Rows as objects, as a handler's `onExport` and saved queries give them, beside bytes: told apart by the first that comes.

import type { ByteSource, Items } from "./byte-source.ts";
import { bytesOf } from "./bytes.ts";
import { invalid, NexthinkError } from "./errors.ts";

/** A row of an export: a value for each column, by its name in the export. */
export type ExportedRow = Record<string, unknown>;

/** Where rows come from: the bytes of an export, or its rows as objects, such as those of `nql.export()` and `onExport`. */
export type RowSource =
  | ByteSource
  // In one: of two kinds of iterables, TypeScript cannot tell which of them gives the rows of `nql.export()`.
  | AsyncIterable<Uint8Array | string | Readonly<ExportedRow>>
  | Iterable<Uint8Array | string | Readonly<ExportedRow>>;

/** So many characters of rows at a time. */
const enough = 65_536;

/** Bytes and texts as they come; of rows, the text of their list, a line for each: by that line they are told. */
export function rowsAsText(items: Items): Items {
  let areRows = false;
  return {
    async next() {
      let text = "";
      while (text.length < enough) {
        const item = await items.next();
        if (item.done) return areRows ? last(text) : item;
        if (!areRows && !isRow(item.value)) return item;
        text += areRows ? ",\n" : "[";
        areRows = true;
        text += textOf(item.value);
      }
      return { done: false, value: text };
    },
    cancel: items.cancel,
  };

  function last(text: string): IteratorResult<unknown> {
    areRows = false;
    return { done: false, value: `${text}]` };
  }
}

const isRow = (item: unknown) => typeof item === "object" && item !== null && !bytesOf(item);

function textOf(row: unknown): string {
  try {
    return JSON.stringify(row) ?? "null";
  } catch (thrown) {
    if (NexthinkError.is(thrown)) throw thrown;
    throw invalid("a row cannot be written as JSON", "pass rows of texts, numbers and nothing", thrown);
  }
}
