// Rows as objects, as a handler's `onExport` gives them, beside bytes: told apart by the first that comes.

import type { ByteSource } from "./byte-source.ts";
import { bytesOf } from "./bytes.ts";
import type { DirectorySource } from "./directory.ts";
import { invalid, NexthinkError } from "./errors.ts";

/** So many characters of rows at a time. */
const enough = 65_536;

/** The source as one of bytes: of objects, the text of their list. */
export function rowsOrBytes(source: DirectorySource): ByteSource {
  if (typeof source !== "object" || source === null || bytesOf(source)) return source as ByteSource;
  const isIterable = Symbol.asyncIterator in source || Symbol.iterator in source;
  // A stream is read as a stream, where it is an iterable, too.
  if (!isIterable || "getReader" in source || "arrayBuffer" in source) return source as ByteSource;
  return piecesOf(source as AsyncIterable<unknown>);
}

async function* piecesOf(source: AsyncIterable<unknown> | Iterable<unknown>): AsyncGenerator<Uint8Array | string> {
  let text = "";
  let areRows = false;
  for await (const item of source) {
    if (!areRows && !isRow(item)) {
      yield item as Uint8Array | string;
      continue;
    }
    text += areRows ? "," : "[";
    areRows = true;
    text += textOf(item);
    if (text.length < enough) continue;
    yield text;
    text = "";
  }
  if (areRows) yield `${text}]`;
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
