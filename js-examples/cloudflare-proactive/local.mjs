// The Worker on this machine, as `wrangler deploy` would upload it, in the runtime that Cloudflare runs: without an account, with
// all that `wrangler.jsonc` binds, and with whatever it fetches answered by the caller.

import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Miniflare, Response as WorkerResponse } from "miniflare";
import { unstable_getMiniflareWorkerOptions as optionsOf } from "wrangler";

const configuration = fileURLToPath(new URL("wrangler.jsonc", import.meta.url));
const wrangler = join(dirname(createRequire(import.meta.url).resolve("wrangler/package.json")), "bin", "wrangler.js");

/** Bundles it into a folder: `wrangler deploy --dry-run`. Gives what wrangler has said. */
export async function bundle(folder) {
  // Whatever surrounds this example has no part in it.
  const tsconfig = join(folder, "tsconfig.json");
  writeFileSync(tsconfig, "{}");
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [wrangler, "deploy", "--dry-run", "--config", configuration, "--outdir", folder, "--tsconfig", tsconfig],
    {
      env: {
        ...process.env,
        CI: "1",
        NO_COLOR: "1",
        WRANGLER_HIDE_BANNER: "true",
        WRANGLER_LOG_PATH: folder,
        WRANGLER_SEND_METRICS: "false",
      },
    },
  );
  return stdout;
}

/**
 * Runs what `bundle` has made.
 *
 * @param {{ folder: string, bindings: object, answer: (request: Request) => Promise<Response>, kept?: string }} options
 * `answer`: to every request that the Worker sends; `kept`: the folder in which its objects, queues and buckets outlive it
 */
export async function run({ folder, bindings, answer, kept }) {
  const { workerOptions } = optionsOf(configuration);
  const miniflare = new Miniflare({
    ...workerOptions,
    modules: true,
    modulesRoot: folder,
    scriptPath: join(folder, "worker.js"),
    modulesRules: [
      { type: "ESModule", include: ["**/*.js"] },
      { type: "CompiledWasm", include: ["**/*.wasm"] },
    ],
    bindings: { ...workerOptions.bindings, ...bindings },
    // Node's own response is none of Miniflare's.
    outboundService: async (request) => {
      const { status, headers, body } = await answer(request);
      return new WorkerResponse(body, { status, headers });
    },
    ...(kept && { defaultPersistRoot: kept }),
    host: "127.0.0.1",
    port: 0,
    // Nothing is asked of Cloudflare.
    cf: false,
    telemetry: { enabled: false },
  });
  await miniflare.ready;
  return { worker: await miniflare.getWorker(), miniflare, end: () => miniflare.dispose() };
}
