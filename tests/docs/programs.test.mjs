// The programs on the pages: each fits the package's types; each that needs nothing of the reader's own runs, against the
// simulated tenant.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { runElsewhere } from "./exceptions.mjs";
import { mistakes, onPage, programs, runProgram, writePrograms } from "./programs.mjs";

writePrograms();
const withSurroundings = mistakes({ surroundings: true });
const alone = mistakes({ surroundings: false });
const isWhole = ({ path, language, code }) =>
  language !== "ts" && alone.get(path).length === 0 && !runElsewhere.some(({ has }) => has.test(code));

for (const program of programs) {
  test(`${program.file}:${program.line} fits the types`, () => {
    assert.deepEqual(
      withSurroundings.get(program.path).map((mistake) => onPage(program, mistake)),
      [],
    );
  });
}

const folder = mkdtempSync(join(tmpdir(), "nexthink-chatbot-docs-"));
const columns = "device.collector.uid,device.name,user.name,free_space";
writeFileSync(join(folder, "devices.csv"), `${columns}\nu-1,AMARTIN-LT,amartin,3\nu-2,FWEBER-LT,fweber,300\n`);
test.after(() => rmSync(folder, { recursive: true }));

for (const program of programs.filter(isWhole)) {
  test(`${program.file}:${program.line} runs`, () => {
    const said = runProgram(program, folder);
    // A program that prints where it is read prints where it is run.
    if (/^\s*(?:for .*)?console\.log/m.test(program.code) && !/\bfunction\b/.test(program.code))
      assert.notEqual(said, "");
  });
}

test("programs of the page for npm and of the README are among those that run", () => {
  const pages = new Set(programs.filter(isWhole).map(({ file }) => file));
  for (const page of ["README.md", "pkg-template/README.md", "docs/getting-started.md", "docs/simulator.md"]) {
    assert.ok(pages.has(page), page);
  }
});
