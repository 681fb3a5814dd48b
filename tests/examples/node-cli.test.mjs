// js-examples/node-cli, in a process, by somebody who answers what it asks.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../../js-examples/node-cli/main.mjs", import.meta.url));

/** Runs it, and answers its questions in order. Gives all that was on the screen, without the answers. */
async function talk(...answers) {
  const child = spawn(process.execPath, [program], { stdio: ["pipe", "pipe", "inherit"], timeout: 60_000 });
  let screen = "";
  let asked = 0;
  for await (const text of child.stdout.setEncoding("utf8")) {
    screen += text;
    const questions = screen.split("[y/N] ").length - 1;
    if (questions > asked) child.stdin.write(`${answers[asked++]}\n`);
  }
  assert.equal(asked, answers.length);
  return screen;
}

const question = "AMARTIN-LT: Outlook is working offline. May I run “Set Outlook online”, which is safe? [y/N] ";

test("after a yes the remote action runs to its end, and has helped", async () => {
  const screen = await talk("y", "yes");
  assert.ok(screen.startsWith(question));
  assert.match(screen, /succeeded\nDid it help\? \[y\/N\] Good\.\n$/);
});

test("after a no nothing is changed", async () => {
  assert.equal(await talk("n"), `${question}Nothing was changed.\n`);
});

test("what has not helped is told as the service desk wants to know it", async () => {
  const screen = await talk("y", "n");
  assert.match(screen, /Did it help\? \[y\/N\] .*amartin.*AMARTIN-LT.*Set Outlook online/s);
});
