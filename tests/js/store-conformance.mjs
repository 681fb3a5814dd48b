// What every store must do, for those who write one: checks that need no test runner and no Node, so that they run
// wherever the store does. With node:test:
//
//   for (const { name, check } of storeChecks) test(name, () => check(() => myStore()));

/** The longest time that this package asks for, in milliseconds: below what a timer can wait. */
const longest = 24 * 86_400_000;
const hour = { ttlMs: 3_600_000 };

/** How many do the same at once. */
const crowd = 20;

/**
 * The checks. Each takes `open`, which gives a store over the same data at every call, by a connection or in a process of
 * its own where you can; and rejects with an Error that says what is wrong. They use keys of their own, which end within
 * an hour or stay for 24 days, and take a second or two.
 *
 * @type {readonly { name: string, check(open: () => import("nexthink-chatbot").Store): Promise<void> }[]}
 */
export const storeChecks = [
  {
    name: "it says that it is atomic, and has nothing under an unknown key",
    async check(open) {
      same(open().atomic, true, "`atomic`");
      nothing(await open().get(newKey()));
      same(await open().replace(newKey(), "old", "new", hour), false, "`replace` where nothing is");
    },
  },
  {
    name: "putIfAbsent puts once",
    async check(open) {
      const key = newKey();
      same(await open().putIfAbsent(key, "one", hour), true, "the first `putIfAbsent`");
      for (const again of ["two", "one"]) {
        same(await open().putIfAbsent(key, again, hour), false, "`putIfAbsent` where something is");
      }
      same(await open().get(key), "one", "the value");
    },
  },
  {
    name: "replace puts only where its expected value stands",
    async check(open) {
      const key = newKey();
      await open().putIfAbsent(key, "one", hour);
      for (const wrong of ["two", "on", "one ", "One", ""]) {
        same(await open().replace(key, wrong, "three", hour), false, "`replace` of what does not stand there");
      }
      same(await open().get(key), "one", "the value");
      same(await open().replace(key, "one", "two", hour), true, "`replace` of what stands there");
      same(await open().replace(key, "one", "three", hour), false, "`replace` of what stood there before");
      same(await open().replace(key, "two", "two", hour), true, "`replace` of a value by itself");
      same(await open().get(key), "two", "the value");
    },
  },
  {
    name: "of many who put at once one is told that it did, and all see its value",
    async check(open) {
      for (let round = 0; round < 5; round += 1) {
        const key = newKey();
        const stores = many(open);
        const won = await Promise.all(stores.map((store, at) => store.putIfAbsent(key, `by ${at}`, hour)));
        same(won.filter((one) => one === true).length, 1, "how many have put");
        for (const store of stores) same(await store.get(key), `by ${won.indexOf(true)}`, "the value");
      }
    },
  },
  {
    name: "of many who replace at once one is told that it did",
    async check(open) {
      const key = newKey();
      const stores = many(open);
      await open().putIfAbsent(key, "0", hour);
      for (let round = 0; round < 5; round += 1) {
        const [from, to] = [String(round), String(round + 1)];
        const won = await Promise.all(stores.map((store) => store.replace(key, from, to, hour)));
        same(won.filter((one) => one === true).length, 1, "how many have replaced");
        same(await open().get(key), to, "the value");
      }
    },
  },
  {
    name: "of many who count together nobody's step is lost",
    async check(open) {
      const key = newKey();
      await open().putIfAbsent(key, "0", hour);
      const steps = many(open).map(async (store) => {
        for (;;) {
          const value = await store.get(key);
          if ((await store.replace(key, value, String(Number(value) + 1), hour)) === true) return;
        }
      });
      await Promise.all(steps);
      same(await open().get(key), String(crowd), "the count");
    },
  },
  {
    name: "what is over its time is gone, and can be put again",
    async check(open) {
      const [brief, kept] = [newKey(), newKey()];
      await open().putIfAbsent(kept, "kept", { ttlMs: longest });
      await open().putIfAbsent(brief, "brief", { ttlMs: 100 });
      await gone(open(), brief);
      same(await open().replace(brief, "brief", "late", hour), false, "`replace` of what is over its time");
      same(await open().putIfAbsent(brief, "again", hour), true, "`putIfAbsent` where it was");
      same(await open().get(brief), "again", "the value");
      same(await open().get(kept), "kept", "what has 24 days");
    },
  },
  {
    name: "replace gives a value a new time, longer or shorter",
    async check(open) {
      const [longer, measure, shorter] = [newKey(), newKey(), newKey()];
      await open().putIfAbsent(shorter, "one", hour);
      same(await open().replace(shorter, "one", "two", { ttlMs: 100 }), true, "`replace` with a shorter time");
      await gone(open(), shorter);
      // Where the store is so slow that it is over before it is replaced, with more time.
      for (let ttlMs = 200; ; ttlMs *= 2) {
        await open().putIfAbsent(longer, "one", { ttlMs });
        await open().putIfAbsent(measure, "one", { ttlMs });
        if ((await open().replace(longer, "one", "two", { ttlMs: longest })) === true) break;
        if (ttlMs > 10_000) throw new Error("`replace` of what is not over its time has put nothing");
      }
      await gone(open(), measure);
      same(await open().get(longer), "two", "what was given more time");
    },
  },
  {
    name: "a value comes back as the text that it was",
    async check(open) {
      const texts = [
        "",
        "0",
        "1.0",
        "true",
        "null",
        '{"a": [1, "é"]}',
        " spaces \t\r\n",
        "Zoë 👩🏽‍💻 日本語 ﷽",
        "a\u0000b\u001f\u2028",
        "\ufeffmark",
        "\u00e9",
        "e\u0301",
        "long ".repeat(20_000),
      ];
      for (const text of texts) {
        const key = newKey();
        await open().putIfAbsent(key, text, hour);
        same(await open().get(key), text, "the value");
        same(await open().replace(key, text, `${text}!`, hour), true, "`replace` of what stands there");
        same(
          await open().replace(key, `${text}!`.normalize("NFD"), text, hour),
          isNfd(text),
          "`replace` of it, decomposed",
        );
      }
    },
  },
  {
    name: "keys that differ in anything are different keys",
    async check(open) {
      const base = newKey();
      const long = "a".repeat(300);
      const ends = [
        "",
        "a",
        "A",
        "a ",
        "é",
        "e\u0301",
        "/",
        "/../a",
        "\\a",
        "*",
        "?",
        ":",
        ".",
        long,
        `${long}b`,
        "日本",
      ];
      for (const end of ends) same(await open().putIfAbsent(base + end, end, hour), true, "`putIfAbsent` of a new key");
      for (const end of ends) same(await open().get(base + end), end, "the value of a key");
    },
  },
];

let keys = 0;

/** A key that nobody has had: the store may be one that holds more. */
function newKey() {
  keys += 1;
  return `nexthink-chatbot:conformance:${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}-${keys}`;
}

const many = (open) => Array.from({ length: crowd }, () => open());

const isNfd = (text) => text === text.normalize("NFD");

function same(value, expected, what) {
  if (value === expected) return;
  const shown = (one) => `${typeof one} ${String(JSON.stringify(one)).slice(0, 80)}`;
  throw new Error(`${what} is ${shown(value)}, and must be ${shown(expected)}`);
}

function nothing(value) {
  if (value != null) same(value, undefined, "the value of an unknown key");
}

/** Waits until a key's time is over: no store need forget it to the millisecond. */
async function gone(store, key) {
  for (const begun = Date.now(); (await store.get(key)) != null; ) {
    if (Date.now() - begun > 2_000) throw new Error("what is over its time is still there two seconds later");
  }
}
