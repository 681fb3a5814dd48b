// The rows that Nexthink's HTTP data exporter sends, in each of its three shapes:
//
//   {"device.name":"A"}⏎{"device.name":"B"}          an object a line
//   [{"device.name":"A"},{"device.name":"B"}]        a list
//   {"sent":"now","records":[{"device.name":"A"}]}   an object with one list of objects

import type { ExportedRow } from "../row-source.ts";
import { parseJson } from "./body.ts";
import { Refusal } from "./problem.ts";

/** The media type that any of the shapes may come as; the others stand for an object a line. */
const jsonType = "application/json";

/** All rows of a body, or none of them. @throws Refusal for what is none of the shapes. */
export function readRows(text: string, contentType: string): ExportedRow[] {
  const trimmed = text.trim();
  if (trimmed === "") return [];
  const whole = contentType === jsonType ? attempt(trimmed) : undefined;
  const rows = whole === undefined ? trimmed.split(/\r?\n/).filter(hasText).map(line) : rowsOf(whole.value);
  const bad = rows.findIndex((row) => !isObject(row));
  if (bad >= 0) throw refused(`row ${bad + 1} is not an object`);
  return rows as ExportedRow[];
}

/** A text that is JSON as a whole; one object a line is none, unless there is only one line. */
function attempt(text: string): { value: unknown } | undefined {
  try {
    return { value: parseJson(text) };
  } catch (thrown) {
    if (isLinewise(text)) return undefined;
    throw thrown;
  }
}

/** Whether the first of several lines looks like a whole object. No pattern: on a large body, one that backs up takes hours. */
function isLinewise(text: string): boolean {
  const first = text.slice(0, Math.max(0, text.indexOf("\n"))).trim();
  return first.startsWith("{") && first.endsWith("}");
}

function line(text: string, at: number): unknown {
  try {
    return parseJson(text);
  } catch {
    throw refused(`line ${at + 1} is not JSON`);
  }
}

function rowsOf(whole: unknown): unknown[] {
  if (Array.isArray(whole)) return whole;
  if (!isObject(whole)) throw refused("the body is neither a list nor an object");
  const lists = Object.values(whole).filter(Array.isArray) as unknown[][];
  // Cells hold no objects in their lists. A list that also holds something else has a row that is none.
  const filled = lists.filter((list) => list.some(isObject));
  if (filled.length > 1) throw refused("the body has more than one list of rows");
  // An empty list is one of no rows, or a cell of the only row: names of columns have dots.
  const isEmpty = lists.some((list) => list.length === 0) && !Object.keys(whole).some((name) => name.includes("."));
  return filled[0] ?? (isEmpty ? [] : [whole]);
}

const hasText = (text: string) => text.trim() !== "";

const isObject = (value: unknown): value is ExportedRow =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const refused = (detail: string) =>
  new Refusal("invalid", detail, "send rows as one object a line, as a list, or as an object with one list");
