// `npm run setup`: makes everything that a build needs and that is missing; does nothing, at once, when all is there.
// The other scripts begin with `setUp()`.

import "./node-version.mjs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runMain } from "./failure.mjs";
import { withLock } from "./lock.mjs";
import { binaries, commandLine, prependPath, toolCache, toolchain } from "./paths.mjs";
import { begin } from "./progress.mjs";
import { cargoTool, requireMatchingBindgen } from "./setup/cargo-tool.mjs";
import { nodeModules } from "./setup/node-modules.mjs";
import { requireRust, wasmTarget } from "./setup/rust.mjs";

/** Afterwards the tools are first on PATH. @returns {Promise<{ rust: string, wasReady: boolean }>} */
export async function setUp() {
  const rust = await requireRust();
  requireMatchingBindgen();
  const tools = [cargoTool("wasm-bindgen-cli"), cargoTool("wasm-pack")];
  const steps = [wasmTarget(rust), ...tools, nodeModules(), nodeModules(commandLine)];
  const ready = await Promise.all(steps.map((step) => step.isReady()));
  const wasReady = ready.every(Boolean);
  if (!wasReady) await withLock(join(toolCache, "setup.lock"), "the set-up", () => make(rust, steps));
  prependPath(...tools.map((tool) => tool.folder()), binaries);
  return { rust: rust.release, wasReady };
}

async function make(rust, steps) {
  const total = steps.length + 1;
  begin(`[1/${total}] Rust ${rust.release}`).end("there");
  for (const [index, step] of steps.entries()) {
    const label = `[${index + 2}/${total}] ${step.title}`;
    // Asked again: whoever held the lock before us may have made it.
    if (await step.isReady()) {
      begin(label).end("there");
      continue;
    }
    const task = begin(`${label}: ${step.doing}`, step.expected);
    try {
      await step.make(task);
      task.end("done");
    } catch (error) {
      task.end("failed");
      throw error;
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await runMain(async () => {
    const { rust, wasReady } = await setUp();
    const tools = Object.entries(toolchain.tools).map(([name, { version }]) => `${name} ${version}`);
    if (wasReady) console.log(`everything is there: Rust ${rust}, ${tools.join(", ")}, node_modules`);
  });
}
