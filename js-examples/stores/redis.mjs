// A store in Redis, for processes on any number of machines.

const replace = `
  if redis.call("get", KEYS[1]) ~= ARGV[1] then return 0 end
  redis.call("set", KEYS[1], ARGV[2], "PX", ARGV[3])
  return 1`;

/**
 * @param {(...words: string[]) => Promise<unknown>} command sends one command, by whatever client you have:
 * - `redis`: `(...words) => client.sendCommand(words)`
 * - `ioredis`: `(...words) => client.call(...words)`
 * @returns {import("nexthink-chatbot").Store}
 */
export function redisStore(command) {
  return {
    atomic: true,
    get: (key) => command("GET", key),
    putIfAbsent: async (key, value, { ttlMs }) => (await command("SET", key, value, "NX", "PX", `${ttlMs}`)) === "OK",
    replace: async (key, expected, value, { ttlMs }) =>
      (await command("EVAL", replace, "1", key, expected, value, `${ttlMs}`)) === 1,
  };
}
