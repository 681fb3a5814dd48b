// Node, Deno and Bun: programs that run the scenario as a file.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { outputOf } from "../processes.mjs";
import { project, runner, runtimes, versionOf } from "../project.mjs";

const noBuild = (name) => `npm has no build of ${name} for ${process.platform}-${process.arch}`;

function node(major) {
  const name = `node${major}`;
  const program = join(runtimes, name, "bin", "node");
  const isThere = existsSync(program);
  const form = (file) => () => outputOf(program, [runner(file)], { cwd: project });
  return {
    runtime: `Node.js ${major}`,
    missing: isThere ? false : noBuild("Node.js"),
    version: () => versionOf(name),
    forms: { "ES module": form("import.mjs"), CommonJS: form("require.cjs") },
  };
}

/** A program that npm installs in a package for each platform, and that needs no script to be found there. */
function program(folder, file) {
  const path = join(runtimes, ".bin", file);
  return { path, isThere: existsSync(path), version: () => versionOf(folder) };
}

function deno() {
  const { path, isThere, version } = program("deno", "deno");
  // It reads the files, and nothing else: no network, no environment.
  const args = (file) => ["run", "--no-prompt", "--allow-read", "--node-modules-dir=manual", runner(file)];
  const env = { DENO_NO_UPDATE_CHECK: "1", NO_COLOR: "1" };
  const form = (file) => () => outputOf(path, args(file), { cwd: project, env });
  return {
    runtime: "Deno",
    missing: isThere ? false : noBuild("Deno"),
    version,
    forms: { "ES module": form("import.mjs"), CommonJS: form("require.cjs") },
  };
}

function bun() {
  // What its package puts on the path is a script that fetches it, where install scripts are not run.
  const path = bunPlaces.find(existsSync);
  const form = (file) => () => outputOf(path, ["--no-install", runner(file)], { cwd: project });
  return {
    runtime: "Bun",
    missing: path ? false : noBuild("Bun"),
    version: () => versionOf("bun"),
    forms: { "ES module": form("import.mjs"), CommonJS: form("require.cjs") },
  };
}

const cpu = { x64: "x64", arm64: "aarch64" }[process.arch];
const bunPlaces = [join(runtimes, "@oven", `bun-${process.platform}-${cpu}`, "bin", "bun")];

export const programs = [node(20), node(22), node(24), node(26), deno(), bun()];
