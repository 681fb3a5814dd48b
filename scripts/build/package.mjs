// Assembles pkg/ beside the old one and swaps the two at the end, so that a failed build leaves no half package.

import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join, relative } from "node:path";
import { Failure } from "../failure.mjs";
import { pkg, root, target, template } from "../paths.mjs";
import { bundleFacade, bundlePrograms } from "./bundle.mjs";
import { crateComponents } from "./components.mjs";
import { writeDeclarations } from "./declarations.mjs";
import { filesIn, hashOf, readStamp, removeStamp, writeStamp } from "./inputs.mjs";
import { licencesOf } from "./licences.mjs";
import { softwareBill } from "./software-bill.mjs";
import { crates, wasmFile } from "./wasm-crate.mjs";
import { writeWasmTypes } from "./wasm-modules.mjs";
import { locales, writeWordingTypes } from "./wordings.mjs";

const playbooks = join(root, "playbooks");

/** @returns {Promise<boolean>} whether it had to be assembled */
export async function assemblePackage() {
  const inputs = [
    ...[
      "pkg-template",
      "playbooks",
      "wording",
      "LICENSE-APACHE",
      "LICENSE-MIT",
      "Cargo.toml",
      "Cargo.lock",
      "simulator/Cargo.toml",
      "package-lock.json",
      "scripts/build",
    ],
    ...["tsconfig.json", "tsconfig.facade.json"],
  ];
  const hash = hashOf(
    inputs,
    crates.map(({ name }) => readFileSync(wasmFile(name), "base64")),
  );
  const stamp = readStamp("package");
  if (stamp?.hash === hash && existsSync(pkg) && filesIn(pkg).join() === stamp.files.join()) return false;

  const staging = join(target, "pkg-new");
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging, { recursive: true });
  requireSameVersion();
  copyTexts(staging);
  writeFolders(staging);
  copyPlaybooks(staging);
  copyWordings(staging);
  // A page is what its files are: its modules import those of the package beside it.
  cpSync(join(template, "demo"), join(staging, "demo"), { recursive: true });
  // The entries for workerd import these files.
  for (const { name } of crates) copyFileSync(wasmFile(name), join(staging, `${name}.wasm`));
  writeWasmTypes();
  writeWordingTypes();
  // Both at once; the types' message is the better one when both fail.
  const [types, bundles] = await Promise.allSettled([
    writeDeclarations(staging),
    Promise.all([crateComponents(), bundlePrograms(staging), bundleFacade(staging)]),
  ]);
  for (const outcome of [types, bundles]) if (outcome.status === "rejected") throw outcome.reason;
  const [compiled, bundled] = bundles.value;
  writeFileSync(join(staging, "THIRD-PARTY-LICENSES"), licencesOf(compiled));
  writeFileSync(join(staging, "sbom.cdx.json"), softwareBill(compiled, bundled));
  removeStamp("package");
  swap(staging);
  writeStamp("package", { hash, files: filesIn(pkg) });
  return true;
}

function copyTexts(folder) {
  for (const [source, name, what] of [
    [template, "package.json", "the package's manifest"],
    [template, "README.md", "the page that npm shows"],
    [root, "LICENSE-MIT", "one of the two licences"],
    [root, "LICENSE-APACHE", "one of the two licences"],
  ]) {
    const file = join(source, name);
    if (!existsSync(file)) throw new Failure(`${relative(root, file)} is missing: ${what}, which every package holds`);
    copyFileSync(file, join(folder, name));
  }
}

/** A folder for each entry, for who does not read `exports`: TypeScript's resolution `node10`, and older tools. */
function writeFolders(folder) {
  const { exports: entries } = JSON.parse(readFileSync(join(template, "package.json"), "utf8"));
  for (const [entry, { require: conditions } = {}] of Object.entries(entries)) {
    if (entry === "." || !conditions) continue;
    const { types, default: main } = conditions;
    mkdirSync(join(folder, entry));
    const manifest = { main: `.${main}`, types: `.${types}` };
    writeFileSync(join(folder, entry, "package.json"), `${JSON.stringify(manifest, undefined, 2)}\n`);
  }
}

/** The built-in playbooks as their files, to begin one's own with, and the schemas by which editors complete them. */
function copyPlaybooks(folder) {
  mkdirSync(join(folder, "playbooks"));
  for (const name of readdirSync(playbooks)) {
    if (/\.(?:json|nql)$/.test(name)) copyFileSync(join(playbooks, name), join(folder, "playbooks", name));
  }
}

/** What the assistant says, to write words of one's own by. */
function copyWordings(folder) {
  mkdirSync(join(folder, "wording"));
  for (const locale of locales) {
    copyFileSync(join(root, "wording", `${locale}.json`), join(folder, "wording", `${locale}.json`));
  }
}

function requireSameVersion() {
  const ours = JSON.parse(readFileSync(join(template, "package.json"), "utf8")).version;
  const workspace = readFileSync(join(root, "Cargo.toml"), "utf8");
  const cargo = /\[workspace\.package\][^[]*?^version = "([^"]+)"/ms.exec(workspace)?.[1];
  if (ours !== cargo) {
    throw new Failure(
      `the version is ${ours} in pkg-template/package.json and ${cargo} in Cargo.toml: make them equal`,
    );
  }
}

function swap(staging) {
  const old = join(target, "pkg-old");
  rmSync(old, { recursive: true, force: true });
  if (existsSync(pkg)) move(pkg, old);
  move(staging, pkg);
  rmSync(old, { recursive: true, force: true });
}

/** target/ can be another file system (a build cache), between which nothing can be renamed. */
function move(from, to) {
  try {
    renameSync(from, to);
  } catch (error) {
    if (error.code !== "EXDEV") throw error;
    cpSync(from, to, { recursive: true });
    rmSync(from, { recursive: true, force: true });
  }
}
