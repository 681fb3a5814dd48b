// One crate to one .wasm with its JavaScript glue and types, by wasm-pack (which runs wasm-bindgen and wasm-opt).
// Skipped while nothing that went into it has changed.

import { existsSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { progressEnvironment, progressOf, readable } from "../cargo.mjs";
import { Failure } from "../failure.mjs";
import { binaries, isExecutable, root, target, toolchain } from "../paths.mjs";
import { begin } from "../progress.mjs";
import { output, run, tail } from "../run.mjs";
import { hashOf, readStamp, removeStamp, writeStamp } from "./inputs.mjs";
import { shortenImports } from "./short-imports.mjs";

/** The modules, and the crates and features that they are made of. Where many rows are judged, speed counts; elsewhere size. */
export const crates = [
  { name: "core", folder: ".", stem: "nexthink_chatbot", sources: [], features: ["javascript"] },
  // The instructions for 16 bytes at a time are in every runtime that the package is for; they make a scan faster. Loops
  // that the compiler would write anew with them are only larger.
  {
    name: "fleet",
    folder: ".",
    stem: "nexthink_chatbot",
    sources: [],
    features: ["fleet"],
    level: 3,
    flags: ["-Ctarget-feature=+simd128", "-Cno-vectorize-loops"],
  },
  { name: "authoring", folder: ".", stem: "nexthink_chatbot", sources: [], features: ["authoring"] },
  { name: "conversation", folder: ".", stem: "nexthink_chatbot", sources: [], features: ["conversation"] },
  { name: "proactive", folder: ".", stem: "nexthink_chatbot", sources: [], features: ["proactive"] },
  {
    name: "simulator",
    folder: "simulator",
    stem: "nexthink_simulator",
    sources: ["simulator"],
    features: ["javascript"],
  },
];

export const wasmFolder = (name) => join(target, "wasm-pack", name);
export const wasmFile = (name) => join(wasmFolder(name), `${name}_bg.wasm`);

/** @param {typeof crates[number]} crate @param {string} rust the compiler's version @returns {Promise<boolean>} whether it was built */
export async function buildCrate(crate, rust) {
  const { name, stem, sources } = crate;
  const facts = [rust, process.env.RUSTFLAGS ?? "", optimizerVersion()];
  const inputs = [
    ...["Cargo.toml", "Cargo.lock", ".cargo", "build.rs", "src", "playbooks"],
    ...["scripts/toolchain.json", "scripts/build/wasm-crate.mjs"],
    ...sources,
  ];
  const results = [`${name}.js`, `${name}.d.ts`, `${name}_bg.wasm`].map((file) => join(wasmFolder(name), file));
  const stamp = readStamp(name);
  if (
    stamp?.hash === hashOf([...inputs, ...(stamp?.included ?? [])], facts) &&
    results.every((file) => existsSync(file))
  ) {
    return false;
  }

  removeStamp(name);
  const task = begin(`${name}.wasm: compiling`);
  try {
    const { targetFolder } = await dependencyPlaces();
    // Before the compiler reads them: what changes while it runs is seen by the next build.
    const before = hashOf(inputs, facts);
    const made = join(targetFolder, toolchain.target, "release");
    // Cargo gives the library one file name whatever its features are, and takes an earlier one's for this one's.
    for (const file of [join(made, `${stem}.wasm`), join(made, "deps", `${stem}.wasm`)]) rmSync(file, { force: true });
    await packWasm(crate, { into: wasmFolder(name), task });
    shortenImports(join(wasmFolder(name), `${name}_bg.wasm`), join(wasmFolder(name), `${name}.js`));
    const included = includedFiles(join(made, `${stem}.d`));
    if (before === hashOf(inputs, facts)) writeStamp(name, { hash: hashOf([...inputs, ...included], facts), included });
    task.end("done");
  } catch (error) {
    task.end("failed");
    throw error;
  }
  return true;
}

/**
 * @param {typeof crates[number]} crate
 * @param {{ into: string, task?: ReturnType<typeof begin>, optimized?: boolean }} options `optimized: false`: with the functions' names
 */
export async function packWasm({ name, folder, features, level = "z", flags = [] }, { into, task, optimized = true }) {
  const crate = join(root, folder);
  const { remapping } = await dependencyPlaces();
  // As configuration, which cargo joins with the project's own; with RUSTFLAGS set, cargo reads no such configuration.
  const configuration = `target.${toolchain.target}.rustflags=${JSON.stringify([...remapping, ...flags])}`;
  const { code, output: said } = await run(
    "wasm-pack",
    [
      ...["build", crate, "--release", "--target", "web", "--no-pack", "--mode", "no-install"],
      ...["--out-dir", relative(crate, into), "--out-name", name],
      ...(optimized ? [] : ["--no-opt"]),
      ...["--", "--no-default-features", "--features", features.join(), "--config", configuration],
      ...["--config", `profile.release.opt-level=${JSON.stringify(level)}`],
    ],
    {
      env: progressEnvironment,
      onLine: (line) => {
        const progress = /Optimizing wasm/.test(line) ? "optimizing" : progressOf(line);
        if (progress) task?.update(progress);
      },
    },
  );
  if (code !== 0) throw new Failure(`${name}.wasm could not be built (see above)`, tail(readable(said), 80));
}

/**
 * Where cargo keeps the sources of the dependencies. Panic messages hold source paths, and those of this machine do
 * not belong into a package: the same sources must give the same bytes anywhere.
 */
async function dependencyPlaces() {
  const metadata = JSON.parse(
    (await output("cargo", ["metadata", "--format-version", "1", "--filter-platform", toolchain.target, "--quiet"]))
      .split("\n")
      .find((line) => line.startsWith("{")),
  );
  const places = metadata.packages
    .filter(({ source }) => source)
    .map(({ manifest_path: manifest }) => dirname(dirname(manifest)));
  const sysroot = await output("rustc", ["--print", "sysroot"]);
  const flags = [...new Set(places)].sort().map((place) => `--remap-path-prefix=${place}=/dependencies`);
  // Where the component rust-src is installed, the compiler names the standard library's files by their place here. Only
  // there: what was compiled before it came is then compiled anew, and not mixed with what names them so.
  const library = join(sysroot.trim(), "lib", "rustlib", "src", "rust");
  if (existsSync(library)) flags.push(`--remap-path-prefix=${library}=/rust`);
  return { remapping: flags, targetFolder: metadata.target_directory };
}

/** The files of this checkout that the compiler says it read (`include_str!` can reach anywhere). */
function includedFiles(depInfo) {
  if (!existsSync(depInfo)) return [];
  return readFileSync(depInfo, "utf8")
    .split("\n")
    .flatMap((line) => line.slice(line.indexOf(": ") + 2).split(/(?<!\\) /))
    .map((path) => relative(root, resolve(root, path.trim().replaceAll("\\ ", " "))))
    .filter((path) => path !== "" && !path.startsWith("..") && !path.startsWith(`target${sep}`));
}

/** wasm-pack leaves the module unoptimized when there is no wasm-opt: that must not pass unseen. */
function optimizerVersion() {
  if (!isExecutable(join(binaries, "wasm-opt"))) throw new Failure("wasm-opt is missing from node_modules: npm ci");
  return JSON.parse(readFileSync(join(root, "node_modules", "binaryen", "package.json"), "utf8")).version;
}
