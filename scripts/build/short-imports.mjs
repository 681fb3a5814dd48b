// Shortens the names by which the module imports its glue: wasm-bindgen gives each a hash, which no compression makes
// smaller (about 1 KB in all). Module and glue are one pair, so nobody else sees these names.

import { readFileSync, writeFileSync } from "node:fs";
import { Failure } from "../failure.mjs";
import { headerLength, readNumber, readText, section, sectionsOf, writtenNumber, writtenText } from "./wasm-format.mjs";

/** Rewrites a module and its glue in place. */
export function shortenImports(wasmFile, glueFile) {
  const wasm = readFileSync(wasmFile);
  const names = new Map();
  for (const { name } of WebAssembly.Module.imports(new WebAssembly.Module(wasm))) {
    if (!names.has(name)) names.set(name, `i${names.size.toString(36)}`);
  }
  let glue = readFileSync(glueFile, "utf8");
  for (const [name, short] of names) {
    const property = new RegExp(`(^\\s+)${name}(?=:)`, "m");
    if (!property.test(glue)) throw new Failure(`the glue ${glueFile} does not provide the import ${name}`);
    glue = glue.replace(property, `$1${short}`);
  }
  writeFileSync(wasmFile, renamed(wasm, names));
  writeFileSync(glueFile, glue);
}

/** The module with other names in its import section; all other sections are copied as they are. */
function renamed(wasm, names) {
  const parts = [wasm.subarray(0, headerLength)];
  for (const { id, start, content, end } of sectionsOf(wasm)) {
    if (id !== section.import) {
      parts.push(wasm.subarray(start, end));
      continue;
    }
    const entries = Buffer.concat(importEntries(wasm, content, names));
    parts.push(Buffer.from([id]), writtenNumber(entries.length), entries);
  }
  return Buffer.concat(parts);
}

/** Each entry is a module's name, a name, and what is imported; here these are functions and globals of one byte. */
function importEntries(wasm, start, names) {
  const [count, first] = readNumber(wasm, start);
  const parts = [writtenNumber(count)];
  let position = first;
  for (let entry = 0; entry < count; entry += 1) {
    const [module, afterModule] = readText(wasm, position);
    const [name, afterName] = readText(wasm, afterModule);
    if (wasm[afterName] !== 0)
      throw new Failure(`the import ${name} is no function: short-imports.mjs knows no other kind`);
    const [, end] = readNumber(wasm, afterName + 1);
    parts.push(writtenText(module), writtenText(names.get(name) ?? name), wasm.subarray(afterName, end));
    position = end;
  }
  return parts;
}
