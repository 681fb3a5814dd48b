// Holds what ships to size-budget.json: the modules inside the installed package, as its users load them.

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

test("the core is in the package as text, the same in both formats", () => {
  const wasm = shippedWasm("core-module.mjs");
  assert.deepEqual(wasm.subarray(0, 4), Buffer.from("\0asm"));
  assert.ok(WebAssembly.validate(wasm));
  assert.ok(wasm.equals(shippedWasm("core-module.cjs")));
});

for (const [name, file] of [
  ["core.wasm", "core-module.mjs"],
  ["fleet.wasm", "fleet-module.mjs"],
  ["authoring.wasm", "authoring-module.mjs"],
  ["conversation.wasm", "conversation-module.mjs"],
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
