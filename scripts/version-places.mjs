// Where the version stands, and how it is read and written there. The package's own manifest is the one that counts.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths.mjs";

/** Each with what surrounds the version; `all` where it stands there more than once. */
const manifests = [
  { file: "pkg-template/package.json", at: /^( {2}"version": ")[^"]+/m },
  { file: "package.json", at: /^( {2}"version": ")[^"]+/m },
  { file: "package-lock.json", at: /("name": "nexthink-chatbot-workspace",\n +"version": ")[^"]+/g },
  { file: "Cargo.toml", at: /(\[workspace\.package\]\nversion = ")[^"]+/ },
  { file: "Cargo.lock", at: /(name = "nexthink-(?:bench|chatbot|simulator)"\nversion = ")[^"]+/g },
  { file: "fuzz/Cargo.lock", at: /(name = "nexthink-chatbot"\nversion = ")[^"]+/g },
];

/** The examples tell npm to install this version or a later one that fits. */
const examples = () =>
  readdirSync(join(root, "js-examples"))
    .map((name) => `js-examples/${name}/package.json`)
    .filter((file) => existsSync(join(root, file)))
    .map((file) => ({ file, at: /("nexthink-chatbot": "\^)[^"]+/ }));

const places = () => [...manifests, ...examples()];

/** @returns {{ file: string, versions: string[] }[]} what stands where */
export function versions() {
  return places().map(({ file, at }) => {
    const found = readFileSync(join(root, file), "utf8").matchAll(
      new RegExp(at.source, `${at.flags.replace("g", "")}g`),
    );
    return { file, versions: [...found].map(([whole, before]) => whole.slice(before.length)) };
  });
}

/** @returns {{ file: string, text: string }[]} the files with another version in them */
export function withVersion(version) {
  return places().map(({ file, at }) => {
    const text = readFileSync(join(root, file), "utf8").replace(at, (_, before) => `${before}${version}`);
    return { file, text };
  });
}
