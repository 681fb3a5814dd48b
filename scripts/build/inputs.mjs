// Decides whether something must be made again: a stamp holds the hash of what it was made from.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, stamps } from "../paths.mjs";

/**
 * The hash of files and folders (relative to the checkout; missing ones count as missing) and of further facts.
 * @param {Iterable<string>} paths @param {string[]} [facts]
 */
export function hashOf(paths, facts = []) {
  const hash = createHash("sha256");
  for (const fact of facts) hash.update(`${fact}\0`);
  for (const file of filesOf(paths)) {
    const content = readFileSync(join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

export const readStamp = (name) => {
  try {
    return JSON.parse(readFileSync(join(stamps, `${name}.json`), "utf8"));
  } catch {
    return undefined;
  }
};

export function writeStamp(name, stamp) {
  mkdirSync(stamps, { recursive: true });
  writeFileSync(join(stamps, `${name}.json`), `${JSON.stringify(stamp)}\n`);
}

export const removeStamp = (name) => rmSync(join(stamps, `${name}.json`), { force: true });

/** All files of a folder, as paths relative to it, sorted. What was installed in it is not of it: its lock says it all. */
export function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      if (entry.isFile()) return [entry.name];
      if (!entry.isDirectory() || entry.name === "node_modules") return [];
      return filesIn(join(folder, entry.name)).map((file) => join(entry.name, file));
    })
    .sort();
}

function filesOf(paths) {
  const files = [...paths].flatMap((path) => {
    const full = join(root, path);
    if (!existsSync(full)) return [];
    return isFolder(full) ? filesIn(full).map((file) => join(path, file)) : [path];
  });
  return [...new Set(files)].sort();
}

function isFolder(path) {
  return statSync(path).isDirectory();
}
