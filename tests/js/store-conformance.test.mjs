// The checks of a store: a right one passes them all, and each mistake that a store can make is found.

import assert from "node:assert/strict";
import { test } from "node:test";
import { storeChecks } from "./store-conformance.mjs";

/** A store in memory of which each part can be made wrong. */
function memory({
  atomic = true,
  readsWhole = true,
  keepsTime = false,
  keyOf = String,
  textOf = String,
  ...wrong
} = {}) {
  const entries = new Map();
  const get = async (key) => {
    await null;
    const entry = entries.get(keyOf(key));
    return entry && Date.now() < entry.until ? entry.value : undefined;
  };
  const put = async (key, expected, value, { ttlMs }) => {
    await null;
    const held = entries.get(keyOf(key));
    const current = held && Date.now() < held.until ? held.value : undefined;
    if (!readsWhole) await null;
    if (current !== (expected === undefined ? undefined : textOf(expected))) return false;
    entries.set(keyOf(key), { value: textOf(value), until: keepsTime && held ? held.until : Date.now() + ttlMs });
    return true;
  };
  const store = {
    atomic,
    get,
    putIfAbsent: (key, value, options) => put(key, undefined, value, options),
    replace: put,
  };
  const changed = Object.entries(wrong).map(([name, wrap]) => [name, wrap(store[name], store)]);
  return Object.assign(store, Object.fromEntries(changed));
}

/** The names of the checks that a store fails, by the first words. */
async function failedBy(store) {
  const outcomes = await Promise.allSettled(storeChecks.map(({ check }) => check(() => store)));
  return storeChecks.filter((_, at) => outcomes[at].status === "rejected").map(({ name }) => name);
}

test("a right store passes, also one whose nothing is null", async () => {
  assert.deepEqual(await failedBy(memory()), []);
  assert.deepEqual(await failedBy(memory({ get: (get) => async (key) => (await get(key)) ?? null })), []);
});

const mistakes = {
  "it is not atomic, and says so": [{ atomic: false }, /atomic/],
  "it looks first and writes later": [{ readsWhole: false }, /^of many who (put|replace) at once|^of many who count/],
  "it says how it went in another way": [
    {
      putIfAbsent:
        (put) =>
        async (...given) =>
          (await put(...given)) ? "OK" : null,
    },
    /^putIfAbsent/,
  ],
  "it puts over what is there": [
    {
      putIfAbsent:
        (_, { replace, get }) =>
        async (key, ...given) =>
          replace(key, await get(key), ...given),
    },
    /^putIfAbsent/,
  ],
  "it replaces whatever is there": [
    {
      replace:
        (replace, { get }) =>
        async (key, _, ...given) =>
          replace(key, await get(key), ...given),
    },
    /^replace puts only/,
  ],
  "it puts where nothing is to be replaced": [
    {
      replace:
        (replace, { putIfAbsent }) =>
        async (key, expected, ...given) =>
          (await replace(key, expected, ...given)) || putIfAbsent(key, ...given),
    },
    /nothing under an unknown key/,
  ],
  "it counts time in seconds": [
    {
      putIfAbsent:
        (put) =>
        (key, value, { ttlMs }) =>
          put(key, value, { ttlMs: ttlMs * 1_000 }),
    },
    /^what is over its time/,
  ],
  "it forgets at once what has 24 days": [
    {
      putIfAbsent:
        (put) =>
        (key, value, { ttlMs }) =>
          put(key, value, { ttlMs: ttlMs > 2 ** 30 ? 1 : ttlMs }),
    },
    /^what is over its time/,
  ],
  "it keeps the time of a value that is replaced": [{ keepsTime: true }, /^replace gives/],
  "it reads JSON on its own": [
    {
      get: (get) => async (key) => {
        const value = await get(key);
        try {
          return JSON.parse(value);
        } catch {
          return value;
        }
      },
    },
    /^a value comes back/,
  ],
  "it cuts what follows a zero byte": [{ textOf: (text) => text.split("\0")[0] }, /^a value comes back/],
  "it normalises text": [{ textOf: (text) => text.normalize("NFC") }, /^a value comes back/],
  "it trims text": [{ textOf: (text) => text.trim() }, /^a value comes back|^replace puts only/],
  "its keys do not tell upper from lower case": [{ keyOf: (key) => key.toLowerCase() }, /^keys that differ/],
  "its keys are cut": [{ keyOf: (key) => key.slice(0, 250) }, /^keys that differ/],
};

test("each mistake is found", { concurrency: true }, async (context) => {
  const found = Object.entries(mistakes).map(([mistake, [wrong, checks]]) =>
    context.test(mistake, async () => {
      const failed = await failedBy(memory(wrong));
      assert.ok(
        failed.some((name) => checks.test(name)),
        `failed: ${failed.join("; ") || "none"}`,
      );
    }),
  );
  await Promise.all(found);
});
