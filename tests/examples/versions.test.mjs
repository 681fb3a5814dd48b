// What the examples tell npm to install is what they were tested with, and each can be copied and started.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const { CHECKOUT } = process.env;
const read = (...path) => JSON.parse(readFileSync(join(CHECKOUT, ...path), "utf8"));
const packagesOf = ({ dependencies, devDependencies }) => Object.entries({ ...dependencies, ...devDependencies });

const folders = readdirSync(join(CHECKOUT, "js-examples")).filter((name) =>
  existsSync(join(CHECKOUT, "js-examples", name, "package.json")),
);
const tested = readdirSync(join(CHECKOUT, "tests"))
  .filter((name) => existsSync(join(CHECKOUT, "tests", name, "package.json")))
  .flatMap((name) => packagesOf(read("tests", name, "package.json")));
const { version } = read("pkg", "package.json");

for (const folder of folders) {
  const example = read("js-examples", folder, "package.json");

  test(`${folder} installs the package, and besides it only what its tests have run with`, () => {
    for (const [name, range] of packagesOf(example)) {
      if (name === "nexthink-chatbot") assert.equal(range, `^${version}`);
      else
        assert.ok(
          tested.some(([known, pinned]) => known === name && pinned === range),
          `${name} ${range}`,
        );
    }
    assert.ok("nexthink-chatbot" in example.dependencies);
  });

  test(`${folder} says in its README how it is installed and started`, () => {
    const readme = readFileSync(join(CHECKOUT, "js-examples", folder, "README.md"), "utf8");
    assert.match(readme, /^npm install$/m);
    assert.match(readme, /^npm start/m);
    assert.ok(example.scripts.start);
  });
}
