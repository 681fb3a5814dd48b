import { expect, test } from "vitest";
import { expected, repair } from "../repair.mjs";

test("a chatbot repairs Outlook in the simulated tenant", async () => {
  expect(await repair()).toEqual(expected);
});
