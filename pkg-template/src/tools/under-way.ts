// What is under way for one caller of a tool, and given to others who ask for it meanwhile.

import { callsCanVanish } from "../user-agent.ts";

/** Begins something, or waits for what has begun. In workerd nobody waits for another: their call can vanish, and it with that. */
export function together<T>(kept: { underWay?: Promise<T> }, begin: () => Promise<T>): Promise<T> {
  if (callsCanVanish()) return begin();
  kept.underWay ??= begin().finally(() => {
    delete kept.underWay;
  });
  return kept.underWay;
}
