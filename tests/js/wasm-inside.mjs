// The WebAssembly modules that a bundle holds as text, found and read without the package's own decoder.

import assert from "node:assert/strict";

const call =
  /decodeModule\(\{ length: (\d+), letters: ("[^"\n]+"|'[^'\n]+'), order: "([0-9a-f]{512})", text: "([^"\n]+)" \}\)/g;

/** How many modules a text holds, in whatever way a bundler has written them. @param {string} bundle */
export const modulesIn = (bundle) => bundle.match(/order: ?["'`][0-9a-f]{512}/g)?.length ?? 0;

/** The bytes of the one that there is. @param {string} bundle the text of a file of the package */
export function wasmInside(bundle) {
  const found = [...bundle.matchAll(call)];
  assert.equal(found.length, 1, "one module");
  const [, length, quoted, order, text] = found[0];
  const letters = [...quoted.slice(1, -1)];
  const [first, second] = letters.slice(-2);
  const pairs = [first, second].flatMap((before) => letters.map((letter) => before + letter));
  const bytes = Buffer.from(order, "hex");
  const byLetter = new Map([...letters.slice(0, -2), ...pairs].slice(0, 256).map((letter, at) => [letter, bytes[at]]));
  const written = text.match(new RegExp(`[${[first, second].map((one) => `\\${one}`).join("")}]?[^]`, "g")) ?? [];
  assert.equal(written.length, Number(length));
  return Buffer.from(written.map((letter) => byLetter.get(letter)));
}
