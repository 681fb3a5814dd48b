// A conversation with a person at a terminal.

import { createInterface } from "node:readline";
import { wrap } from "./layout.ts";
import { silence, type Talk, type Tone } from "./talk.ts";

/** A terminal's ends, until its input ends. */
export interface TerminalTalk extends Talk {
  /** Asks a question of the program's own. */
  ask(question: string): Promise<string | undefined>;
  close(): void;
}

/** Talks over stdin and stdout. */
export function terminalTalk(): TerminalTalk {
  const { stdin, stdout, env } = process;
  const colours = stdout.isTTY === true && !env.NO_COLOR;
  const paint = (text: string, tone: Tone) => (colours ? `\u001b[${codes[tone]}m${text}\u001b[0m` : text);
  const lines = createInterface({ input: stdin, output: stdout, terminal: stdout.isTTY === true });
  let closed = false;
  /** Who waits for an answer is told what there is. */
  let hear: ((answer: string | undefined) => void) | undefined;
  lines.on("line", (line) => hear?.(line.trim()));
  lines.once("close", () => {
    closed = true;
    hear?.(undefined);
  });
  const listen: Talk["listen"] = ({ isAsked, forMs }) => {
    if (closed) return Promise.resolve(undefined);
    if (isAsked) {
      lines.setPrompt("> ");
      lines.prompt();
    }
    // What was typed before is dropped: it is no answer to this, and must not be a consent.
    return new Promise((resolve) => {
      const timer = forMs === undefined ? undefined : setTimeout(() => end(silence), forMs);
      const end = (answer: string | typeof silence | undefined) => {
        clearTimeout(timer);
        hear = undefined;
        if (isAsked) console.log("");
        resolve(answer);
      };
      hear = end;
    });
  };
  return {
    say: (text, tone) => console.log(tone ? paint(wrap(text), tone) : wrap(text)),
    listen,
    async ask(question) {
      console.log(paint(wrap(question), "heading"));
      const answer = await listen({ isAsked: true });
      return answer === silence ? undefined : answer;
    },
    close: () => lines.close(),
  };
}

const codes: Record<Tone, number> = { heading: 1, detail: 2, good: 32, bad: 31 };
