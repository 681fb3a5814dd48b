// js-examples/cmdb, with the simulated tenant. Its SQLite is that of Node 22, which comes from npm where this Node is older.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { temporaryFolder } from "./workerd/running-worker.mjs";

const [major, minor] = process.versions.node.split(".").map(Number);
const fromNpm = join(process.env.CHECKOUT, "tests", "runtimes", "node_modules", "node22", "bin", "node");
const node = major > 22 || (major === 22 && minor >= 13) ? process.execPath : fromNpm;
const options = {
  timeout: 60_000,
  skip: existsSync(node)
    ? false
    : "there is no Node with SQLite for this platform: run the tests with Node 22.13 or later",
};

/** Runs a program in this folder or the example's, and gives what it has printed. */
async function run(program, env = {}) {
  const flags = ["--disable-warning=ExperimentalWarning"];
  const { stdout } = await promisify(execFile)(node, [...flags, fileURLToPath(new URL(program, import.meta.url))], {
    env: { ...process.env, ...env },
  });
  return stdout;
}

test("exports bring a table of devices up to date, in whichever order they come", options, async () => {
  const outcomes = JSON.parse(await run("cmdb/outcomes.mjs"));
  assert.deepEqual(outcomes, {
    "every device of the tenant has one row, as the tenant has it": true,
    "the same export again changes nothing": true,
    "a newer export brings a new owner and a later sight, and keeps the first": true,
    "a device that has vanished keeps its row, with when it was last seen": true,
    "an older export changes nothing that a newer one has said": true,
    "a device that only an older export knows comes in": true,
    "an export that breaks off leaves what has arrived, and is taken again": true,
    "what names no device makes no row": true,
    "a row that cannot be written says why, and what is taken next is there": true,
    "the table outlives its process": true,
  });
});

test("the example runs, and twice gives the same table", options, async (context) => {
  const CMDB_FILE = join(temporaryFolder(context), "cmdb.sqlite");
  const [first, second] = [
    await run("../../js-examples/cmdb/main.mjs", { CMDB_FILE }),
    await run("../../js-examples/cmdb/main.mjs", { CMDB_FILE }),
  ];
  assert.match(first, /^200 devices taken; the table has 200\n/);
  assert.match(first, /AMARTIN-LT.*amartin/);
  // The second tenant is a few seconds older, and its devices are seen again.
  assert.match(second, /^200 devices taken; the table has 200\n/);
});
