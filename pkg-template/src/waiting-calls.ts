// Calls that wait for another one of the same client: for the token that it fetches, or for their turn. They go on as a
// part of what their own callers do, and not of what has let them go on.

import { goOn } from "wasm:core/glue";

const waiting = new Map<number, () => void>();

/** Keeps for a call what it is a part of, until it is woken or what this gives is called. */
export function waitToBeWoken(call: number): () => void {
  let woken = () => {};
  new Promise<void>((resolve) => {
    woken = resolve;
  }).then(() => goOn(call));
  waiting.set(call, woken);
  return () => {
    if (waiting.get(call) === woken) waiting.delete(call);
  };
}

/** Another call has woken one: it goes on when that one is done. */
export function onWoken(call: number): void {
  const woken = waiting.get(call);
  waiting.delete(call);
  if (woken) woken();
  else Promise.resolve().then(() => goOn(call));
}
