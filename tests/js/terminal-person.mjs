// A program in a process of its own, and a person before it who reads what it prints and answers.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Starts a program with nothing in its environment but what is given.
 *
 * @param {import("node:test").TestContext} context ends it with the test
 * @param {URL} program
 * @param {Record<string, string>} [variables]
 */
export function sitBefore(context, program, variables = {}) {
  const file = fileURLToPath(program);
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [file], { cwd: dirname(file), env: { PATH, HOME, ...variables } });
  const closed = once(child, "close");
  context.after(() => {
    child.kill("SIGKILL");
    return closed;
  });
  let output = "";
  let read = 0;
  let told = () => {};
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      output += text;
      told();
    });
  }
  return {
    /** All that it has printed. */
    output: () => output,
    /** Reads on until something is there, and gives all that was read. What was read before does not count. */
    async reads(pattern) {
      for (;;) {
        const news = output.slice(read);
        const found = pattern.exec(news);
        if (found) {
          read += found.index + found[0].length;
          return news.slice(0, found.index + found[0].length);
        }
        const printed = new Promise((resolve) => {
          told = resolve;
        });
        await Promise.race([printed, closed]);
        if (child.exitCode !== null && !pattern.test(output.slice(read))) {
          throw new Error(`the program ended before ${pattern}: ${output}`);
        }
      }
    },
    /** Types a line. */
    types: (line) => child.stdin.write(`${line}\n`),
    /** The exit code, once it has ended. */
    ended: () => closed.then(([code]) => code),
  };
}
