// The suites that cargo runs. Clippy and the tests see every combination of target and features that ships.

import { join } from "node:path";
import { crates } from "../build/wasm-crate.mjs";
import { progressEnvironment, progressOf, readable } from "../cargo.mjs";
import { toolchain } from "../paths.mjs";
import { run } from "../run.mjs";

const denyWarnings = ["--", "-D", "warnings"];

export const format = cargo(
  "cargo fmt",
  ["fmt", "--all", "--check", "--", "--color", process.stdout.isTTY ? "always" : "never"],
  { component: "rustfmt" },
);

export const clippy = cargo("clippy", ["clippy", "--workspace", "--all-targets", ...denyWarnings], {
  component: "clippy",
});

/** One module at a time, as they are built: together cargo would give them each other's features. */
export const clippyWasm = crates.map(({ name, folder, features }) =>
  cargo(
    `clippy ${name}.wasm`,
    [
      ...["clippy", "--manifest-path", join(folder, "Cargo.toml"), "--target", toolchain.target],
      ...["--no-default-features", "--features", features.join(), ...denyWarnings],
    ],
    { component: "clippy" },
  ),
);

export const withoutJavaScript = cargo("check without javascript", [
  ...["check", "-p", "nexthink-chatbot", "--no-default-features"],
]);

export const tests = (filters = []) =>
  cargo("cargo test", ["test", "--workspace", "--no-fail-fast", ...filters], { show: true });

export const unitTests = cargo("cargo test (units)", ["test", "--workspace", "--lib", "--no-fail-fast"], {
  show: true,
});

/** A suite: `run` says whether it passed and what there is to read; `show`: also when it passed. */
function cargo(name, args, { component, show = false } = {}) {
  return {
    name,
    show,
    async run(task) {
      const { code, output } = await run("cargo", args, {
        env: { ...progressEnvironment, ...(process.stdout.isTTY ? { CARGO_TERM_COLOR: "always" } : {}) },
        onLine: (line) => {
          const progress = progressOf(line) ?? /^\s*Running (?:unittests )?(\S+)/.exec(line)?.[1];
          if (progress) task.update(progress);
        },
      });
      const missing = component && /is not installed for the|no such command/.test(output);
      if (missing) return { ok: false, output: `error: ${component} is missing: rustup component add ${component}` };
      return { ok: code === 0, output: readable(output) };
    },
  };
}
