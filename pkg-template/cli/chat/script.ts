// One scripted conversation per playbook, for a machine without a terminal: the same conversation with the answers
// known beforehand. It checks what it sees, so that CI notices when a repair no longer works.

import { converse, type Outcome } from "./conversation.ts";
import { type Desk, simulatedDesk } from "./desk.ts";
import { wrap } from "./layout.ts";
import type { About, Talk } from "./talk.ts";

interface Play {
  playbook: string;
  employee: string;
  answers: Partial<Record<About, string[]>>;
}

const plays: Play[] = [
  {
    playbook: "outlook",
    employee: "amartin",
    answers: { problem: ["My Outlook keeps crashing"], consent: ["yes"], later: ["yes"], helped: ["yes"] },
  },
  {
    playbook: "onedrive",
    employee: "fweber",
    answers: { problem: ["OneDrive does not sync"], consent: ["yes, please"], later: ["ok"], helped: ["yes"] },
  },
  {
    playbook: "slow-pc",
    employee: "qroux",
    answers: {
      problem: ["hello?", "my PC is slow"],
      device: ["the blue one", "QROUX-LT"],
      // The disk cleanup is declined, and the next recommendation is offered.
      consent: ["no", "yes"],
      later: ["yes"],
      helped: ["yes"],
    },
  },
  {
    playbook: "disk",
    employee: "jcarter",
    answers: { problem: ["My C: drive has no space left"], consent: ["yes"], later: ["yes"], helped: ["yes"] },
  },
];

/** Waiting takes no time, and the transcripts are the same every day. */
const timeless = { speed: Number.POSITIVE_INFINITY, now: "2026-11-18T09:00:00Z" };

/** Plays all of them. @returns whether each went as it should */
export async function playAll(): Promise<boolean> {
  let good = true;
  for (const play of plays) {
    const desk = simulatedDesk(timeless, play.employee);
    if (!desk) throw new Error(`the simulated tenant has no employee ${play.employee}`);
    console.log(`${"=".repeat(78)}\n${play.playbook}: ${desk.name}\n${"=".repeat(78)}`);
    const [outcome] = await converse(scriptedTalk(play.answers), desk);
    const mistakes = mistakesIn(outcome, desk);
    console.log(`Requests that triggered a remote action: ${desk.simulation?.triggers()}`);
    console.log(`Outcome: ${outcome?.ended ?? "no problem was recognised"}`);
    for (const mistake of mistakes) console.log(`WRONG: ${mistake}`);
    console.log("");
    good &&= mistakes.length === 0;
  }
  return good;
}

/** Answers each question by what it is about; without an answer left, the employee has gone. */
function scriptedTalk(answers: Play["answers"]): Talk {
  const left = structuredClone(answers);
  return {
    say: (text) => console.log(wrap(text)),
    async ask(question, about) {
      const answer = left[about]?.shift();
      console.log(`${wrap(question)}\n> ${answer ?? "(nobody answers)"}\n`);
      return answer;
    },
  };
}

function mistakesIn(outcome: Outcome | undefined, { simulation }: Desk): string[] {
  const expected: [string, unknown, unknown][] = [
    ["how it ended", outcome?.ended, "solved"],
    ["requests that triggered a remote action", simulation?.triggers(), 1],
    ["runs", outcome?.runs?.length, 1],
    ["how the run ended", outcome?.runs?.[0]?.state, "succeeded"],
    ["whether it changed anything, at once and after the data was collected", outcome?.looks?.join(), "unknown,true"],
    ["whether it helped", outcome?.runs?.[0]?.solved, true],
  ];
  return expected
    .filter(([, seen, wanted]) => seen !== wanted)
    .map(([what, seen, wanted]) => `${what}: ${String(seen)} instead of ${String(wanted)}`);
}
