// How a function of the user's is told what happens, where nothing may come of it.

/** Tells a listener. What it throws, or a promise of its rejects with, is its own affair. */
export function tellTo<Told extends unknown[]>(
  listener: ((...told: Told) => unknown) | undefined,
  ...told: Told
): void {
  try {
    Promise.resolve(listener?.(...told)).catch(() => {});
  } catch {}
}
