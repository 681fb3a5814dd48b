// What a process holds: JavaScript's heap after a collection, buffers, and the memory of the WebAssembly modules, which
// the package does not show. So whatever is instantiated from now on is written down.

import { setImmediate as turn } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");

const instances = [];
WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
  construct(target, parameters) {
    const instance = new target(...parameters);
    instances.push(instance);
    return instance;
  },
});

/**
 * @returns {Promise<{ heap: number, buffers: number, wasm: number, references: number, resident: number }>} bytes;
 * `references`: the slots for JavaScript values that the modules hold
 */
export async function memory() {
  // What is finalized in one collection is free in the next.
  for (let round = 0; round < 3; round++) {
    collect();
    await turn();
  }
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
  return {
    heap: heapUsed,
    buffers: arrayBuffers,
    wasm: sum((exports) => exports.memory.buffer.byteLength),
    references: sum((exports) => exports.__wbindgen_externrefs.length),
    resident: rss,
  };
}

const sum = (of) => instances.reduce((total, { exports }) => total + of(exports), 0);
