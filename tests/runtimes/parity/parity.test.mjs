// The installed package in every runtime that it is for: one scenario, and the same bytes out of all of them. What came of
// it is the table of docs/compatibility.md.

import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { firstDifference } from "./first-difference.mjs";
import { browsers } from "./places/browsers.mjs";
import { programs } from "./places/programs.mjs";
import { sandboxes } from "./places/sandboxes.mjs";
import { workers } from "./places/workers.mjs";
import { writeVectors } from "./project.mjs";
import { compatibility, lenient } from "./table.mjs";

const places = [...programs, ...workers, ...sandboxes, ...browsers];
const file = join(process.env.CHECKOUT, "docs", "compatibility.md");
/** What Node 20 says to `import`, which all others must say, too. */
let expected;
/** @type {import("./table.mjs").Row[]} */
const rows = [];

writeVectors();

for (const { runtime, missing, isLenient, version, forms, end } of places) {
  const skip = missing && `not run: ${missing}`;
  const place = { runtime, isLenient: Boolean(isLenient) };
  test(`${runtime} says what Node.js 20 says`, { skip }, async (context) => {
    context.after(() => end?.());
    for (const [form, run] of Object.entries(forms)) {
      const row = { ...place, form, version: await version(), result: "fail" };
      rows.push(row);
      await context.test(form, async () => {
        const said = (await run()).trim();
        expected ??= said;
        assert.ok(said.length > 100_000, said.slice(0, 2_000));
        assert.equal(firstDifference(said, expected), undefined);
        row.result = "pass";
      });
    }
  });
  if (skip) for (const form of Object.keys(forms)) rows.push({ ...place, form });
}

test("docs/compatibility.md has what came of it", () => {
  const order = places.flatMap(({ runtime, forms }) => Object.keys(forms).map((form) => `${runtime} ${form}`));
  const sorted = order.map((key) => rows.find(({ runtime, form }) => key === `${runtime} ${form}`));
  const committed = existsSync(file) ? readFileSync(file, "utf8") : "";
  const found = compatibility(sorted, committed);
  if (process.env.UPDATE_COMPATIBILITY) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, found);
  } else {
    const hint = "UPDATE_COMPATIBILITY=1 npm test -- parity writes it anew";
    assert.equal(lenient(found, sorted, committed), committed, hint);
  }
});
