// Runtimes of the edge, which compile no bytes: workerd as its own tools start it, and Vercel's with code generation off.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { serverOf } from "../processes.mjs";
import { build, here, installed, runner, runtimes, versionOf } from "../project.mjs";

const require = createRequire(join(here, "package.json"));
const compatibilityDate = "2026-04-01";

async function textOf(answer) {
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(text);
  return text;
}

async function inFolder(use) {
  const folder = mkdtempSync(join(tmpdir(), "nexthink-chatbot-"));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a bundler makes of a runner for a runtime that is told by its export condition. */
async function bundle(name, condition, options) {
  const shared = { bundle: true, conditions: [condition], logLevel: "silent", tsconfigRaw: {} };
  return build({ ...shared, entryPoints: [runner(name)], ...options });
}

const byMiniflare = () =>
  inFolder(async (folder) => {
    const { Miniflare } = require("miniflare");
    const scriptPath = join(folder, "worker.js");
    await bundle("worker.mjs", "workerd", {
      format: "esm",
      loader: { ".wasm": "copy" },
      assetNames: "[name]",
      outfile: scriptPath,
    });
    const worker = new Miniflare({
      modules: true,
      modulesRoot: folder,
      scriptPath,
      modulesRules: [
        { type: "ESModule", include: ["**/*.js"] },
        { type: "CompiledWasm", include: ["**/*.wasm"] },
      ],
      compatibilityDate,
      cf: false,
      telemetry: { enabled: false },
    });
    try {
      return await textOf(await worker.dispatchFetch("http://localhost/"));
    } finally {
      await worker.dispose();
    }
  });

/** As its user starts it: it bundles by itself, and finds the package by its name. */
const byWrangler = () =>
  inFolder(async (folder) => {
    const configuration = { name: "parity", main: runner("worker.mjs"), compatibility_date: compatibilityDate };
    writeFileSync(join(folder, "wrangler.json"), JSON.stringify(configuration));
    symlinkSync(join(installed, ".."), join(folder, "node_modules"), "junction");
    const program = join(runtimes, "wrangler", "bin", "wrangler.js");
    const address = ["--local", "--ip", "127.0.0.1", "--port", "0", "--inspector-port", "0"];
    const server = await serverOf(
      process.execPath,
      [program, "dev", ...address, "--show-interactive-dev-session=false"],
      {
        cwd: folder,
        // Nothing is sent or kept elsewhere.
        env: { CI: "1", NO_COLOR: "1", WRANGLER_SEND_METRICS: "false", XDG_CONFIG_HOME: folder },
        ready: /Ready on (http:\/\/\S+)/,
      },
    );
    try {
      return await textOf(await fetch(server.url));
    } finally {
      await server.stop();
    }
  });

/** The modules are compiled outside, where that is allowed, as the platform does when a function is deployed. */
const modulesCompiledBefore = {
  name: "compiled-before",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\.wasm(\?module)?$/ }, ({ path }) => ({
      path: basename(path, "?module"),
      namespace: "compiled",
    }));
    onLoad({ filter: /.*/, namespace: "compiled" }, ({ path }) => ({
      contents: `export default globalThis.compiledModules[${JSON.stringify(path)}];`,
    }));
  },
};

async function byEdgeRuntime() {
  const { EdgeRuntime } = require("edge-runtime");
  const { outputFiles } = await bundle("edge.mjs", "edge-light", {
    format: "iife",
    write: false,
    plugins: [modulesCompiledBefore],
  });
  const compiled = readdirSync(installed)
    .filter((file) => file.endsWith(".wasm"))
    .map((file) => [file, new WebAssembly.Module(readFileSync(join(installed, file)))]);
  const runtime = new EdgeRuntime({
    initialCode: outputFiles[0].text,
    codeGeneration: { strings: false, wasm: false },
    extend: (context) => Object.assign(context, { compiledModules: Object.fromEntries(compiled) }),
  });
  return textOf(await runtime.dispatchFetch("http://localhost/"));
}

const workerdProgram = () => require.resolve("workerd/package.json");
const noWorkerd = existsSync(join(runtimes, "workerd")) ? false : "npm has no workerd for this machine";

export const workers = [
  {
    runtime: "workerd (Cloudflare Workers)",
    missing: noWorkerd,
    version: () => JSON.parse(readFileSync(workerdProgram(), "utf8")).version,
    forms: {
      [`miniflare ${versionOf("miniflare")}`]: byMiniflare,
      [`wrangler dev ${versionOf("wrangler")}`]: byWrangler,
    },
  },
  {
    runtime: "edge-runtime (Vercel Edge)",
    missing: false,
    version: () => versionOf("edge-runtime"),
    forms: { "`edge-light`, code generation off": byEdgeRuntime },
  },
];
