// What an answer means. People answer in their own words, and may stop at any question.

import type { About, Talk } from "./talk.ts";

export type YesNoStop = "yes" | "no" | "stop";

/** Asks until the answer is a yes, a no or a stop. When nobody is left to answer, it is a stop. */
export async function askYesNo(talk: Talk, question: string, about: About): Promise<YesNoStop> {
  for (;;) {
    const answer = await talk.ask(`${question} (yes / no)`, about);
    if (answer === undefined || isStop(answer)) return "stop";
    const word = plain(answer);
    if (yes.has(word)) return "yes";
    if (no.has(word)) return "no";
    talk.say("Please answer yes or no. With stop I leave it at that, and nothing more is triggered.");
  }
}

/** Whether someone wants to end this. */
export function isStop(answer: string): boolean {
  return stop.has(plain(answer));
}

/** Whether someone says no to whatever it is. */
export function isNo(answer: string): boolean {
  return no.has(plain(answer));
}

/** Lower case, without marks: "Yes, please!" is "yes please". */
export function plain(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFKC")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

const yes = new Set([
  ...["yes", "y", "yeah", "yep", "yes please", "please", "please do", "sure", "ok", "okay"],
  ...["do it", "go ahead", "of course", "it did", "yes it did", "i agree"],
]);
const no = new Set([
  ...["no", "n", "nope", "no thanks", "no thank you", "not now", "not yet", "skip", "next"],
  ...["rather not", "it did not", "it didn t", "no it did not", "never", "nothing", "none"],
]);
const stop = new Set(["stop", "quit", "exit", "bye", "goodbye", "cancel", "abort", "end", "q"]);
