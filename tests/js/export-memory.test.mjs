// An export takes as much memory with 100,000 rows as with 10,000, and leaves none of it behind.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { createClient } from "nexthink-chatbot";
import { arrive, streamOf } from "./exporting.mjs";

const { memory } = await import(pathToFileURL(join(process.env.CHECKOUT, "bench", "client", "memory.mjs")));

const samples = 10;

/** Rows as a tenant has them, some 120 bytes each, made when they are asked for. */
function* file(rows) {
  yield "device.name,device.collector.uid,operating_system.name,hardware.memory,note\n";
  const perPiece = 250;
  for (let row = 0; row < rows; row += perPiece) {
    let piece = "";
    for (let at = row; at < row + perPiece; at++) {
      piece += `PC-${at},5a1f${String(at).padStart(8, "0")}-0000-4000-8000-000000000000,Windows 11 Pro,17179869184,"a, b ""${at}"""\n`;
    }
    yield piece;
  }
}

/** The same, packed. Members of their own: a stream that packs would read far ahead by itself. */
function* packed(rows) {
  for (const piece of file(rows)) yield gzipSync(piece);
}

/** The most memory during an export beyond that before it, and after its end; bytes. */
async function measured(rows, isPacked) {
  const answer = () => new Response(streamOf(isPacked ? packed(rows) : file(rows)));
  const { nexthink } = arrive({ file: answer });
  const before = await memory();
  const most = { heap: 0, buffers: 0, wasm: 0 };
  let read = 0;
  for await (const row of nexthink.nql.export("#devices")) {
    if (++read % (rows / samples) === 0) {
      assert.equal(row["device.name"], `PC-${read - 1}`);
      const now = await memory();
      for (const kind of Object.keys(most)) most[kind] = Math.max(most[kind], now[kind] - before[kind]);
    }
  }
  assert.equal(read, rows);
  const after = await memory();
  return { most, left: after.heap - before.heap, wasm: after.wasm };
}

for (const isPacked of [false, true]) {
  test(`an export's memory does not grow with its rows, ${isPacked ? "packed" : "plain"}`, async (context) => {
    // The first one warms up what all have in common.
    await measured(10_000, isPacked);
    const small = await measured(10_000, isPacked);
    const large = await measured(100_000, isPacked);
    const kb = (bytes) => `${Math.round(bytes / 1_024)} KB`;
    for (const [rows, { most, left, wasm }] of [
      ["10,000", small],
      ["100,000", large],
    ]) {
      context.diagnostic(
        `${rows} rows: heap +${kb(most.heap)}, buffers +${kb(most.buffers)}, wasm +${kb(most.wasm)} of ${kb(wasm)}; after it ${kb(left)}`,
      );
    }
    // The larger file has 11 MB more.
    const allowed = 512 * 1_024;
    for (const kind of ["heap", "buffers", "wasm"]) {
      assert.ok(
        large.most[kind] - small.most[kind] < allowed,
        `${kind}: ${large.most[kind]} after ${small.most[kind]}`,
      );
    }
    assert.ok(large.left - small.left < allowed);
  });
}

test("exports leave nothing behind, whether read, left, refused or cancelled", async (context) => {
  const ways = ["read", "left", "refused", "cancelled"];
  let way;
  // The simulated tenant would remember what it was asked.
  const nexthink = createClient({
    instance: "acme",
    region: "eu",
    credentials: { clientId: "id", clientSecret: "secret" },
    maxRetries: 0,
    host: { fetch: async (url) => answerTo(new URL(url).pathname), sleep: async () => {} },
  });
  const answerTo = (path) => {
    if (path.endsWith("/token")) return Response.json({ access_token: "token", expires_in: 1e6, token_type: "Bearer" });
    if (path.endsWith("/export")) return Response.json({ exportId: "e1" });
    if (path.includes("/status/"))
      return Response.json({ status: "COMPLETED", resultsFileUrl: "https://files.example/" });
    return way === "refused" ? new Response("no", { status: 500 }) : new Response(streamOf(["a\n1\n", "2\n", "3\n"]));
  };
  const exports = async (count) => {
    for (let number = 0; number < count; number++) {
      way = ways[number % ways.length];
      const controller = new AbortController();
      const seen = [];
      try {
        for await (const { a } of nexthink.nql.export("#devices", {}, { signal: controller.signal })) {
          seen.push(a);
          if (way === "left") break;
          if (way === "cancelled") controller.abort();
        }
      } catch (error) {
        seen.push(error.kind);
      }
      const expected = { read: "1,2,3", left: "1", refused: "server", cancelled: "1,aborted" };
      assert.equal(seen.join(), expected[way]);
    }
    return memory();
  };
  const before = await exports(2_000);
  const after = await exports(4_000);
  const grown = Object.fromEntries(Object.keys(after).map((kind) => [kind, after[kind] - before[kind]]));
  context.diagnostic(`after 4,000 more exports: ${JSON.stringify(grown)}`);
  // What is left of every fourth one would be seen.
  assert.ok(grown.heap < 1_000 * 400, `heap: ${grown.heap}`);
  assert.ok(grown.buffers < 64 * 1_024, `buffers: ${grown.buffers}`);
  assert.deepEqual([grown.wasm, grown.references], [0, 0]);
});
