// The Rust toolchain: is it there, is it new enough, does it have the wasm target. Installs only the target.

import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { Failure } from "../failure.mjs";
import { executable, isExecutable, onPath, prependPath, root, toolchain } from "../paths.mjs";
import { output, run, tail } from "../run.mjs";

/** @returns {Promise<{ release: string, sysroot: string }>} or a `Failure` that says how to get Rust */
export async function requireRust() {
  findCargo();
  const [version, sysroot] = await Promise.all([run("rustc", ["--version"]), run("rustc", ["--print", "sysroot"])]);
  if (version.code !== 0) {
    throw new Failure("no Rust toolchain is installed: rustup default stable", tail(version.output, 5));
  }
  const release = /^rustc (\S+)/m.exec(version.output)?.[1] ?? "0";
  const oldest = /^rust-version = "([^"]+)"/m.exec(readFileSync(join(root, "Cargo.toml"), "utf8"))?.[1] ?? "0";
  if (isOlder(release, oldest)) {
    throw new Failure(`Rust ${oldest} or later is needed, this is ${release}: rustup update stable`);
  }
  return { release, sysroot: sysroot.output.trim() };
}

export function wasmTarget({ sysroot }) {
  const isThere = () => existsSync(join(sysroot, "lib", "rustlib", toolchain.target, "lib"));
  return {
    title: `Rust target ${toolchain.target}`,
    doing: "installing",
    isReady: isThere,
    async make() {
      if (!onPath("rustup")) {
        throw new Failure(
          `the Rust target ${toolchain.target} is missing and there is no rustup to add it: install Rust from https://rustup.rs`,
        );
      }
      await output("rustup", ["target", "add", toolchain.target]);
      if (!isThere()) {
        throw new Failure(
          `rustup added ${toolchain.target} to another toolchain than the rustc on PATH (${sysroot}): put rustup's folder first on PATH`,
        );
      }
    },
  };
}

/** A fresh rustup is not yet on the PATH of the shell that installed it. */
function findCargo() {
  if (onPath("cargo") && onPath("rustc")) return;
  const folder = join(process.env.CARGO_HOME || join(homedir(), ".cargo"), "bin");
  if (!isExecutable(join(folder, executable("cargo")))) {
    throw new Failure("Rust (cargo and rustc) is missing: install it from https://rustup.rs");
  }
  prependPath(folder);
}

function isOlder(version, oldest) {
  const [ours, wanted] = [version, oldest].map((text) => text.split(/[.-]/).map(Number));
  for (const [index, part] of wanted.entries()) {
    if ((ours[index] ?? 0) !== part) return (ours[index] ?? 0) < part;
  }
  return false;
}
