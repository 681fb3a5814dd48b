// A conversation with a person at a terminal.

import { createInterface } from "node:readline";
import { wrap } from "./layout.ts";
import type { Talk, Tone } from "./talk.ts";

/** Talks over stdin and stdout until the input ends. */
export function terminalTalk(): Talk & { close(): void } {
  const { stdin, stdout, env } = process;
  const colours = stdout.isTTY === true && !env.NO_COLOR;
  const paint = (text: string, tone: Tone) => (colours ? `\u001b[${codes[tone]}m${text}\u001b[0m` : text);
  const lines = createInterface({ input: stdin, output: stdout, terminal: stdout.isTTY === true });
  let closed = false;
  let stopWaiting = () => {};
  lines.once("close", () => {
    closed = true;
    stopWaiting();
  });
  return {
    say: (text, tone) => console.log(tone ? paint(wrap(text), tone) : wrap(text)),
    ask(question) {
      if (closed) return Promise.resolve(undefined);
      console.log(paint(wrap(question), "heading"));
      // What was typed before the question is dropped: it is no answer to it, and must not be a consent.
      return new Promise((resolve) => {
        stopWaiting = () => resolve(undefined);
        lines.question("> ", (answer) => {
          console.log("");
          resolve(answer.trim());
        });
      });
    },
    close: () => lines.close(),
  };
}

const codes: Record<Tone, number> = { heading: 1, detail: 2, good: 32, bad: 31 };
