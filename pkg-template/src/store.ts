// Where several processes share what all of them must know.

/**
 * Where several processes share what must be known to all of them. Keys begin with `nexthink-chatbot:` and the tenant;
 * values are text. What has become of a proposal stays for two days, what is known of a device and how far an audit has
 * got for 24; it holds who asked for what on which device, with a script's inputs and outputs. An assistant's turns stay for
 * ten minutes, with what was said and the state, which can be answered as long as its proposal holds. That a webhook has come
 * stays for a day: a digest, and the time.
 *
 * @example
 * ```ts
 * // Redis, by the package `redis`
 * const store: Store = {
 *   atomic: true,
 *   get: (key) => redis.get(key),
 *   putIfAbsent: async (key, value, { ttlMs }) => (await redis.set(key, value, { NX: true, PX: ttlMs })) === "OK",
 *   replace: async (key, expected, value, { ttlMs }) =>
 *     (await redis.eval(
 *       "if redis.call('get', KEYS[1]) == ARGV[1] then redis.call('set', KEYS[1], ARGV[2], 'PX', ARGV[3]) return 1 end return 0",
 *       { keys: [key], arguments: [expected, value, String(ttlMs)] },
 *     )) === 1,
 * };
 * ```
 */
export interface Store {
  /**
   * Whether `putIfAbsent` and `replace` look and write in one step, whoever else does so at the same time. Without that
   * a remote action could be triggered twice, and `remediate` refuses the store: Workers KV is such a one.
   */
  readonly atomic: boolean;
  /** The value of a key, the very text that was put; nothing where there is none. */
  get(key: string): PromiseLike<string | null | undefined>;
  /** Puts a value where there is none, for `ttlMs` milliseconds; resolves with whether it was put: true or false. */
  putIfAbsent(key: string, value: string, options: { ttlMs: number }): PromiseLike<boolean>;
  /** Puts a value where there is `expected`, for `ttlMs` milliseconds; resolves with whether it was put. */
  replace(key: string, expected: string, value: string, options: { ttlMs: number }): PromiseLike<boolean>;
}
