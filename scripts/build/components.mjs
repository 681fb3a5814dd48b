// Which of other people's code is compiled into the modules: the crates, by cargo, and Rust's standard library. What only
// the compiler runs, such as macros, is not distributed.

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Failure } from "../failure.mjs";
import { root, toolchain } from "../paths.mjs";
import { output } from "../run.mjs";
import { crates } from "./wasm-crate.mjs";

/**
 * @typedef {{ name: string, version: string, licence: string, url: string, hashes: { alg: string, content: string }[], texts: string[] }}
 * Component `url`: its name among packages (a package URL); `texts`: those of its licence that are taken
 */

/** @returns {Promise<Component[]>} sorted by name */
export async function crateComponents() {
  const metadata = JSON.parse(await cargo("metadata", "--format-version", "1", "--filter-platform", toolchain.target));
  const checksums = checksumsOf(readFileSync(join(root, "Cargo.lock"), "utf8"));
  const compiled = new Set((await Promise.all(packages().map(dependenciesOf))).flat());
  const components = metadata.packages
    .filter(({ name, version, source }) => source && compiled.has(`${name} ${version}`))
    .map(({ name, version, license, manifest_path: manifest }) => ({
      name,
      version,
      // An old way to write it.
      licence: license.replaceAll("/", " OR "),
      url: `pkg:cargo/${name}@${version}`,
      hashes: [{ alg: "SHA-256", content: checksums.get(`${name} ${version}`) }],
      texts: textsOf(name, dirname(manifest)),
    }));
  return [...components, await standardLibrary()].sort((one, other) => compare(one.url, other.url));
}

/** By code points: the same everywhere, whatever the language of the machine. */
export const compare = (one, other) => (one < other ? -1 : one > other ? 1 : 0);

const cargo = (...args) => output("cargo", [...args, "--locked", "--quiet"]);

/** The packages of which modules are made, each with the features of all of them. */
function packages() {
  const features = new Map();
  for (const { stem, features: some } of crates) features.set(stem, [...(features.get(stem) ?? []), ...some]);
  return [...features].map(([stem, all]) => ({ name: stem.replaceAll("_", "-"), features: [...new Set(all)] }));
}

async function dependenciesOf({ name, features }) {
  const lines = await cargo(
    ...["tree", "--package", name, "--no-default-features", "--features", features.join()],
    ...["--target", toolchain.target, "--edges", "normal,no-proc-macro", "--prefix", "none", "--format", "{p}"],
  );
  return lines.split("\n").flatMap((line) => {
    const [, crate, version] = /^(\S+) v(\S+)/.exec(line) ?? [];
    return crate ? [`${crate} ${version}`] : [];
  });
}

function checksumsOf(lock) {
  const entries = lock.matchAll(/^name = "([^"]+)"\nversion = "([^"]+)"\nsource = "[^"]+"\nchecksum = "([^"]+)"/gm);
  return new Map([...entries].map(([, name, version, checksum]) => [`${name} ${version}`, checksum]));
}

/** Of several licences to choose from, MIT's text where there is one, and what holds besides. */
function textsOf(name, folder) {
  const all = readdirSync(folder).filter((file) => /^(?:licen[cs]e|copying|notice|unlicense)/i.test(file));
  const [mit] = all.filter((file) => /^licen[cs]e-mit/i.test(file));
  const taken = mit ? [mit, ...all.filter((file) => /notice|unicode/i.test(file))] : all;
  if (taken.length === 0) throw new Failure(`the crate ${name} comes without the text of its licence`);
  return taken.sort().map((file) => readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n").trim());
}

/** Where it is installed from brings no text of its own everywhere: it is MIT's, as ours is, with its own holders. */
async function standardLibrary() {
  const [, version] = /^rustc (\S+)/.exec(await output("rustc", ["--version"])) ?? [];
  const ours = readFileSync(join(root, "LICENSE-MIT"), "utf8").trim();
  const text = ours.replace(/^Copyright .*$/m, "Copyright (c) The Rust Project Contributors");
  if (!version || text === ours) throw new Failure("the licence of Rust's standard library could not be written");
  const url = `pkg:generic/rust-std@${version}`;
  return { name: "rust-std", version, licence: "MIT OR Apache-2.0", url, hashes: [], texts: [text] };
}
