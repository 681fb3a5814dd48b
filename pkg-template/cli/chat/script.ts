// One scripted conversation per playbook, for a machine without a terminal: the same conversation with the answers
// known beforehand. It checks what it sees, so that CI notices when a repair no longer works.

import type { Turn } from "nexthink-chatbot";
import { converse } from "./conversation.ts";
import { type Desk, simulatedDesk } from "./desk.ts";
import { wrap } from "./layout.ts";
import { silence, type Talk } from "./talk.ts";

interface Play {
  playbook: string;
  employee: string;
  answers: string[];
}

const plays: Play[] = [
  { playbook: "outlook", employee: "amartin", answers: ["My Outlook keeps crashing", "yes", "yes", "quit"] },
  { playbook: "onedrive", employee: "fweber", answers: ["OneDrive does not sync", "yes, please", "yes", "quit"] },
  {
    playbook: "slow-pc",
    employee: "qroux",
    // The disk cleanup is declined, and the next recommendation is offered.
    answers: ["hello?", "my PC is slow", "the blue one", "QROUX-LT", "no", "yes", "yes", "quit"],
  },
  { playbook: "disk", employee: "jcarter", answers: ["My C: drive has no space left", "yes", "yes", "quit"] },
];

/** Waiting takes no time, and the transcripts are the same every day. */
const timeless = { speed: Number.POSITIVE_INFINITY, now: "2026-11-18T09:00:00Z" };

/** Plays all of them. @returns whether each went as it should */
export async function playAll(): Promise<boolean> {
  let good = true;
  for (const play of plays) {
    const desk = simulatedDesk(timeless, "en", play.employee);
    if (!desk) throw new Error(`the simulated tenant has no employee ${play.employee}`);
    console.log(`${"=".repeat(78)}\n${play.playbook}: ${desk.name}\n${"=".repeat(78)}`);
    const turns = await converse(scriptedTalk(play.answers), desk);
    const mistakes = mistakesIn(turns, desk);
    console.log(`Requests that triggered a remote action: ${desk.simulation?.triggers()}`);
    console.log(`Outcome: ${outcomeOf(turns) ?? "none"}`);
    for (const mistake of mistakes) console.log(`WRONG: ${mistake}`);
    console.log("");
    good &&= mistakes.length === 0;
  }
  return good;
}

/** Answers each question in its turn; without an answer left, the employee has gone. */
function scriptedTalk(answers: string[]): Talk {
  const left = [...answers];
  return {
    say: (text) => console.log(wrap(text)),
    async listen({ forMs }) {
      if (forMs !== undefined) return silence;
      const answer = left.shift();
      console.log(`> ${answer ?? "(nobody answers)"}\n`);
      return answer;
    },
  };
}

/** How the first conversation ended. */
const outcomeOf = (turns: Turn[]) => turns.map(({ status }) => status).find((status) => ends.has(status));

const ends = new Set<Turn["status"]>(["solved", "escalated", "ended"]);

function mistakesIn(turns: Turn[], { simulation }: Desk): string[] {
  const expected: [string, unknown, unknown][] = [
    ["how it ended", outcomeOf(turns), "solved"],
    ["requests that triggered a remote action", simulation?.triggers(), 1],
    ["whether consent was asked for", turns.some(({ status }) => status === "awaiting-consent"), true],
  ];
  return expected
    .filter(([, seen, wanted]) => seen !== wanted)
    .map(([what, seen, wanted]) => `${what}: ${String(seen)} instead of ${String(wanted)}`);
}
