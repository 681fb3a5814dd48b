// A Worker as `wrangler deploy` would upload it, with all that its configuration binds, in workerd: without an account, and
// with whatever it fetches answered by the test.

import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { temporaryFolder } from "./running-worker.mjs";

const require = createRequire(join(process.env.CHECKOUT, "tests", "runtimes", "package.json"));
const { Miniflare, Response: WorkerResponse } = require("miniflare");
const { unstable_getMiniflareWorkerOptions: optionsOf } = require("wrangler");
const wrangler = join(dirname(require.resolve("wrangler/package.json")), "bin", "wrangler.js");

/** Bundles what a configuration describes: `wrangler deploy --dry-run`. Gives the folder, and what wrangler said. */
export async function bundleToDeploy(context, configuration) {
  const folder = temporaryFolder(context);
  const out = join(folder, "out");
  // Else the nearest one is that of the checkout, which leads the package's name to its sources.
  const tsconfig = join(folder, "tsconfig.json");
  writeFileSync(tsconfig, "{}");
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [wrangler, "deploy", "--dry-run", "--config", configuration, "--outdir", out, "--tsconfig", tsconfig],
    { env: { ...process.env, CI: "1", WRANGLER_SEND_METRICS: "false", WRANGLER_LOG_PATH: folder, NO_COLOR: "1" } },
  );
  return { out, stdout };
}

/**
 * Runs a bundle.
 *
 * @param {{ out: string, configuration: string, bindings: object, answer: (request: Request) => Promise<Response>, kept: string,
 * more?: object }} options `answer`: to every request that the Worker sends; `kept`: the folder in which its Durable Objects,
 * queues and buckets outlive it; `more`: what else Miniflare is given
 */
export async function runDeployed(context, { out, configuration, bindings, answer, kept, more }) {
  const { workerOptions } = optionsOf(configuration);
  const worker = new Miniflare({
    ...workerOptions,
    modules: true,
    modulesRoot: out,
    scriptPath: join(out, "worker.js"),
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
    defaultPersistRoot: kept,
    host: "127.0.0.1",
    port: 0,
    cf: false,
    telemetry: { enabled: false },
    ...more,
  });
  let isRunning = true;
  const end = async () => {
    if (isRunning) await worker.dispose();
    isRunning = false;
  };
  context.after(end);
  await worker.ready;
  return { miniflare: worker, worker: await worker.getWorker(), end };
}
