// A whole company's export goes through a Worker, which has 128 MB.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createReadStream } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { scan } from "nexthink-chatbot";
import { watchIsolate, workerdProcess } from "./workerd/isolate-memory.mjs";
import { startWorker } from "./workerd/running-worker.mjs";

const { exportFile } = await import(pathToFileURL(join(process.env.CHECKOUT, "bench", "scan", "export-file.mjs")));

/** 137 bytes each; a million with `SCAN_ROWS=1000000`. */
const rows = Number(process.env.SCAN_ROWS ?? 100_000);

/** What Cloudflare gives an isolate. */
const limit = 128 * 1024 * 1024;

/** Serves a file. Gives its address. */
async function served(context, file) {
  const server = createServer((_, response) => createReadStream(file).pipe(response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  context.after(() => server.close());
  return `http://127.0.0.1:${server.address().port}/`;
}

test(`a scan of ${rows} rows inside workerd stays under 128 MB, and its WebAssembly does not grow`, async (context) => {
  const small = await exportFile(10_000, 50);
  const large = await exportFile(rows, 50);
  const source = { entryPoints: [fileURLToPath(new URL("workerd/scan-worker.mjs", import.meta.url))] };
  const worker = await startWorker(context, { compatibilityDate: "2026-04-01", source, storage: { inspectorPort: 0 } });
  const scanned = async (file) => {
    const { status, body } = await worker.ask("/scan", { address: await served(context, file), playbook: "slow-pc" })
      .answer;
    assert.equal(status, 200, JSON.stringify(body));
    return body;
  };
  const runtime = workerdProcess();
  const idle = runtime?.resident();
  const warm = await scanned(small);
  const { result, heap, buffers } = await watchIsolate(await worker.inspector(), () => scanned(large));
  const mb = (bytes) => `${(bytes / 1_048_576).toFixed(1)} MB`;
  const wasm = Math.max(...result.memories);
  context.diagnostic(`${mb(result.summary.bytes)}: heap ${mb(heap)}, buffers ${mb(buffers)}, WebAssembly ${mb(wasm)}`);
  if (runtime) context.diagnostic(`the process: ${mb(idle)} idle, at most ${mb(runtime.mostResident())}`);

  // The same as here.
  const here = scan(createReadStream(large), "slow-pc");
  for await (const match of here) assert.ok(match.matched.length > 0);
  assert.deepEqual(result.summary, here.summary);
  assert.equal(result.summary.rows, rows);
  // What the smaller file has left it with is enough for the larger one.
  assert.deepEqual(result.memories, [warm.memories.at(-1)]);
  assert.ok(heap + Math.max(buffers, wasm) < limit, `${mb(heap)} and ${mb(Math.max(buffers, wasm))}`);
  // Garbage that nobody has needed to collect yet is in this, and so are the bytes under way.
  if (runtime) assert.ok(runtime.mostResident() - idle < limit);
});
