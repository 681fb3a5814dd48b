// Shortens the names by which the module imports its glue: wasm-bindgen gives each a hash, which no compression makes
// smaller (about 1 KB in all). Module and glue are one pair, so nobody else sees these names.

import { readFileSync, writeFileSync } from "node:fs";
import { Failure } from "../failure.mjs";

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

const importSection = 2;
const header = 8;

/** The module with other names in its import section; all other sections are copied as they are. */
function renamed(wasm, names) {
  const parts = [wasm.subarray(0, header)];
  let position = header;
  while (position < wasm.length) {
    const start = position;
    const [size, body] = readNumber(wasm, position + 1);
    position = body + size;
    if (wasm[start] !== importSection) {
      parts.push(wasm.subarray(start, position));
      continue;
    }
    const content = Buffer.concat(importEntries(wasm, body, names));
    parts.push(Buffer.from([importSection]), writeNumber(content.length), content);
  }
  return Buffer.concat(parts);
}

/** Each entry is a module's name, a name, and what is imported; here these are functions and globals of one byte. */
function importEntries(wasm, start, names) {
  const [count, first] = readNumber(wasm, start);
  const parts = [writeNumber(count)];
  let position = first;
  for (let entry = 0; entry < count; entry += 1) {
    const [module, afterModule] = readText(wasm, position);
    const [name, afterName] = readText(wasm, afterModule);
    if (wasm[afterName] !== 0)
      throw new Failure(`the import ${name} is no function: short-imports.mjs knows no other kind`);
    const [, end] = readNumber(wasm, afterName + 1);
    parts.push(text(module), text(names.get(name) ?? name), wasm.subarray(afterName, end));
    position = end;
  }
  return parts;
}

/** LEB128: seven bits a byte, the last one without the high bit. */
function readNumber(bytes, start) {
  let number = 0;
  let position = start;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[position];
    position += 1;
    number |= (byte & 0x7f) << shift;
    if (byte < 0x80) return [number, position];
  }
}

function writeNumber(number) {
  const bytes = [];
  for (let rest = number; ; rest >>>= 7) {
    bytes.push(rest < 0x80 ? rest : (rest & 0x7f) | 0x80);
    if (rest < 0x80) return Buffer.from(bytes);
  }
}

function readText(bytes, start) {
  const [length, begin] = readNumber(bytes, start);
  return [bytes.toString("utf8", begin, begin + length), begin + length];
}

function text(value) {
  const bytes = Buffer.from(value, "utf8");
  return Buffer.concat([writeNumber(bytes.length), bytes]);
}
