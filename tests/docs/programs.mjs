// The programs on the pages, as TypeScript's compiler sees them: with the names that are the reader's own, and without.

import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { blocks } from "./markdown.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const packed = dirname(dirname(here));
const require = createRequire(import.meta.url);
const compiler = join(dirname(require.resolve("typescript/package.json")), "bin", "tsc");

/** The blocks that are programs. Those of an example lie beside its files, which they may import. */
export const programs = blocks
  .filter(({ language }) => ["js", "mjs", "ts"].includes(language))
  .map((block) => {
    const folder = block.file.startsWith("js-examples/") ? dirname(block.file) : join("tests", "docs");
    const name = `${block.file.replaceAll(/[^\w]+/g, "-")}-${block.line}.${block.language === "ts" ? "mts" : "mjs"}`;
    return { ...block, path: join(packed, folder, "shown", name) };
  });

/** Writes the programs where they are compiled and run. */
export function writePrograms() {
  for (const { path } of programs) rmSync(dirname(path), { recursive: true, force: true });
  for (const { path, code } of programs) {
    mkdirSync(dirname(path), { recursive: true });
    // What lies beside an example is one folder up from here; the pages of the guide have no files beside them.
    writeFileSync(path, path.includes("js-examples") ? code.replaceAll(/(from ")\.\//g, "$1../") : code);
  }
}

/**
 * What the compiler says of the programs.
 * @param {{ surroundings: boolean }} options whether the reader's own names are there
 * @returns {Map<string, string[]>} by the program's path
 */
export function mistakes({ surroundings }) {
  const configuration = join(here, surroundings ? "shown.json" : "shown-alone.json");
  const typeRoots = [dirname(dirname(require.resolve("@types/node/package.json")))];
  const compilerOptions = {
    ...{
      target: "es2022",
      module: "preserve",
      moduleResolution: "bundler",
      lib: ["es2023", "dom", "dom.iterable", "dom.asynciterable"],
    },
    ...{
      allowJs: true,
      checkJs: true,
      noEmit: true,
      moduleDetection: "force",
      skipLibCheck: true,
      types: ["node"],
      typeRoots,
    },
    // The reader's `process.env.KEY` may be anything, and parameters of functions in JavaScript have no types.
    ...{ strict: true, strictNullChecks: false, noImplicitAny: false, useUnknownInCatchVariables: false },
  };
  const files = programs.map(({ path }) => path);
  if (surroundings) files.push(join(here, "surroundings.d.ts"), join(here, "modules.d.ts"));
  writeFileSync(configuration, JSON.stringify({ compilerOptions, files }));
  const { stdout, status } = spawnSync(process.execPath, [compiler, "-p", configuration, "--pretty", "false"], {
    cwd: packed,
    encoding: "utf8",
  });
  const found = new Map(programs.map(({ path }) => [path, []]));
  let isRead = status === 0;
  for (const line of stdout.split("\n")) {
    const [, file, at, text] = /^(\S+?)\((\d+),\d+\): error (.*)$/.exec(line) ?? [];
    if (file === undefined) continue;
    isRead = true;
    // What an example's own files say is not of the page.
    found.get(join(packed, file))?.push(`${at}: ${text}`);
  }
  if (!isRead) throw new Error(`the compiler has failed: ${stdout}`);
  return found;
}

/** Where a mistake stands on its page. */
export function onPage({ file, line }, mistake) {
  const [, at, text] = /^(\d+): (.*)$/.exec(mistake);
  return `${file}:${line + Number(at) - 1}: ${text}`;
}

/** Runs a program in a folder with an export, as fast as it can. @returns what it printed */
export function runProgram({ path, code }, folder) {
  const fast = code.replaceAll(/speed: \d+/g, "speed: Infinity");
  writeFileSync(path, fast);
  const names = ["INSTANCE", "REGION", "CLIENT_ID", "CLIENT_SECRET"].map((name) => [`NEXTHINK_${name}`, "acme"]);
  return execFileSync(process.execPath, [path], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, ...Object.fromEntries(names), NODE_TEST_CONTEXT: undefined },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 60_000,
  });
}

/** For messages: a path from the packed project. */
export const shortPath = (path) => relative(packed, path);
