// The programs that the pages in the package show, for the tests that run them: as a reader copies them, from what was installed.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const home = dirname(createRequire(import.meta.url).resolve("nexthink-chatbot/package.json"));

/** The text of a page, such as `docs/events.md`. */
export const page = (name) => readFileSync(join(home, name), "utf8");

/** The blocks of a language on a page, from a heading on; all of them without one. @returns {string[]} */
export function blocks(name, language, heading) {
  const text = page(name);
  const from = heading === undefined ? 0 : text.indexOf(`\n${heading}\n`);
  assert.notEqual(from, -1, `${name} has no ${heading}`);
  const fence = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm");
  return [...text.slice(from).matchAll(fence)].map(([, code]) => code);
}

/** The first program on a page, or below one of its headings. */
export function shown(name, heading) {
  const [code] = blocks(name, "js", heading);
  assert.ok(code, `${name} shows no program`);
  return code;
}
