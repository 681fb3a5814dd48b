// CommonJS that reads a file when something of it is used, not when it is imported: of some twenty files a first diagnosis
// needs a third. No file of the facade does anything when it is read, so nothing but the time of reading changes.

import { Failure } from "../failure.mjs";

const required = /\b(import_\w+) = (require\("\.\/[^"]+"\))/g;

const whenUsed = `var whenUsed = (read) => {
  let file;
  return () => file ??= read();
};
`;

/** @param {string} text what esbuild made as CommonJS @param {string} name of its file, for who reads the error */
export function readWhenUsed(text, name) {
  const names = new Set(Array.from(text.matchAll(required), ([, variable]) => variable));
  if (names.size === 0) return text;
  const use = `\\b(${[...names].join("|")})\\.`;
  const later = text
    .replace(required, (_, variable, read) => `${variable} = whenUsed(() => ${read})`)
    .replace(new RegExp(`\\bnew ${use}(\\w+)`, "g"), (_, variable, name) => `new (${variable}().${name})`)
    .replace(new RegExp(use, "g"), (_, variable) => `${variable}().`);
  const early = later.match(/^(?:var|let|const|import|[),]).*(?<!=> )require\("\.\/.*$/m);
  if (early) throw new Failure(`${name} reads another file when it is imported: ${early[0]}`);
  return later.replace('"use strict";\n', `"use strict";\n${whenUsed}`);
}
