// The one holder of the WebAssembly core. It starts at the first call: importing does nothing and cannot fail.

import {
  build,
  ClientCore,
  escalation,
  goOn,
  initSync,
  MemoryCore,
  parse,
  settle as settleOnly,
  verifyAudit,
} from "wasm:core/glue";
import { toNexthinkError } from "./errors.ts";
import { contentOf } from "./modules.ts";
import { startOrExplain } from "./start.ts";

/** Tells the core an outcome. What goes on by it does so when whoever has told it is done. */
const settle: typeof settleOnly = (ticket, code, text, bytes) => {
  settleOnly(ticket, code, text, bytes);
  Promise.resolve().then(goOn);
};

// Named one by one: what the facade does not use of the glue is then left out of the package.
const core = { build, ClientCore, escalation, MemoryCore, parse, settle, verifyAudit };
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

/** Begins a call that waits; it calls one of the two in the end. */
export type Begin<T> = (resolve: (answer: T) => void, reject: (error: unknown) => void) => void;

/** The same for a call that waits. Nothing is thrown at once: what is wrong with the input rejects too. */
export async function wait<T>(begin: Begin<T>, before?: () => Promise<unknown>): Promise<T> {
  try {
    start();
    if (before) await before();
    const answer = new Promise<T>(begin);
    Promise.resolve().then(goOn);
    return await answer;
  } catch (thrown) {
    throw toNexthinkError(thrown);
  }
}

function start(): void {
  if (started) return;
  startOrExplain(() => initSync({ module: contentOf("core") }));
  started = true;
}
