// A Worker bundled as its author would, with the installed package, and run by workerd, Cloudflare's own runtime. It is
// asked through a real socket.

import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { request as send } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

// The tests run in a project that holds the package and nothing else.
const { build } = createRequire(join(process.env.CHECKOUT, "package.json"))("esbuild");
const { Miniflare } = createRequire(join(process.env.CHECKOUT, "tests", "runtimes", "package.json"))("miniflare");

/** Writes a bundle to a folder: the Worker as `worker.js`, and the wasm files that it imports. Gives the files' names. */
export async function bundleWorker(folder, source, conditions = ["workerd"]) {
  await build({
    ...source,
    bundle: true,
    format: "esm",
    conditions,
    // The runtime's own modules.
    external: ["cloudflare:*"],
    loader: { ".wasm": "copy" },
    assetNames: "[name]",
    outfile: join(folder, "worker.js"),
    logLevel: "silent",
    tsconfigRaw: {},
  });
  return readdirSync(folder).sort();
}

/** A folder that is removed at the end of a test. */
export function temporaryFolder(context) {
  const folder = mkdtempSync(join(tmpdir(), "nexthink-chatbot-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const workerOfTests = { entryPoints: [fileURLToPath(new URL("worker.mjs", import.meta.url))] };

/**
 * Starts a Worker: the one beside this file, or another.
 * @param {{ compatibilityDate: string, bindings?: object, source?: object, conditions?: string[], storage?: object }} options
 * `storage`: what else Miniflare gives it, such as `durableObjects` and `kvNamespaces`
 */
export async function startWorker(context, options) {
  const { compatibilityDate, bindings, source = workerOfTests, conditions, storage } = options;
  const folder = temporaryFolder(context);
  await bundleWorker(folder, source, conditions);
  const worker = new Miniflare({
    modules: true,
    modulesRoot: folder,
    scriptPath: join(folder, "worker.js"),
    modulesRules: [
      { type: "ESModule", include: ["**/*.js"] },
      { type: "CompiledWasm", include: ["**/*.wasm"] },
    ],
    compatibilityDate,
    bindings,
    ...storage,
    host: "127.0.0.1",
    port: 0,
    // Nothing is asked of Cloudflare.
    cf: false,
    telemetry: { enabled: false },
  });
  context.after(() => worker.dispose());
  const url = await worker.ready;
  return {
    ask: (path, parameters) => ask(new URL(`${path}?${new URLSearchParams(parameters)}`, url)),
    /** Where V8's inspector listens, with `storage: { inspectorPort: 0 }`. */
    inspector: () => worker.getInspectorURL(),
  };
}

/** A request on a connection of its own: what came back, and how to go away before it comes. */
function ask(url) {
  const request = send(url, { agent: false });
  const answer = new Promise((resolve, reject) => {
    request.once("error", reject);
    request.once("response", (response) => {
      const read = async () => ({ status: response.statusCode, body: await json(response) });
      read().then(resolve, reject);
    });
    request.end();
  });
  // A connection that is only closed looks to workerd like a caller who has said all and still listens.
  return { answer, cancel: () => request.socket.resetAndDestroy() };
}
