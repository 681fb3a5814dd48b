// The package in the test runners of its users, each as it comes: their tests import it and its simulated tenant.

import assert from "node:assert/strict";
import { cpSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { application, run } from "./program.mjs";

const passing = async (file, args, options) => {
  const { code, output } = await run(file, args, options);
  assert.equal(code, 0, output);
  return output;
};

test("Vitest", async () => {
  const output = await passing("vitest/vitest.mjs", ["run"], { cwd: application("vitest") });
  assert.match(output, /Tests {2}1 passed \(1\)/);
});

test("Jest, with CommonJS as it is by default", async () => {
  const output = await passing("jest/bin/jest.js", [], { cwd: application("jest") });
  assert.match(output, /Tests: +1 passed, 1 total/);
});

test("Jest, with ES modules", async () => {
  const env = { NODE_OPTIONS: "--experimental-vm-modules" };
  const output = await passing("jest/bin/jest.js", [], { cwd: application("jest-modules"), env });
  assert.match(output, /Tests: +1 passed, 1 total/);
});

test("node --test", async () => {
  const output = await passing("", ["--test", "--test-reporter=tap", "repair.spec.mjs"], { cwd: application("node") });
  assert.match(output, /^# pass 2$/m);
});

test("Vitest in workerd, with @cloudflare/vitest-pool-workers", async (context) => {
  // A project of its own: the pool looks for what it loads in one folder with its node_modules.
  const project = fileURLToPath(new URL("project", import.meta.url));
  context.after(() => rmSync(project, { recursive: true, force: true }));
  cpSync(application(""), project, { recursive: true });
  const home = dirname(createRequire(import.meta.url).resolve("nexthink-chatbot/package.json"));
  cpSync(home, join(project, "node_modules", "nexthink-chatbot"), { recursive: true });
  const output = await passing("vitest/vitest.mjs", ["run"], { cwd: join(project, "workers") });
  assert.match(output, /Tests {2}1 passed \(1\)/);
});
