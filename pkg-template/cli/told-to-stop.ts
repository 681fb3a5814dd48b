// How long a command serves that only ends when it is told to.

/** Resolves at the first signal to end; the second one ends the process as it would any other. */
export function toldToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}
