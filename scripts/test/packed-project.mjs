// A blank project with the packed package installed, as a user has it. The tests are copied into it, because an ES
// module resolves imports from where its file really is.

import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { Failure } from "../failure.mjs";
import { npm } from "../npm.mjs";
import { pkg, root, target } from "../paths.mjs";

export const packed = join(target, "packed");

/** Packs pkg/, installs the tarball without a network, and copies what the tests read. */
export async function installPacked() {
  rmSync(packed, { recursive: true, force: true });
  mkdirSync(packed, { recursive: true });
  writeFileSync(join(packed, "package.json"), '{ "private": true }\n');
  // Bundlers read the nearest one, and the checkout's has the package's sources under its name.
  writeFileSync(join(packed, "tsconfig.json"), "{}\n");
  await succeed(["pack", pkg, "--ignore-scripts", "--pack-destination", packed]);
  const tarball = readdirSync(packed).find((file) => file.endsWith(".tgz"));
  await succeed(["install", "--offline", "--no-audit", "--no-fund", "--ignore-scripts", `./${tarball}`]);
  const notForNode = (file) => file.endsWith(".rs") || basename(file) === "node_modules";
  cpSync(join(root, "tests"), join(packed, "tests"), { recursive: true, filter: (file) => !notForNode(file) });
  for (const file of ["size-budget.json", "scripts/build/wasm-format.mjs"])
    cpSync(join(root, file), join(packed, file));
  cpSync(join(root, "js-examples"), join(packed, "js-examples"), {
    recursive: true,
    filter: (file) => !notForNode(file),
  });
}

async function succeed(args) {
  const { code, output } = await npm(args, { cwd: packed });
  if (code !== 0) throw new Failure(`npm ${args[0]} of the package failed (see above)`, output);
}
