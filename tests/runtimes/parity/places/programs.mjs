// Node, Deno and Bun: programs that run the scenario as a file.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { outputOf } from "../processes.mjs";
import { project, runner, runtimes, versionOf } from "../project.mjs";

/** What is missing where the lock has no build for this machine: it has those for Linux on x64. */
const missing = (path) =>
  existsSync(path) ? false : `npm install --no-save a build for ${process.platform}-${process.arch}`;

/**
 * A program of a package that npm installs; `run` with other arguments than those for the scenario.
 * @param {string[]} options come before the file
 */
function program({ runtime, folder, file, options = [], env }) {
  const path = join(runtimes, folder, file);
  const run = (args) => outputOf(path, args, { cwd: project, env });
  const form = (name) => () => run([...options, runner(name)]);
  return {
    runtime,
    missing: missing(path),
    run,
    version: () => versionOf(folder),
    forms: { "ES module": form("import.mjs"), CommonJS: form("require.cjs") },
  };
}

export const nodes = [20, 22, 24, 26].map((major) =>
  program({
    runtime: `Node.js ${major}`,
    folder: `node${major}`,
    file: "bin/node",
    // Else its own test runner takes itself for a part of this one, and runs nothing.
    env: { NODE_TEST_CONTEXT: undefined },
  }),
);

const deno = program({
  runtime: "Deno",
  folder: "@deno/linux-x64-glibc",
  file: "deno",
  // It reads the files, and nothing else: no network, no environment.
  options: ["run", "--no-prompt", "--allow-read", "--node-modules-dir=manual"],
  env: { DENO_NO_UPDATE_CHECK: "1", NO_COLOR: "1" },
});

const bun = program({ runtime: "Bun", folder: "@oven/bun-linux-x64", file: "bin/bun", options: ["--no-install"] });

export const programs = [...nodes, deno, bun];
