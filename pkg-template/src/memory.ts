// What clients without a store remember together: all of this process that reach the tenant by the same `fetch`. Two of them
// with one token would else trigger twice.

import type { MemoryCore } from "wasm:core/glue";
import type { Fetch } from "./host.ts";

const memories = new WeakMap<object, MemoryCore>();

/** Stands for the runtime's own `fetch`. */
const own = {};

/** @param make makes one that remembers nothing yet */
export function memoryOf(fetch: Fetch | undefined, make: () => MemoryCore): MemoryCore {
  const by = fetch ?? own;
  let memory = memories.get(by);
  if (!memory) {
    memory = make();
    memories.set(by, memory);
  }
  return memory;
}
