// The commands on the pages, taken apart as a shell does.

import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { program } from "../js/served-tenant.mjs";
import { blocks } from "./markdown.mjs";

const { CHECKOUT } = process.env;

/** @returns {{ file: string, line: number, words: string[] }[]} */
export const commands = blocks
  .filter(({ language }) => language === "sh")
  .flatMap(({ file, line, code }) =>
    // A line that ends in a backslash goes on in the next one.
    code
      .replaceAll(/\\\n\s*/g, " ")
      .split("\n")
      .flatMap((text, at) => {
        const [command] = text.split(/(?:^|\s)#\s/);
        const parts = command.split(/\s(?:\||&&|>)\s/);
        const output = / > /.test(command) ? parts.slice(0, -1) : parts;
        return output
          .map((part) => wordsOf(part))
          .filter((words) => words.length > 0)
          .map((words) => ({ file, line: line + at, words }));
      }),
  );

function wordsOf(text) {
  return [...text.matchAll(/'[^']*'|"[^"]*"|\S+/g)].map(([word]) => word);
}

/** The scripts that `npm run` has where a page's reader stands: in the example, else in the checkout. */
export function scriptsAt(file) {
  const beside = join(CHECKOUT, dirname(file), "package.json");
  const isExample = file.startsWith("js-examples/") && existsSync(beside);
  return JSON.parse(readFileSync(isExample ? beside : join(CHECKOUT, "package.json"), "utf8")).scripts ?? {};
}

const helps = new Map();

/** What a command of the package says of itself; undefined where there is no such command. */
export function helpOf(command) {
  if (!helps.has(command)) {
    const { status, stdout } = spawnSync(process.execPath, [program, command, "--help"], { encoding: "utf8" });
    helps.set(command, status === 0 ? stdout : undefined);
  }
  return helps.get(command);
}

/** What `npm run bench` says of itself. */
export function helpOfBench() {
  return execFileSync(process.execPath, [join(CHECKOUT, "bench", "client", "main.mjs"), "--help"], {
    encoding: "utf8",
  });
}

/** The suites of `npm test`. */
export function suites() {
  const { stderr } = spawnSync(process.execPath, [join(CHECKOUT, "scripts", "test.mjs"), "?"], { encoding: "utf8" });
  const [, list] = /npm test -- (.*)$/m.exec(stderr) ?? [];
  return list?.split(" | ") ?? [];
}
