// Whose code is in the package: its bill of materials is a valid one, agrees with the locks, and every licence is there.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Spec, Validation } from "@cyclonedx/cyclonedx-library";
import { home } from "./output.mjs";

const text = readFileSync(join(home, "sbom.cdx.json"), "utf8");
const { metadata, components, dependencies } = JSON.parse(text);
const read = (...path) => readFileSync(join(process.env.CHECKOUT, ...path), "utf8");

test("the bill of materials is valid CycloneDX", async () => {
  const troubles = await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(text);
  assert.equal(troubles, null, JSON.stringify(troubles));
  const { version } = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
  assert.equal(metadata.component.purl, `pkg:npm/nexthink-chatbot@${version}`);
  // The same sources give the same bytes.
  assert.doesNotMatch(text, /"timestamp"|"serialNumber"/);
});

test("it has every crate of the modules in its locked version, and every package of the programs", () => {
  const locked = read("Cargo.lock");
  const crates = components.filter(({ purl }) => purl.startsWith("pkg:cargo/"));
  for (const { name, version, hashes } of crates) {
    const entry = `name = "${name}"\nversion = "${version}"\n`;
    assert.ok(locked.includes(entry), entry);
    assert.ok(locked.slice(locked.indexOf(entry)).split("\n\n")[0].includes(hashes[0].content), name);
  }
  const names = crates.map(({ name }) => name);
  for (const name of [
    "serde",
    "sha2",
    "hmac",
    "hkdf",
    "strsim",
    "talc",
    "wasm-bindgen",
    "js-sys",
    "serde_json",
    "miniz_oxide",
  ]) {
    assert.ok(names.includes(name), name);
  }
  // What only tests and macros use is not in it.
  for (const name of ["proptest", "schemars", "ts-rs", "syn", "proc-macro2"]) assert.ok(!names.includes(name), name);
  const packages = components.filter(({ purl }) => purl.startsWith("pkg:npm/"));
  const npm = JSON.parse(read("pkg-template", "cli", "package-lock.json")).packages;
  assert.ok(packages.length > 3);
  for (const { name, version } of packages) assert.equal(npm[`node_modules/${name}`].version, version, name);
  assert.deepEqual(
    dependencies[0].dependsOn,
    components.map(({ purl }) => purl),
  );
});

test("the licence of everything in it comes with the package", () => {
  const texts = ["THIRD-PARTY-LICENSES", "cli/THIRD-PARTY-LICENSES"].map((file) =>
    readFileSync(join(home, file), "utf8"),
  );
  for (const { name, version, licenses } of components) {
    const head = `${name} ${version} (${licenses[0].expression})\n${"-".repeat(78)}\n`;
    const [, after] = texts.join("\n").split(head);
    assert.match(after?.slice(0, 15_000) ?? "", /copyright|permission/i, head);
  }
});

// What can be chosen, and what a user of the package may then do.
test("no licence asks more than to be named", () => {
  const free = new Set([
    "MIT",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "0BSD",
    "Zlib",
    "Unlicense",
    "Unicode-3.0",
  ]);
  for (const { name, licenses } of components) {
    for (const licence of licenses[0].expression.split(/[() ]+|\bOR\b|\bAND\b/).filter(Boolean)) {
      assert.ok(free.has(licence), `${name}: ${licence}`);
    }
  }
});
