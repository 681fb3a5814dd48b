// A command-line tool that cargo builds once per version into the shared cache. A tool on PATH in exactly the pinned
// version is used instead. An interrupted build goes on where it stopped.

import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { progressEnvironment, progressOf, readable } from "../cargo.mjs";
import { Failure } from "../failure.mjs";
import { executable, isExecutable, onPath, root, toolCache, toolchain } from "../paths.mjs";
import { run, tail } from "../run.mjs";

/** A step of the set-up; `folder()` is where the tool is, once it is ready. */
export function cargoTool(name) {
  const { version, binary, install, duration } = toolchain.tools[name];
  const home = join(toolCache, `${name}-${version}`);
  const cached = join(home, "bin", executable(binary));
  let found;
  return {
    title: `${name} ${version}`,
    doing: "building",
    expected: duration,
    folder: () => dirname(found),
    async isReady() {
      // cargo writes .crates.toml after the binary: with both, the installation was not interrupted.
      if (isExecutable(cached) && existsSync(join(home, ".crates.toml"))) found = cached;
      else found = await onPathInVersion(binary, version);
      return found !== undefined;
    },
    async make(task) {
      requireCompiler(name);
      const building = `${home}.building`;
      mkdirSync(toolCache, { recursive: true });
      const arguments_ = ["install", "--debug", ...install, name, "--version", version, "--root", home];
      const { code, output } = await run("cargo", arguments_, {
        // Not the checkout: its cargo configuration is about our own crates.
        cwd: toolCache,
        env: {
          ...progressEnvironment,
          CARGO_TARGET_DIR: building,
          // Nobody debugs these tools: a third less to compile and to keep.
          CARGO_PROFILE_DEV_DEBUG: "0",
          CARGO_INCREMENTAL: "0",
        },
        onLine: (line) => {
          const progress = progressOf(line);
          if (progress) task.update(progress);
        },
      });
      if (code !== 0) {
        throw new Failure(
          `${name} ${version} could not be built (see above); the next run goes on from here`,
          tail(readable(output), 30),
        );
      }
      found = cached;
      rmSync(building, { recursive: true, force: true });
    },
  };
}

/** wasm-bindgen's crate and command line speak a private format, so that their versions must be equal. */
export function requireMatchingBindgen() {
  const lock = readFileSync(join(root, "Cargo.lock"), "utf8");
  const locked = /^name = "wasm-bindgen"\r?\nversion = "([^"]+)"/m.exec(lock)?.[1];
  const pinned = toolchain.tools["wasm-bindgen-cli"].version;
  if (locked !== pinned) {
    throw new Failure(
      `wasm-bindgen is ${locked ?? "missing"} in Cargo.lock and ${pinned} in scripts/toolchain.json: make them equal`,
    );
  }
}

async function onPathInVersion(binary, version) {
  const file = onPath(binary);
  if (!file) return undefined;
  const { output } = await run(file, ["--version"]).catch(() => ({ output: "" }));
  return output.trim().split(/\s+/)[1] === version ? file : undefined;
}

function requireCompiler(name) {
  if (process.platform !== "win32" && !onPath("cc")) {
    throw new Failure(
      `a C compiler (cc) is needed to build ${name}: install gcc or clang (Debian: apt install build-essential)`,
    );
  }
}
