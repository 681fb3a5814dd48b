import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { expected, repair } from "../repair.mjs";

test("a chatbot repairs Outlook in the simulated tenant", async () => {
  assert.deepEqual(await repair(), expected);
});

test("and with CommonJS", async () => {
  assert.deepEqual(await createRequire(import.meta.url)("../repair.cjs").repair(), expected);
});
