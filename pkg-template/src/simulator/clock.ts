// The tenant's clock, driven by real time, by `advance`, or by waiting itself. The time is kept in the core, which
// brings about what falls due; here is only how fast it passes and who waits for it.

/** What keeps the time. */
export interface Timekeeper {
  now(): number;
  advance(milliseconds: number): void;
}

interface Sleeper {
  due: number;
  wake: () => void;
  timer?: Timer;
}

export class TenantClock {
  readonly #time: Timekeeper;
  readonly #speed: number;
  /** Those who wait, by the times at which they want to be woken. */
  readonly #sleepers: Sleeper[] = [];
  /** Up to when real time has been counted. */
  #counted = realTime();

  constructor(time: Timekeeper, speed: number) {
    this.#time = time;
    this.#speed = speed;
  }

  /** The tenant's time. */
  now(): number {
    this.#countRealTime();
    return this.#time.now();
  }

  /** Lets time pass. */
  advance(milliseconds: number): void {
    this.#countRealTime();
    this.#time.advance(milliseconds);
    this.#wakeThoseDue();
  }

  /** Waits by the tenant's clock; rejects with the signal's reason as soon as it is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal | null): Promise<void> {
    return new Promise((resolve, reject) => {
      const abort = () => {
        sleeper.timer?.cancel();
        this.#sleepers.splice(this.#sleepers.indexOf(sleeper), 1);
        reject(reasonOf(signal));
      };
      const sleeper: Sleeper = {
        due: this.now() + Math.max(0, milliseconds),
        wake() {
          signal?.removeEventListener("abort", abort);
          resolve();
        },
      };
      // After all that are due at the same time: they wake in the order in which they went to sleep.
      const later = this.#sleepers.findIndex(({ due }) => due > sleeper.due);
      this.#sleepers.splice(later < 0 ? this.#sleepers.length : later, 0, sleeper);
      this.#setTimer(sleeper);
      signal?.addEventListener("abort", abort, { once: true });
      if (signal?.aborted) abort();
    });
  }

  #countRealTime(): void {
    if (this.#speed === Number.POSITIVE_INFINITY) return;
    // Whole milliseconds of the tenant; the rest is counted next time.
    const passed = Math.floor((realTime() - this.#counted) * this.#speed);
    if (passed <= 0) return;
    this.#counted += passed / this.#speed;
    this.#time.advance(passed);
  }

  #wakeThoseDue(): void {
    const now = this.#time.now();
    for (let first = this.#sleepers[0]; first && first.due <= now; first = this.#sleepers[0]) {
      this.#sleepers.shift();
      first.timer?.cancel();
      first.wake();
    }
  }

  /** Each has a timer of its own: in workerd a timer ends with the request in which it was started. */
  #setTimer(sleeper: Sleeper): void {
    const delay = (sleeper.due - this.#time.now()) / this.#speed;
    sleeper.timer = startTimer(delay, () => this.#ring(sleeper));
  }

  #ring(sleeper: Sleeper): void {
    this.#countRealTime();
    // Without real time the clock jumps, but past nobody: whoever is due first wakes first, and acts, before the next.
    if (this.#speed === Number.POSITIVE_INFINITY && this.#sleepers[0] === sleeper) {
      this.#time.advance(Math.max(0, sleeper.due - this.#time.now()));
    }
    this.#wakeThoseDue();
    if (this.#sleepers.includes(sleeper)) this.#setTimer(sleeper);
  }
}

/** Milliseconds of a clock that is never set back, where there is one. */
function realTime(): number {
  return globalThis.performance?.now?.() ?? Date.now();
}

interface Timer {
  cancel(): void;
}

/** The longest that a timer can be: 31 bits. */
const longest = 0x7fffffff;

function startTimer(milliseconds: number, ring: () => void): Timer {
  if (typeof globalThis.setTimeout === "function") {
    const timer = setTimeout(ring, Math.min(Math.max(0, Math.ceil(milliseconds)), longest));
    return { cancel: () => clearTimeout(timer) };
  }
  if (milliseconds > 0) {
    throw new TypeError("this JavaScript runtime has no timers: create the simulator with `speed: Infinity`");
  }
  let cancelled = false;
  void Promise.resolve().then(() => cancelled || ring());
  return {
    cancel: () => {
      cancelled = true;
    },
  };
}

/** What an aborted call rejects with, as `fetch` has it. */
export function reasonOf(signal: AbortSignal | null | undefined): unknown {
  if (signal?.reason !== undefined) return signal.reason;
  return Object.assign(new Error("This operation was aborted"), { name: "AbortError" });
}
