// The conversation: what the assistant says goes out, what the employee answers goes in, and time passes in between.

import { type AssistantState, NexthinkError, render, type Turn } from "nexthink-chatbot";
import type { Desk } from "./desk.ts";
import { silence, type Talk, type Tone } from "./talk.ts";
import { employeeLines, errorLines, handOver, seatLines } from "./words.ts";

/** Talks until the employee has had enough, and gives all turns that there were. */
export async function converse(talk: Talk, firstDesk: Desk): Promise<Turn[]> {
  const turns: Turn[] = [];
  let desk = firstDesk;
  say(talk, seatLines(desk));
  let turn = await begin(desk);
  for (let isLast = false; ; ) {
    turns.push(turn);
    show(talk, turn);
    if (isLast || turn.status === "ended") return turns;
    const answer = await hear(talk, desk, turn);
    if (answer === undefined) return turns;
    if (typeof answer === "object") {
      desk = answer.desk;
      say(talk, seatLines(desk));
      turn = await begin(desk);
    } else {
      // After a good end the assistant is ready for more; whoever says this is not.
      isLast = answer === "quit";
      turn = await next(talk, desk, turn, answer);
    }
  }
}

const begin = ({ assistant, employee }: Desk) => assistant.start({ employee });

/** The employee's answer, that there is none yet, the desk to go on at, or nothing where nobody is left to answer. */
async function hear(talk: Talk, desk: Desk, { expects, resumeAfterMs }: Turn) {
  for (;;) {
    if (resumeAfterMs === 0) return silence;
    const forMs = resumeAfterMs === undefined ? undefined : desk.waits(resumeAfterMs);
    const answer = await talk.listen({ isAsked: expects !== "nothing", ...(forMs !== undefined && { forMs }) });
    if (answer === silence && resumeAfterMs !== undefined) desk.pass(resumeAfterMs);
    if (answer === undefined || answer === silence) return answer;
    const seated = atDesk(talk, desk, answer);
    if (!seated) return answer;
    if (seated !== desk) return { desk: seated };
  }
}

async function next(talk: Talk, desk: Desk, turn: Turn, answer: string | typeof silence): Promise<Turn> {
  const { assistant } = desk;
  const state: AssistantState = turn.state;
  try {
    return answer === silence ? await assistant.resume(state) : await assistant.reply(state, { text: answer });
  } catch (error) {
    if (!NexthinkError.is(error) || error.kind !== "consent") throw error;
    // The conversation was left open for a week.
    talk.say(errorLines(error).join("\n"), "bad");
    return begin(desk);
  }
}

/** Words to the program instead of the assistant: who is there, and being someone else. The desk to go on at. */
function atDesk(talk: Talk, desk: Desk, text: string): Desk | undefined {
  const { simulation } = desk;
  const [word, ...rest] = text.trim().toLowerCase().split(/\s+/);
  if (!simulation || (word !== "employees" && word !== "employee")) return undefined;
  const name = rest.join(" ");
  if (word === "employees" || name === "") {
    say(talk, employeeLines(simulation));
    return desk;
  }
  const other = simulation.seat(name);
  if (!other) talk.say(`There is no employee called ${name}; \`employees\` lists whom you can be.`);
  return other ?? desk;
}

function show(talk: Talk, turn: Turn): void {
  const text = render(turn, "text");
  if (text !== "") talk.say(`${text}\n`, toneOf(turn));
  if (turn.escalation) talk.say(handOver(turn.escalation), "detail");
}

function toneOf({ messages }: Turn): Tone | undefined {
  if (messages.some(({ kind }) => kind === "warning")) return "bad";
  if (messages.some(({ kind }) => kind === "success")) return "good";
  return undefined;
}

const say = (talk: Talk, lines: string[]) => talk.say(lines.join("\n"));
