// The one holder of the WebAssembly core. It starts at the first call: importing does nothing and cannot fail.

import {
  build,
  ClientCore,
  escalation,
  initSync,
  LibraryCore,
  MemoryCore,
  parse,
  settle,
  verifyAudit,
} from "wasm:core/glue";
import { toNexthinkError } from "./errors.ts";
import { contentOf } from "./modules.ts";
import { startOrExplain } from "./start.ts";

// Named one by one: what the facade does not use of the glue is then left out of the package.
const core = { build, ClientCore, escalation, LibraryCore, MemoryCore, parse, settle, verifyAudit };
let started = false;

/** Calls the core; whatever it throws becomes a `NexthinkError`. */
export function call<T>(use: (glue: typeof core) => T): T {
  try {
    start();
    return use(core);
  } catch (thrown) {
    throw toNexthinkError(thrown);
  }
}

/** The same for a call that waits. Nothing is thrown at once: what is wrong with the input rejects too. */
export async function wait<T>(use: (glue: typeof core) => Promise<T>): Promise<T> {
  try {
    start();
    return await use(core);
  } catch (thrown) {
    throw toNexthinkError(thrown);
  }
}

function start(): void {
  if (started) return;
  startOrExplain(() => initSync({ module: contentOf("core") }));
  started = true;
}
