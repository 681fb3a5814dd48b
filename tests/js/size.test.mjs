// Holds what ships to size-budget.json: the modules inside the installed package's default entry, as its users load it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { brotliCompressSync, constants } from "node:zlib";
import { wasmInside } from "./wasm-inside.mjs";

const home = dirname(createRequire(import.meta.url).resolve("nexthink-chatbot/package.json"));
const budget = JSON.parse(readFileSync(new URL("../../size-budget.json", import.meta.url), "utf8"));

function shippedWasm(file) {
  return wasmInside(readFileSync(join(home, file), "utf8"));
}

test("the default entry holds a WebAssembly module, the same in both formats", () => {
  const wasm = shippedWasm("index.mjs");
  assert.deepEqual(wasm.subarray(0, 4), Buffer.from("\0asm"));
  assert.ok(WebAssembly.validate(wasm));
  assert.ok(wasm.equals(shippedWasm("index.cjs")));
});

for (const [name, file] of [
  ["core.wasm", "index.mjs"],
  ["fleet.wasm", "fleet.mjs"],
  ["authoring.wasm", "authoring.mjs"],
  ["conversation.wasm", "conversation.mjs"],
  ["proactive.wasm", "proactive.mjs"],
]) {
  test(`${name} is within its budget after brotli`, (t) => {
    const limit = budget[name].brotli;
    const wasm = shippedWasm(file);
    const size = brotliCompressSync(wasm, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: wasm.length },
    }).length;
    t.diagnostic(`${name}: ${wasm.length} bytes, ${size} after brotli, budget ${limit}`);
    assert.ok(size <= limit, `${size} bytes are ${size - limit} over the budget of ${limit}`);
  });
}
