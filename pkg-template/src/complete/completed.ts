// A function together with the modules that it needs. They are brought when it is called: importing does nothing, and a
// bundler leaves out the modules of functions that nobody uses. The function, too, is asked for when it is called: CommonJS
// then reads its file.

type Callable = (...given: never[]) => unknown;

/** The same function. @param bringModules nothing for one that needs none: it, too, is read when it is called */
export function completed<Called extends Callable>(bare: () => Called, bringModules?: () => void): Called {
  const complete = (...given: never[]) => {
    bringModules?.();
    return bare()(...given);
  };
  return complete as Called;
}

/** The same class: whoever asks it for anything has its modules. */
export function completedClass<Class extends object>(bare: () => Class, bringModules: () => void): Class {
  const get = (_: object, name: string | symbol) => {
    bringModules();
    return Reflect.get(bare(), name);
  };
  const has = (_: object, name: string | symbol) => name in bare();
  // A function is what `instanceof` asks for; unlike a class's, its prototype may be told to be another.
  return new Proxy(function Class() {}, { get, has }) as unknown as Class;
}

/** The same functions. @param names of all of them */
export function allCompleted<Calls extends Record<keyof Calls, Callable>>(
  bare: () => Calls,
  names: readonly (keyof Calls & string)[],
  bringModules: () => void,
): Calls {
  const complete = names.map((name) => [name, completed(() => bare()[name], bringModules)]);
  return Object.fromEntries(complete) as Calls;
}
