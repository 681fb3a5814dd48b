// The one holder of the WebAssembly core. It starts at the first call: importing does nothing and cannot fail. Where it has
// trapped, the next call starts it anew.

import {
  build,
  ClientCore,
  escalation,
  goOn,
  initSync,
  MemoryCore,
  parse,
  startAnew,
  verifyAudit,
  whenWoken,
} from "wasm:core/glue";
import { CoreInstance, type Take } from "./core-instance.ts";
import { type NexthinkError, toNexthinkError } from "./errors.ts";
import { contentOf } from "./modules.ts";
import { startOrExplain } from "./start.ts";

// Named one by one: what the facade does not use of the glue is then left out of the package.
const glue = { build, ClientCore, escalation, MemoryCore, parse, verifyAudit };
let last: CoreInstance | undefined;

/** Calls the core; whatever it throws becomes a `NexthinkError`. */
export function call<T>(use: (core: typeof glue) => T): T {
  try {
    running();
    return use(glue);
  } catch (thrown) {
    throw explained(thrown);
  }
}

/** The answer of a call. Nothing is thrown at once: what is wrong with the input rejects too. */
export async function wait<T>(take: Take<T>, before?: () => Promise<unknown> | undefined): Promise<T> {
  try {
    running();
    const first = before?.();
    if (first) await first;
    return await running().answerOf(take);
  } catch (thrown) {
    throw explained(thrown);
  }
}

/** What is made of the core once, and again where that was started anew. */
export function perInstance<T>(make: (core: typeof glue, instance: CoreInstance) => T): () => T {
  let made: { by: CoreInstance; object: T } | undefined;
  return () => {
    const by = running();
    if (made?.by !== by) made = { by, object: make(glue, by) };
    return made.object;
  };
}

/** An object of the core that is over with the instance that has made it. */
export function heldBy<T extends { free(): void }>(make: () => T): { get(): T; free(): void } {
  const instance = running();
  const object = make();
  return {
    get() {
      if (instance.isOver) throw instance.ended(false);
      return object;
    },
    free() {
      if (!instance.isOver) object.free();
    },
  };
}

function running(): CoreInstance {
  if (last && !last.isOver) return last;
  startOrExplain(() => {
    if (last) {
      startAnew();
      // What follows makes the new one. There is no call 0.
      goOn(0);
    } else initSync({ module: contentOf("core") });
  });
  const instance = new CoreInstance(!last);
  whenWoken((call: number) => instance.waitingCalls.wake(call));
  last = instance;
  return instance;
}

function explained(thrown: unknown): NexthinkError {
  if ((thrown as { name?: unknown } | undefined)?.name === "RuntimeError") last?.end(thrown);
  return toNexthinkError(thrown);
}
