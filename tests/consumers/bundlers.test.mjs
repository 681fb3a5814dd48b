// The package in the bundlers of its users: each makes applications of the installed tarball, which are then run in Node and
// in a page. Every one tells the same as the package without a bundler; each module is in it at most once, and what the
// application cannot come to need is not.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import * as esbuild from "esbuild";
import { rollup } from "rollup";
import * as vite from "vite";
import webpack from "webpack";
import { run as runLean } from "./app/lean.mjs";
import { run as runWhole } from "./app/whole.mjs";
import { contentOf, noBrowser, pageOf, printed, temporaryFolder, toldInPage } from "./output.mjs";

const app = (file) => fileURLToPath(new URL(`app/${file}`, import.meta.url));

const expected = { whole: await runWhole(), lean: await runLean() };

const everyModule = { core: 1, fleet: 1, authoring: 1, conversation: 1, proactive: 1, simulator: 1 };

/** Each builds a program of `app/` for Node (ESM or CommonJS) or for a page, and names the file to run. */
const bundlers = {
  Vite: {
    async node(program, folder) {
      const output = { entryFileNames: "program.mjs" };
      const place = { outDir: folder, emptyOutDir: false, rollupOptions: { output } };
      const build = { ssr: app(`${program}-program.mjs`), minify: true, ...place };
      await vite.build({ ...viteOptions, ssr: { noExternal: true }, build });
      return "program.mjs";
    },
    async page(folder) {
      await vite.build({ ...viteOptions, root: app(""), build: { outDir: folder, emptyOutDir: false } });
    },
  },
  webpack: {
    async node(program, folder) {
      const output = { path: folder, filename: "program.cjs" };
      await webpacked({ target: "node", entry: app(`${program}-program.mjs`), output });
      return "program.cjs";
    },
    async page(folder) {
      await webpacked({
        target: "web",
        entry: app("whole-program.mjs"),
        output: { path: folder, filename: "program.js" },
      });
      writeFileSync(join(folder, "index.html"), pageOf("program.js", ""));
    },
  },
  Rollup: {
    async node(program, folder) {
      await rolledUp(program, { dir: folder, entryFileNames: "program.mjs", chunkFileNames: "[name].mjs" });
      return "program.mjs";
    },
    async page(folder) {
      await rolledUp("whole", { dir: folder, entryFileNames: "program.js" });
      writeFileSync(join(folder, "index.html"), pageOf("program.js"));
    },
  },
  esbuild: {
    async node(program, folder) {
      await esbuilt(program, { outfile: join(folder, "program.cjs"), format: "cjs", platform: "node" });
      return "program.cjs";
    },
    async page(folder) {
      await esbuilt("whole", { outfile: join(folder, "program.js"), format: "iife", platform: "browser" });
      writeFileSync(join(folder, "index.html"), pageOf("program.js", ""));
    },
  },
};

const viteOptions = { configFile: false, logLevel: "silent" };

async function webpacked(options) {
  const { promise, resolve, reject } = withResolvers();
  webpack({ mode: "production", ...options, performance: { hints: false } }, (error, stats) => {
    if (error || stats.hasErrors() || stats.hasWarnings()) reject(error ?? new Error(stats.toString()));
    else resolve();
  });
  await promise;
}

async function rolledUp(program, output) {
  const onLog = (_level, log) => {
    throw new Error(log.message);
  };
  const bundle = await rollup({ input: app(`${program}-program.mjs`), plugins: [nodeResolve()], onLog });
  await bundle.write({ format: "es", ...output });
  await bundle.close();
}

async function esbuilt(program, options) {
  const entryPoints = [app(`${program}-program.mjs`)];
  const { warnings } = await esbuild.build({ entryPoints, bundle: true, minify: true, logLevel: "silent", ...options });
  assert.deepEqual(warnings, []);
}

/** As `Promise.withResolvers`, which Node 20 lacks. */
function withResolvers() {
  const made = {};
  made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
  return made;
}

test("esbuild with conditions of its own, which then lacks `module`: the application has the modules' text", async (context) => {
  const folder = temporaryFolder(context);
  const outfile = join(folder, "program.cjs");
  await esbuilt("whole", { outfile, format: "cjs", platform: "node", conditions: ["staging"] });
  assert.deepEqual(await printed(outfile), expected.whole);
  assert.deepEqual(contentOf(folder).modules, everyModule);
});

for (const [name, { node, page }] of Object.entries(bundlers)) {
  test(`${name}: an application for Node tells what it does without a bundler`, async (context) => {
    const folder = temporaryFolder(context);
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    const file = await node("whole", folder);
    assert.deepEqual(await printed(join(folder, file)), expected.whole);
    assert.deepEqual(contentOf(folder).modules, everyModule);
  });

  test(`${name}: an application that only builds requests has the core, and nothing else`, async (context) => {
    const folder = temporaryFolder(context);
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    const file = await node("lean", folder);
    assert.deepEqual(await printed(join(folder, file)), expected.lean);
    assert.deepEqual(contentOf(folder), { modules: { core: 1 }, languages: [] });
  });

  test(`${name}: an application in a page tells the same`, { skip: noBrowser }, async (context) => {
    const folder = temporaryFolder(context);
    await page(folder);
    assert.deepEqual(contentOf(folder).modules, everyModule);
    assert.deepEqual(await toldInPage(context, folder), expected.whole);
  });
}
