// The blank project with the installed package in which all this is run, and what is handed to every runtime: the
// playbooks' files as the package ships them.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** This folder. */
export const here = dirname(fileURLToPath(import.meta.url));

/** The project. */
export const project = dirname(dirname(dirname(here)));

/** Where the runtimes are installed. */
export const runtimes = join(here, "node_modules");

/** Where the package is installed. */
export const installed = dirname(createRequire(import.meta.url).resolve("nexthink-chatbot/package.json"));

export const runner = (name) => join(here, "runners", name);

/** esbuild as the checkout has it: the project holds the package and nothing else. */
export const { build, transform } = createRequire(join(process.env.CHECKOUT, "package.json"))("esbuild");

const ending = ".test.json";
const folder = join(installed, "playbooks");

/** @type {{ id: string, playbook: string, query: string, tests: string }[]} */
export const vectors = readdirSync(folder)
  .filter((file) => file.endsWith(ending))
  .sort()
  .map((file) => {
    const id = file.slice(0, -ending.length);
    const text = (end) => readFileSync(join(folder, `${id}${end}`), "utf8");
    return { id, playbook: text(".json"), query: text(".nql"), tests: text(ending) };
  });

/** As a module, for runtimes that read no files. */
export function writeVectors() {
  writeFileSync(join(here, "vectors.mjs"), `export const vectors = ${JSON.stringify(vectors)};\n`);
}

/** The version of a runtime that npm has installed. */
export const versionOf = (name) => JSON.parse(readFileSync(join(runtimes, name, "package.json"), "utf8")).version;
