// `npm test`: sets up what is missing and runs every test there is. For the inner loop:
//   npm test -- rust [filter]    the Rust half; with a filter, only those tests
//   npm test -- js [file]        the JavaScript half; with files, only those tests (and what they need)
//   npm test -- runtimes [file]  the package in other JavaScript runtimes than Node
//   npm test -- examples [file]  the examples for bots and platforms, as those who copy them run them
//   npm test -- parity [file]    the same bytes in all of them: Node's versions, Deno, Bun, edges, sandboxes, browsers
//   npm test -- low-code [file]  the HTTP handler and the mappings for low-code platforms
//   npm test -- cards [file]     what is rendered, by the parsers and the renderer that others read it with
//   npm test -- kits [file]      its tools with the kits for language models
//   npm test -- mcp [file]       the same over the Model Context Protocol, by its official clients
//   npm test -- consumers [file]     in bundlers and with TypeScript's compilers, and by the linters for packages
//   npm test -- test-runners [file]  in the test runners of its users, and in Cloudflare's tool
//   npm test -- docs [file]      the pages: their programs run, their commands exist, their links lead somewhere; the site
//   npm test -- bench            the benchmarks once: they must run, and what they compare must find the same
//   npm run quick, npm run lint  what takes seconds; all that reads code without running it

import "./node-version.mjs";
import { join } from "node:path";
import { Failure, runMain } from "./failure.mjs";
import { withLock } from "./lock.mjs";
import { target } from "./paths.mjs";
import { setUp } from "./setup.mjs";
import * as js from "./test/js-suites.mjs";
import { runLanes } from "./test/lanes.mjs";
import * as rust from "./test/rust-suites.mjs";

const rustLints = [rust.format, rust.clippy, ...rust.clippyWasm, rust.withoutJavaScript];
const rustLane = [...rustLints, rust.tests()];
const jsLane = [js.biome, js.buildPackage, js.types, js.packPackage, js.tests()];
/** Folders of tests/ with packages of their own, by the lane in which they come last: so the two end at about one time. */
const afterJs = ["docs", "runtimes", "low-code", "cards", "kits", "mcp"];
const afterRust = ["consumers", "test-runners", "examples", "parity"];
const withPackages = [...afterJs, ...afterRust];
const inPackages = (folders) => folders.flatMap((folder) => js.testsWithPackages(folder));

/** Lanes run side by side: cargo's two folders (native and wasm release) do not wait for each other. */
const plans = {
  all: () => [
    [...rustLane, ...inPackages(afterRust)],
    [...jsLane, ...inPackages(afterJs), js.benchmarks],
  ],
  rust: (filters) => [filters.length > 0 ? [rust.tests(filters)] : rustLane],
  js: (files) => [files.length > 0 ? [js.buildPackage, js.packPackage, js.tests(files)] : jsLane],
  ...Object.fromEntries(
    withPackages.map((folder) => [
      folder,
      (files) => [[js.buildPackage, js.packPackage, ...js.testsWithPackages(folder, files)]],
    ]),
  ),
  bench: () => [[js.buildPackage, js.benchmarks]],
  quick: () => [[rust.format, rust.clippy, rust.unitTests], [js.biome]],
  lint: () => [rustLints, [js.biome, js.buildPackage, js.types]],
};

await runMain(async () => {
  const [plan = "all", ...rest] = process.argv.slice(2);
  if (!(plan in plans)) throw new Failure(`there is no ${plan}: npm test -- ${Object.keys(plans).join(" | ")}`);
  withoutTenant();
  await setUp();
  const lanes = plans[plan](rest);
  const packs = lanes.flat().includes(js.packPackage);
  // The packed project is one folder: a second test run in this checkout waits for the first.
  const ok = await (packs ? withLock(join(target, "test.lock"), "its tests", () => runLanes(lanes)) : runLanes(lanes));
  return ok ? 0 : 1;
});

/** No test may reach the real tenant that a developer has in the environment. */
function withoutTenant() {
  for (const name of Object.keys(process.env)) if (name.startsWith("NEXTHINK_")) delete process.env[name];
}
