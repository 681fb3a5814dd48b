// What the parts of the package weigh, for the README: what is loaded by who uses a part, after brotli, as servers send it.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";

/** The files of each part, beside those of the first. */
const parts = {
  "a client, the six steps, the APIs": ["core.wasm", "client.mjs", "core.mjs", "errors.mjs", "modules.mjs", "slim.mjs"],
  "the conversation, in one language": ["conversation.wasm", "conversation.mjs", "rendering.mjs", "wording-en.mjs"],
  "scans, directories, many verdicts": ["fleet.wasm", "fleet.mjs"],
  "webhooks, messages to employees": ["proactive.wasm", "proactive.mjs", "outreach.mjs", "webhook.mjs"],
  "NQL, playbooks of your own, the doctor": ["authoring.wasm", "authoring.mjs", "definitions.mjs"],
  "the HTTP handler": ["handler.mjs"],
  "tools for language models": ["language-models.mjs", "tools.mjs"],
};

/** @param {string} folder of the package @returns {[string, number][]} parts, and how many bytes each is */
export function sizes(folder) {
  const bytes = (file) => brotliCompressSync(readFileSync(join(folder, file))).length;
  return Object.entries(parts).map(([part, files]) => [part, files.reduce((sum, file) => sum + bytes(file), 0)]);
}

export const kilobytes = (bytes) => `${Math.round(bytes / 1_000)} kB`;

/** The table between the README's markers. */
export function sizeTable(folder) {
  const rows = sizes(folder).map(([part, bytes], at) => `| ${at === 0 ? "" : "+ "}${part} | ${kilobytes(bytes)} |`);
  return ["| what you use | brotli |", "| --- | --- |", ...rows].join("\n");
}

/** Puts a text between the markers of that name. @returns the whole page */
export function between(page, name, text) {
  const marked = new RegExp(`(<!-- ${name}: .*? -->\n)[\\s\\S]*?(<!-- end of ${name} -->)`);
  if (!marked.test(page)) throw new Error(`the page has no place for ${name}`);
  return page.replace(marked, (_, begin, end) => `${begin}\n${text}\n\n${end}`);
}
