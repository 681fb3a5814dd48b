// The package in Cloudflare's own tool: what `wrangler deploy` would send, run by workerd.

import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { Miniflare } from "miniflare";
import { expected } from "./applications/repair.mjs";
import { application, run } from "./program.mjs";

const home = dirname(createRequire(import.meta.url).resolve("nexthink-chatbot/package.json"));

/** What would be deployed of a Worker: the modules that are in it, and what it answers. */
async function deployed(context, worker) {
  const folder = mkdtempSync(join(tmpdir(), "nexthink-chatbot-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const { code, output } = await run("wrangler/bin/wrangler.js", ["deploy", worker, "--dry-run", "--outdir", folder], {
    cwd: application("workers"),
  });
  assert.equal(code, 0, output);
  const names = readdirSync(folder).filter((name) => name.endsWith(".wasm"));
  const modules = ["core", "fleet", "authoring", "conversation", "proactive", "simulator"].flatMap((module) => {
    const bytes = readFileSync(join(home, `${module}.wasm`));
    return names.filter((name) => readFileSync(join(folder, name)).equals(bytes)).map(() => module);
  });
  assert.equal(modules.length, names.length, names.join());
  const miniflare = new Miniflare({
    modules: true,
    modulesRoot: folder,
    scriptPath: join(folder, worker.replace(".mjs", ".js")),
    modulesRules: [
      { type: "ESModule", include: ["**/*.js"] },
      { type: "CompiledWasm", include: ["**/*.wasm"] },
    ],
    compatibilityDate: "2026-04-01",
    cf: false,
    telemetry: { enabled: false },
  });
  context.after(() => miniflare.dispose());
  const answer = await miniflare.dispatchFetch("http://worker.example/");
  assert.equal(answer.status, 200, await answer.clone().text());
  return { modules, told: await answer.json() };
}

test("wrangler: a Worker with everything has each module once, and does what it does elsewhere", async (context) => {
  assert.deepEqual(await deployed(context, "worker.mjs"), {
    modules: ["core", "fleet", "authoring", "conversation", "proactive", "simulator"],
    told: expected,
  });
});

const url = "https://acme.api.eu.nexthink.cloud/api/v1/act/remote-action";

// It sends every wasm file that it comes across, before it looks at what is used: `slim` is for whom that is too much.
test("wrangler: a Worker that only builds requests is without the simulator alone, and with `slim` has the core alone", async (context) => {
  const all = ["core", "fleet", "authoring", "conversation", "proactive"];
  assert.deepEqual(await deployed(context, "lean.mjs"), { modules: all, told: url });
  assert.deepEqual(await deployed(context, "slim.mjs"), { modules: ["core"], told: url });
});
