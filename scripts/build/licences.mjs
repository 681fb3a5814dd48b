// The licences of other people's code in a bundle: each package of which something came to be in it, with its own text.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../failure.mjs";
import { root } from "../paths.mjs";
import { compare } from "./components.mjs";

/** The package that a file belongs to: the innermost folder in `node_modules`, with its scope. */
const packageFolder = /^.*\bnode_modules\/(?:@[^/]+\/)?[^/]+/;

const isLicence = (file) => /^(?:licen[cs]e|copying|notice)/i.test(file);

/**
 * The packages in a bundle.
 * @param {import("esbuild").Metafile} metafile its paths are relative to the checkout
 * @returns {import("./components.mjs").Component[]} empty where there is nothing of others
 */
export function bundledComponents(metafile) {
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
  // A file of which nothing is left is not distributed.
  const present = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([file]) => file);
  const folders = new Set(present.flatMap((file) => packageFolder.exec(file) ?? []));
  return [...folders].map(componentIn).sort((one, other) => compare(one.url, other.url));
}

/** The texts of the licences of components, each under its name, version and licence; empty where there is none. */
export function licencesOf(components) {
  return components
    .map(({ name, version, licence, texts }) => {
      return `${name} ${version} (${licence})\n${"-".repeat(78)}\n${texts.join("\n\n")}\n`;
    })
    .join("\n");
}

function componentIn(folder) {
  const place = join(root, folder);
  const { name, version, license: licence } = JSON.parse(readFileSync(join(place, "package.json"), "utf8"));
  const files = readdirSync(place).filter(isLicence);
  if (files.length === 0) throw new Failure(`${name} comes without the text of its licence: it cannot be bundled`);
  const texts = files.sort().map((file) => readFileSync(join(place, file), "utf8").trim());
  const url = `pkg:npm/${name.replace("@", "%40")}@${version}`;
  return { name, version, licence, url, hashes: [], texts };
}
