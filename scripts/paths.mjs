// Where things are: the checkout, what is built in it, and the cache of tools that all checkouts share.

import { accessSync, constants, readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const template = join(root, "pkg-template");
/** The sources of the program, and what it is bundled with: the latter is installed here, and nowhere shipped as such. */
export const commandLine = join(template, "cli");
export const pkg = join(root, "pkg");
export const target = join(root, "target");
export const stamps = join(target, "stamps");
export const binaries = join(root, "node_modules", ".bin");

export const toolchain = JSON.parse(readFileSync(join(root, "scripts", "toolchain.json"), "utf8"));

/** The XDG rule: a relative XDG_CACHE_HOME does not count. */
export const toolCache = join(
  isAbsolute(process.env.XDG_CACHE_HOME ?? "") ? process.env.XDG_CACHE_HOME : join(homedir(), ".cache"),
  "nexthink-chatbot",
);

export const executable = (name) => (process.platform === "win32" ? `${name}.exe` : name);

/** The first executable of that name on PATH, or undefined. */
export function onPath(name) {
  return (process.env.PATH ?? "")
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, executable(name)))
    .find(isExecutable);
}

/** Puts folders in front of PATH, for this process and those that it starts. */
export function prependPath(...folders) {
  const rest = (process.env.PATH ?? "").split(delimiter).filter((folder) => !folders.includes(folder));
  process.env.PATH = [...folders, ...rest].join(delimiter);
}

export function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
