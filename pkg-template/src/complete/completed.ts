// A function together with the modules that it needs. They are brought when it is called: importing does nothing, and a
// bundler leaves out the modules of functions that nobody uses.

type Callable = (...given: never[]) => unknown;

/** The same function. */
export function completed<Called extends Callable>(call: Called, bringModules: () => void): Called {
  const complete = (...given: never[]) => {
    bringModules();
    return call(...given);
  };
  return complete as Called;
}

/** The same functions. */
export function allCompleted<Calls extends Record<keyof Calls, Callable>>(
  calls: Calls,
  bringModules: () => void,
): Calls {
  const complete = Object.entries<Callable>(calls).map(([name, call]) => [name, completed(call, bringModules)]);
  return Object.fromEntries(complete) as Calls;
}
