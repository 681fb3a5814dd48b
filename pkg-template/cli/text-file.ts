// Text files as people's editors leave them.

import { readFileSync } from "node:fs";

/** A file's text, without the mark with which some editors of Windows begin one. @throws what the file system says */
export function readText(file: string): string {
  const text = readFileSync(file, "utf8");
  return text.startsWith("\ufeff") ? text.slice(1) : text;
}
