// What the pages tell of sizes, versions and options is so.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const { CHECKOUT } = process.env;
const home = dirname(createRequire(import.meta.url).resolve("nexthink-chatbot/package.json"));
const read = (...path) => readFileSync(join(CHECKOUT, ...path), "utf8");
const { sizes } = await import(pathToFileURL(join(CHECKOUT, "scripts", "docs", "sizes.mjs")).href);

test("the sizes in the README are those of the package, to a few per cent", () => {
  const readme = read("README.md");
  for (const [part, bytes] of sizes(home)) {
    const row = readme.split("\n").find((line) => line.replace("| + ", "| ").startsWith(`| ${part} |`));
    const [, told] = /\| (\d+) kB \|$/.exec(row ?? "") ?? [];
    const close = Math.abs(Number(told) * 1_000 - bytes) <= Math.max(600, bytes * 0.03);
    assert.ok(close, `${part}: ${bytes} bytes, and the README says ${told} kB: npm run bench -- --figures`);
  }
});

test("the README can be read in a few minutes", () => {
  assert.ok(read("README.md").split("\n").length <= 250);
});

test("there is one version, wherever it stands", async () => {
  const { versions } = await import(pathToFileURL(join(CHECKOUT, "scripts", "version-places.mjs")).href);
  const { version } = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
  for (const { file, versions: found } of versions()) {
    assert.deepEqual([...new Set(found)], [version], `${file}: npm run set-version -- ${version}`);
  }
  const [, latest] = /^## \[(\d[^\]]*)\]/m.exec(read("CHANGELOG.md"));
  assert.equal(latest, version, "CHANGELOG.md");
});

test("the page on options names every option of a client, and no other", () => {
  const types = readFileSync(join(home, "types", "options.d.mts"), "utf8");
  const [, body] = /interface ClientOptions \{([\s\S]*?)\n\}/.exec(types);
  const options = [...body.matchAll(/^ {4}(\w+)\??:/gm)].map(([, name]) => name);
  assert.ok(options.length > 20);
  const [, table] = /## The options of a client\n([\s\S]*?)\n## /.exec(read("docs", "operations.md"));
  const cells = table
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) => line.split(" | ")[0]);
  const told = cells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name));
  assert.deepEqual(told.toSorted(), options.toSorted());
});

test("the page on errors has every kind, and the page on events every type", () => {
  const types = readFileSync(join(home, "types", "generated", "types.d.mts"), "utf8");
  const words = (text) => [...text.matchAll(/"([a-z-]+)"/g)].map(([, word]) => word);
  const [, kinds] = /type ErrorKind = (.*);/.exec(types);
  const [, events] = /type ClientEvent = ([\s\S]*?)\n(?:\/\*\*|export)[\s\S]*?type LimitReason/.exec(types);
  const eventTypes = [...events.matchAll(/"?type"?: "([a-z-]+)"/g)].map(([, word]) => word);
  assert.ok(eventTypes.length >= 6);
  const [, kindTable] = /## Kinds\n([\s\S]*?)\n\nA webhook/.exec(read("docs", "errors.md"));
  const firsts = (table) => [...table.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, word]) => word).slice(1); // without the head
  assert.deepEqual(firsts(kindTable).toSorted(), words(kinds).toSorted());
  const [, eventTable] = /## Events\n([\s\S]*?)\n## /.exec(read("docs", "events.md"));
  assert.deepEqual(firsts(eventTable).toSorted(), eventTypes.toSorted());
});
