// Every link within the project leads somewhere, anchors too.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { anchorsOf, documents, localLinks, targetOf } from "./markdown.mjs";

const { CHECKOUT } = process.env;

/** The page for npm lies beside its pages in the package, and one folder away from them here. */
const placed = (file, path) => (file === "pkg-template/README.md" ? path.replace(/^pkg-template\//, "") : path);

for (const file of documents) {
  test(`the links of ${file} lead somewhere`, () => {
    const broken = localLinks(file).flatMap(({ line, to }) => {
      const { path, anchor } = targetOf(file, to);
      const place = placed(file, path);
      if (!existsSync(join(CHECKOUT, place))) return [`${file}:${line}: there is no ${place}`];
      if (anchor === undefined || anchorsOf(place).includes(anchor)) return [];
      return [`${file}:${line}: ${place} has no heading for #${anchor}`];
    });
    assert.deepEqual(broken, []);
  });
}

test("every example is in the README's table, and every page of the guide in that of the package", () => {
  const linked = (file) => localLinks(file).map(({ to }) => placed(file, targetOf(file, to).path));
  const examples = documents.filter((file) => file.startsWith("js-examples/"));
  const guide = documents.filter((file) => file.startsWith("docs/"));
  assert.deepEqual(
    examples.filter((file) => !linked("README.md").includes(file)),
    [],
  );
  assert.deepEqual(
    guide.filter((file) => !linked("pkg-template/README.md").includes(file)),
    [],
  );
});
