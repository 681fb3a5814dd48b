// Other people's code in the package: only in the file of the command that needs it, and with its licences.

import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { program } from "../js/served-tenant.mjs";

const folder = dirname(program);
const lock = JSON.parse(readFileSync(join(process.env.CHECKOUT, "pkg-template", "cli", "package-lock.json"), "utf8"));

test("the licence of everything that the command is bundled with is in the package, in its locked version", () => {
  const text = readFileSync(join(folder, "THIRD-PARTY-LICENSES"), "utf8");
  const heads = [...text.matchAll(/^(\S+) (\S+) \((\S+)\)\n-{78}\n/gm)].map(([, name, version]) => [name, version]);
  const names = heads.map(([name]) => name);
  for (const name of ["@modelcontextprotocol/sdk", "@hono/node-server", "zod", "ajv"])
    assert.ok(names.includes(name), name);
  for (const [name, version] of heads) assert.equal(version, lock.packages[`node_modules/${name}`].version, name);
  const texts = text.split(/^\S+ \S+ \(\S+\)\n-{78}\n/m).slice(1);
  assert.equal(texts.length, heads.length);
  for (const licence of texts) assert.match(licence, /copyright|permission/i);
});

test("the command's file is small enough to be loaded in no time", (context) => {
  const { size } = statSync(join(folder, "mcp.mjs"));
  context.diagnostic(`${size} bytes`);
  assert.ok(size < 400_000, `${size} bytes`);
});
