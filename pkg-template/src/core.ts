// The one holder of the WebAssembly core. It starts at the first call: importing does nothing and cannot fail.

import {
  build,
  ClientCore,
  escalation,
  goOn,
  initSync,
  MemoryCore,
  parse,
  settle,
  verifyAudit,
  whenWoken,
} from "wasm:core/glue";
import { toNexthinkError } from "./errors.ts";
import { contentOf } from "./modules.ts";
import { startOrExplain } from "./start.ts";
import { onWoken, waitToBeWoken } from "./waiting-calls.ts";

/** Tells the core an outcome, when whoever tells it is done. The call that has waited for it goes on as a part of that. */
const settleLater: typeof settle = (ticket, code) => {
  Promise.resolve().then(() => settle(ticket, code));
};

// Named one by one: what the facade does not use of the glue is then left out of the package.
const core = { build, ClientCore, escalation, MemoryCore, parse, settle, settleLater, verifyAudit, waitToBeWoken };
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

/** The same for what waits. Nothing is thrown at once: what is wrong with the input rejects too. */
export async function wait<T>(begin: () => PromiseLike<T>, before?: () => Promise<unknown>): Promise<T> {
  try {
    start();
    if (before) await before();
    return await begin();
  } catch (thrown) {
    throw toNexthinkError(thrown);
  }
}

/** Takes a call, which calls one of the two in the end; gives its number. */
type Take<T> = (resolve: (answer: T) => void, reject: (error: unknown) => void) => number;

/** The answer of a call. It begins when whoever wants it is done. */
export function answerOf<T>(take: Take<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const number = take(resolve, reject);
    Promise.resolve().then(() => goOn(number));
  });
}

function start(): void {
  if (started) return;
  startOrExplain(() => initSync({ module: contentOf("core") }));
  whenWoken(onWoken);
  started = true;
}
