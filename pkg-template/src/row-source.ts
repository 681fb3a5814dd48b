// Rows as objects, as a handler's `onExport` gives them, beside bytes: told apart by the first that comes.

import type { Items } from "./byte-source.ts";
import { bytesOf } from "./bytes.ts";
import { invalid, NexthinkError } from "./errors.ts";

/** So many characters of rows at a time. */
const enough = 65_536;

/** Bytes and texts as they come; of rows, the text of their list. */
export function rowsAsText(items: Items): Items {
  let areRows = false;
  return {
    async next() {
      let text = "";
      while (text.length < enough) {
        const item = await items.next();
        if (item.done) return areRows ? last(text) : item;
        if (!areRows && !isRow(item.value)) return item;
        text += areRows ? "," : "[";
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
