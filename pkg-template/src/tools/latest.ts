// A memory of bounded size: the oldest goes when there is no room. What a model can name is found here and nowhere else.

/** The latest values under their names. */
export class Latest<Value> {
  readonly #values = new Map<string, Value>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  /** The value of a name; undefined where there is none, or no longer. */
  get(name: string): Value | undefined {
    return this.#values.get(name);
  }

  /** Keeps a value as the latest. */
  set(name: string, value: Value): void {
    this.#values.delete(name);
    this.#values.set(name, value);
    for (const oldest of this.#values.keys()) {
      if (this.#values.size <= this.#most) break;
      this.#values.delete(oldest);
    }
  }

  /** What is kept, the oldest first. */
  entries(): [string, Value][] {
    return [...this.#values];
  }

  /** The values, the oldest first. */
  values(): Value[] {
    return [...this.#values.values()];
  }
}
