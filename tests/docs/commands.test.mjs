// The commands on the pages exist, and know their options.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { commands, helpOf, helpOfBench, scriptsAt, suites } from "./commands.mjs";
import { otherPrograms } from "./exceptions.mjs";

const { CHECKOUT } = process.env;
const otherOf = (words) => Object.keys(otherPrograms).find((other) => `${words.join(" ")} `.startsWith(`${other} `));

/** What is wrong with a command; nothing where all is well. */
function faultOf({ file, words }) {
  const [first, second, third] = words;
  const rest = words.slice(words.indexOf("--") + 1);
  if (first === "npx" && second === "nexthink-chatbot") return faultOfOurs(third, words.slice(3));
  if (first === "node") return existsFor(file, second) ? undefined : `there is no ${second}`;
  if (first !== "npm") return otherOf(words) ? undefined : "nobody knows this program";
  if (["install", "i"].includes(second)) return words.slice(2).every(isPackage) ? undefined : "installs something else";
  if (otherOf(words)) return undefined;
  const script = second === "run" ? third : second;
  if (!(script in scriptsAt(file))) return `there is no script ${script}`;
  if (!words.includes("--") || file.startsWith("js-examples/")) return undefined;
  if (script === "nexthink-chatbot") return faultOfOurs(rest[0], rest.slice(1));
  if (script === "simulate") return faultOfOurs("simulate", rest);
  if (script === "bench") return missing(helpOfBench(), rest);
  if (script === "test") return suites().includes(rest[0]) ? undefined : `there is no suite ${rest[0]}`;
  return `nobody knows the options of ${script}`;
}

function faultOfOurs(command, words) {
  const help = helpOf(command);
  return help === undefined ? `there is no command ${command}` : missing(help, words);
}

function missing(help, words) {
  const option = words.find((word) => word.startsWith("--") && !new RegExp(`${word}\\b`).test(help));
  return option && `there is no option ${option}`;
}

const isPackage = (word) => word === "nexthink-chatbot" || word.startsWith("-");

/** A file of the example, or one that the page has the reader save. */
function existsFor(file, name) {
  if (existsSync(join(CHECKOUT, dirname(file), name))) return true;
  return readFileSync(join(CHECKOUT, file), "utf8").includes(`as \`${name}\``);
}

for (const command of commands) {
  test(`${command.file}:${command.line} ${command.words.join(" ")}`, () => assert.equal(faultOf(command), undefined));
}

test("every other program is still on a page", () => {
  const used = new Set(commands.map(({ words }) => otherOf(words)));
  assert.deepEqual(
    Object.keys(otherPrograms).filter((other) => !used.has(other)),
    [],
  );
});
