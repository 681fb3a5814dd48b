// What clients without a store remember together: all of this process that reach the tenant by the same `fetch`. Two of them
// with one token would else trigger twice.

import type { MemoryCore } from "wasm:core/glue";
import type { Fetch } from "./host.ts";

/** By the `fetch`; it was lost where its instance of the core was. */
const memories = new WeakMap<object, { by: object; memory: MemoryCore }>();

/** Stands for the runtime's own `fetch`. */
const own = {};

/**
 * @param by the instance of the core
 * @param make makes one that remembers nothing yet
 */
export function memoryOf(fetch: Fetch | undefined, by: object, make: () => MemoryCore): MemoryCore {
  const known = memories.get(fetch ?? own);
  if (known?.by === by) return known.memory;
  const memory = make();
  memories.set(fetch ?? own, { by, memory });
  return memory;
}
