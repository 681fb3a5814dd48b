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
/** @type {import("./table.mjs").Row[]} in the order of the table; what is not run stays without a result */
const rows = places.flatMap(({ runtime, isLenient, forms }) =>
  Object.keys(forms).map((form) => ({ runtime, form, isLenient: Boolean(isLenient) })),
);

writeVectors();

for (const { runtime, missing, version, forms, end } of places) {
  const skip = missing && `not run: ${missing}`;
  test(`${runtime} gives the same bytes`, { skip }, async (context) => {
    context.after(() => end?.());
    for (const [form, run] of Object.entries(forms)) {
      const row = rows.find((known) => known.runtime === runtime && known.form === form);
      Object.assign(row, { version: await version(), result: "fail" });
      await context.test(form, async () => {
        const said = (await run()).trim();
        expected ??= said;
        assert.ok(said.length > 100_000, said.slice(0, 2_000));
        assert.equal(firstDifference(said, expected), undefined);
        row.result = "pass";
      });
    }
  });
}

test("docs/compatibility.md has what came of it", () => {
  const committed = existsSync(file) ? readFileSync(file, "utf8") : "";
  const found = compatibility(rows, committed);
  if (process.env.UPDATE_COMPATIBILITY) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, found);
  } else {
    const hint = "UPDATE_COMPATIBILITY=1 npm test -- parity writes it anew";
    assert.equal(lenient(found, rows, committed), committed, hint);
  }
});
