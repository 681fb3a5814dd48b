// The development dependencies in node_modules, exactly as package-lock.json says: the checkout's, or those of a folder
// with a lock of its own. None needs an install script.

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { Failure } from "../failure.mjs";
import { npm } from "../npm.mjs";
import { root } from "../paths.mjs";
import { tail } from "../run.mjs";

export function nodeModules(folder = root) {
  const stamp = join(folder, "node_modules", ".setup-stamp");
  return {
    title: relative(root, join(folder, "node_modules")),
    doing: "installing (npm ci)",
    isReady: () => read(stamp) === wanted(folder),
    async make() {
      const { code, output } = await npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: folder });
      if (code !== 0) {
        throw new Failure("npm ci failed (see above): is the package registry reachable?", tail(output, 30));
      }
      writeFileSync(stamp, wanted(folder));
    },
  };
}

/** Some packages have a binary per platform, so that a folder shared by two machines must be made anew. */
function wanted(folder) {
  const file = join(folder, "package-lock.json");
  const lock = read(file);
  if (lock === undefined) throw new Failure(`${relative(root, file)} is missing: restore it from version control`);
  return `${createHash("sha256").update(lock).digest("hex")} ${process.platform}-${process.arch}\n`;
}

function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
