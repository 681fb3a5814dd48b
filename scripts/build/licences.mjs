// The licences of other people's code in a bundle: each package of which something came to be in it, with its own text.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../failure.mjs";
import { root } from "../paths.mjs";

/** The package that a file belongs to: the innermost folder in `node_modules`, with its scope. */
const packageFolder = /^.*\bnode_modules\/(?:@[^/]+\/)?[^/]+/;

const isLicence = (file) => /^(?:licen[cs]e|copying|notice)/i.test(file);

/**
 * @param {import("esbuild").Metafile} metafile its paths are relative to the checkout
 * @returns {string} empty where there is nothing of others
 */
export function licencesOf(metafile) {
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
  // A file of which nothing is left is not distributed.
  const present = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([file]) => file);
  const folders = new Set(present.flatMap((file) => packageFolder.exec(file) ?? []));
  return [...folders].map(licenceOf).sort().join("\n");
}

function licenceOf(folder) {
  const place = join(root, folder);
  const { name, version, license } = JSON.parse(readFileSync(join(place, "package.json"), "utf8"));
  const files = readdirSync(place).filter(isLicence);
  if (files.length === 0) throw new Failure(`${name} comes without the text of its licence: it cannot be bundled`);
  const texts = files.map((file) => readFileSync(join(place, file), "utf8").trim());
  return `${name} ${version} (${license})\n${"-".repeat(78)}\n${texts.join("\n\n")}\n`;
}
