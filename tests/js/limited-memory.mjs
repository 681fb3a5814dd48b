// A WebAssembly module that runs out of memory early: the same one with an upper limit.

import { readNumber, section, sectionsOf, writtenNumber } from "../../scripts/build/wasm-format.mjs";

/** @param {Buffer} wasm @param {number} pages of 64 KB @returns {Buffer} */
export function limited(wasm, pages) {
  for (const { id, start, content, end } of sectionsOf(wasm)) {
    if (id !== section.memory) continue;
    // One memory, without a limit: how many, 0, its first size.
    if (wasm[content] !== 1 || wasm[content + 1] !== 0) throw new Error("the module has other memories");
    const [least] = readNumber(wasm, content + 2);
    const memory = Buffer.concat([Buffer.from([1, 1]), writtenNumber(least), writtenNumber(pages)]);
    const head = Buffer.concat([Buffer.from([section.memory]), writtenNumber(memory.length)]);
    return Buffer.concat([wasm.subarray(0, start), head, memory, wasm.subarray(end)]);
  }
  throw new Error("the module has no memory of its own");
}
