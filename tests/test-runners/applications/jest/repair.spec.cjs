const { expect, test } = require("@jest/globals");
const { expected, repair } = require("../repair.cjs");

test("a chatbot repairs Outlook in the simulated tenant", async () => {
  expect(await repair()).toEqual(expected);
});
