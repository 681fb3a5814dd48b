// What the package is made of, as CycloneDX (https://cyclonedx.org), for who has to know: the crates in the modules and the
// packages in a program. The same sources give the same bytes: there is no time and no random number in it.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { template } from "../paths.mjs";

/**
 * @param {import("./components.mjs").Component[]} compiled in the modules
 * @param {import("./components.mjs").Component[]} bundled in a program
 * @returns {string} JSON
 */
export function softwareBill(compiled, bundled) {
  const { name, version, description, license } = JSON.parse(readFileSync(join(template, "package.json"), "utf8"));
  const url = `pkg:npm/${name}@${version}`;
  const whole = { type: "library", "bom-ref": url, name, version, description, ...licensed(license), purl: url };
  const components = [...compiled, ...bundled];
  const bill = {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: { component: whole },
    components: components.map(component),
    dependencies: [{ ref: url, dependsOn: components.map((one) => one.url) }],
  };
  return `${JSON.stringify(bill, undefined, 2)}\n`;
}

function component({ name, version, licence, url, hashes }) {
  const known = hashes.length > 0 ? { hashes } : {};
  return { type: "library", "bom-ref": url, name, version, ...known, ...licensed(licence), purl: url };
}

const licensed = (expression) => ({ licenses: [{ expression }] });
