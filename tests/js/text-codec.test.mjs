// The package's own way between texts and UTF-8, for runtimes without `TextEncoder` and `TextDecoder`: held to Node's.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { createContext, runInContext } from "node:vm";

const home = dirname(createRequire(import.meta.url).resolve("nexthink-chatbot/package.json"));

/** Both classes as they are where the runtime has none. */
function ours() {
  const source = readFileSync(join(home, "text-codec.cjs"), "utf8");
  const context = createContext({ module: { exports: {} }, Uint8Array, ArrayBuffer, TypeError });
  return runInContext(`${source}; module.exports`, context);
}

const { OwnTextEncoder: OurEncoder, OwnTextDecoder: OurDecoder } = ours();

/** Numbers that look random and are the same every time. */
function numbers(seed) {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

const outcome = (act) => {
  try {
    return act();
  } catch (error) {
    return error.name;
  }
};

test("any bytes become the text that they become in Node, or are refused as there", () => {
  const next = numbers(7);
  // Bytes that begin or go on with something are rare among all bytes.
  const telling = [
    0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xbb, 0x41, 0xc0,
  ];
  for (let round = 0; round < 20_000; round++) {
    const bytes = Uint8Array.from({ length: next(9) }, () => (next(4) ? telling[next(telling.length)] : next(256)));
    for (const options of [{}, { fatal: true }, { ignoreBOM: true }]) {
      const [found, wanted] = [OurDecoder, TextDecoder].map((Decoder) =>
        outcome(() => new Decoder("utf-8", options).decode(bytes)),
      );
      assert.equal(found, wanted, `${bytes} ${JSON.stringify(options)}`);
    }
  }
});

test("any text becomes the bytes that it becomes in Node, as far as there is room", () => {
  const next = numbers(11);
  const units = [0x41, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xe000, 0xffff];
  for (let round = 0; round < 20_000; round++) {
    const text = String.fromCharCode(...Array.from({ length: next(8) }, () => units[next(units.length)]));
    assert.deepEqual(new OurEncoder().encode(text), new TextEncoder().encode(text), JSON.stringify(text));
    const length = next(12);
    const [found, wanted] = [OurEncoder, TextEncoder].map((Encoder) => {
      const bytes = new Uint8Array(length);
      return { ...new Encoder().encodeInto(text, bytes), bytes };
    });
    // What lies beyond what was written is nobody's.
    for (const one of [found, wanted]) one.bytes = one.bytes.slice(0, one.written);
    assert.deepEqual(found, wanted, JSON.stringify(text));
  }
});

test("a text of megabytes goes there and back", () => {
  const text = "aé漢😀".repeat(300_000);
  const bytes = new OurEncoder().encode(text);
  assert.equal(new OurDecoder().decode(bytes), text);
  assert.equal(new OurDecoder().decode(bytes.buffer), text);
  assert.equal(new OurDecoder().decode(), "");
});
