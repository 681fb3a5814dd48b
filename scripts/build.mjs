// `npm run build`: set-up, the wasm modules, and pkg/, the complete npm package. Makes only what has changed.

import "./node-version.mjs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { assemblePackage } from "./build/package.mjs";
import { buildCrate, crates } from "./build/wasm-crate.mjs";
import { runMain } from "./failure.mjs";
import { withLock } from "./lock.mjs";
import { target } from "./paths.mjs";
import { begin } from "./progress.mjs";
import { setUp } from "./setup.mjs";

/** @returns {Promise<boolean>} whether anything had to be made */
export async function build() {
  const { rust } = await setUp();
  return withLock(join(target, "build.lock"), "its build", async () => {
    // One after the other: they share cargo's folder, which cargo locks.
    const made = [];
    for (const crate of crates) if (await buildCrate(crate, rust)) made.push(crate.name);
    await tellWhatIsTooLarge(made);
    const task = begin("pkg: assembling");
    try {
      const assembled = await assemblePackage();
      task.end(assembled ? "done" : undefined);
      return assembled || made.length > 0;
    } catch (error) {
      task.end("failed");
      throw error;
    }
  });
}

/** For a module that came to be over its budget: which of its functions take how much. */
async function tellWhatIsTooLarge(made) {
  if (made.length === 0) return;
  const { modulesOverBudget } = await import("./build/sizes.mjs");
  const { functionSizes } = await import("./build/function-sizes.mjs");
  for (const name of modulesOverBudget(made)) process.stdout.write(`${await functionSizes(name)}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await runMain(async () => {
    const built = await build();
    // Not for `npm start` and `npm test`, which call `build()`: the table takes a second of brotli.
    const { sizeTable } = await import("./build/sizes.mjs");
    process.stdout.write(`${built ? "pkg/ is built" : "pkg/ is up to date"}\n\n${sizeTable()}`);
  });
}
