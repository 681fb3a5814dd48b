// Clients that are made, used and dropped leave nothing behind. The long form is `npm run soak -- --clients`.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const bench = (file) => import(pathToFileURL(join(process.env.CHECKOUT, "bench", "client", file)));
// Before the package, whose modules it counts from when they start.
const { memory } = await bench("memory.mjs");
const { live, tenantAtOnce } = await bench("client-life.mjs");
const { createClient } = await import("nexthink-chatbot");

test("2,000 clients that are made, used and dropped leave memory as it was", async (context) => {
  const lives = async (count) => {
    for (let at = 0; at < count; at++) await live(createClient, tenantAtOnce());
    return memory();
  };
  const before = await lives(500);
  const after = await lives(2_000);
  context.diagnostic(JSON.stringify({ before, after }));
  // A dropped client's share of the module is 50 KB until it is finalized: of 2,000 that were kept it would be 100 MB.
  for (const [what, more] of [
    ["heap", 1e6],
    ["buffers", 1e6],
    ["wasm", 20e6],
  ]) {
    assert.ok(after[what] < before[what] * 1.05 + more, `${what}: ${before[what]}, then ${after[what]} bytes`);
  }
});
