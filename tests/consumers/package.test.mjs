// The tarball, by the linters for packages: what its manifest promises holds for every kind of import.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { home } from "./output.mjs";

/** The project in which the tarball was installed. */
const project = dirname(dirname(home));
const tarball = readFileSync(
  join(
    project,
    readdirSync(project).find((file) => file.endsWith(".tgz")),
  ),
);
const manifest = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));

test("publint has nothing to say", async () => {
  const { buffer, byteOffset, byteLength } = tarball;
  const pack = { tarball: buffer.slice(byteOffset, byteOffset + byteLength) };
  const { messages } = await publint({ pack, level: "suggestion", strict: true });
  assert.deepEqual(
    messages.map((message) => formatMessage(message, manifest)),
    [],
  );
});

test("are-the-types-wrong has nothing to say", async () => {
  const { problems, types, entrypoints } = await checkPackage(createPackageFromTarballData(new Uint8Array(tarball)), {
    // No JavaScript: what a bundler makes of these files is the bundler's affair.
    excludeEntrypoints: Object.keys(manifest.exports).filter((entry) => entry.endsWith(".wasm")),
  });
  assert.equal(types.kind, "included");
  assert.deepEqual(problems, []);
  const expected = Object.keys(manifest.exports).filter((entry) => "import" in Object(manifest.exports[entry]));
  for (const entry of expected) assert.ok(entry in entrypoints, entry);
});
