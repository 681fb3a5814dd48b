// The conversation: the employee's words, the device, the diagnosis, one recommendation after the other, and the end.

import { type Device, type PlaybookSummary, playbooks } from "nexthink-chatbot";
import { isNo, isStop, plain } from "./answer.ts";
import type { Desk } from "./desk.ts";
import { deviceRow, diagnosisLines } from "./diagnosis-words.ts";
import { table } from "./layout.ts";
import { type Case, tryRecommendation } from "./repair.ts";
import { playbookFor } from "./symptom.ts";
import type { Talk } from "./talk.ts";
import { employeeLines, errorLines, farewell, greeting, handOver, notUnderstood } from "./words.ts";

/** What came of one problem. */
export interface Outcome extends Partial<Case> {
  playbook: string;
  ended: "solved" | "advised" | "handed over" | "stopped" | "failed";
  error?: unknown;
}

/** Talks until the employee has had enough, and tells what came of each problem. */
export async function converse(talk: Talk, firstDesk: Desk): Promise<Outcome[]> {
  const known = playbooks.list();
  const outcomes: Outcome[] = [];
  let desk = firstDesk;
  say(talk, greeting(desk));
  const [first, next] = ["What is the matter?", "Is anything else the matter?"];
  for (let question = first; ; ) {
    const text = await talk.ask(question, "problem");
    if (text === undefined || isStop(text) || isNo(text)) break;
    const seated = atDesk(talk, desk, text);
    if (seated) {
      if (seated !== desk) {
        say(talk, greeting(seated));
        question = first;
      }
      desk = seated;
      continue;
    }
    const playbook = playbookFor(text, known);
    if (playbook) {
      outcomes.push(await solve(talk, desk, playbook));
      question = next;
    } else {
      say(talk, notUnderstood(known));
    }
  }
  talk.say(farewell(outcomes.flatMap(({ runs }) => runs ?? [])));
  return outcomes;
}

/** Words to the program instead of the service desk: who is there, and being someone else. The desk to go on at. */
function atDesk(talk: Talk, desk: Desk, text: string): Desk | undefined {
  const { simulation } = desk;
  const [word, ...rest] = plain(text).split(" ");
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

async function solve(talk: Talk, desk: Desk, playbook: PlaybookSummary): Promise<Outcome> {
  let found: Case | undefined;
  try {
    talk.say(`That sounds like: ${playbook.title.en ?? playbook.id}.`);
    const device = await chooseDevice(talk, await desk.nexthink.identify(desk.employee));
    if (!device) return { playbook: playbook.id, ended: "stopped" };
    const diagnosis = await desk.nexthink.diagnose(playbook.id, device);
    found = { device, diagnosis, runs: [], looks: [] };
    const ended = await goThrough(talk, desk, found);
    return { playbook: playbook.id, ended, ...found };
  } catch (error) {
    talk.say(errorLines(error).join("\n"), "bad");
    if (found) say(talk, handOver(found, desk));
    return { playbook: playbook.id, ended: "failed", error, ...found };
  }
}

async function goThrough(talk: Talk, desk: Desk, found: Case): Promise<Outcome["ended"]> {
  const { diagnosis, device } = found;
  if (!diagnosis.applicable) {
    talk.say(`${device.name} runs ${device.platform ?? "an unknown system"}, for which I have no remedies.`);
    say(talk, handOver(found, desk));
    return "handed over";
  }
  say(talk, [...diagnosisLines(diagnosis), ""]);
  for (const recommendation of diagnosis.recommendations) {
    const ending = await tryRecommendation(talk, desk, found, recommendation);
    if (ending === "solved") {
      talk.say("Good. I am glad.", "good");
      return "solved";
    }
    if (ending === "advised") {
      talk.say("Good. If that does not help, come back and I look again.");
      return "advised";
    }
    if (ending === "stop") {
      talk.say("I leave it at that: nothing more is triggered.");
      return "stopped";
    }
  }
  talk.say(
    diagnosis.recommendations.length > 0
      ? "I have nothing more to offer."
      : "There is nothing here that I can repair. That is no proof that nothing is wrong.",
  );
  say(talk, handOver(found, desk));
  return "handed over";
}

async function chooseDevice(talk: Talk, devices: Device[]): Promise<Device | undefined> {
  const [first, second] = devices;
  if (!first) {
    talk.say("Nexthink knows no device of yours from the last days. Please call the service desk.");
    return undefined;
  }
  if (!second) {
    talk.say(`Your device: ${deviceRow(first).filter(Boolean).join(", ")}.`);
    return first;
  }
  talk.say(`You have ${devices.length} devices:`);
  talk.say(table(devices.map((device, at) => [`  ${at + 1}`, ...deviceRow(device)])));
  for (;;) {
    const answer = await talk.ask("Which one is it? (a number or a name)", "device");
    if (answer === undefined || isStop(answer) || isNo(answer)) return undefined;
    const chosen = devices[Number(answer) - 1] ?? onlyOne(devices, answer);
    if (chosen) return chosen;
    talk.say(`Please type a number from 1 to ${devices.length} or the name of one of these devices; stop ends it.`);
  }
}

/** The device whose name holds the answer, or whose type the answer names, if there is just one. */
function onlyOne(devices: Device[], answer: string): Device | undefined {
  const words = plain(answer);
  const meant = devices.filter(({ name, type }) => {
    const isNamed = words !== "" && plain(name).includes(words);
    return isNamed || (type !== undefined && words.includes(plain(type)));
  });
  return meant.length === 1 ? meant[0] : undefined;
}

const say = (talk: Talk, lines: string[]) => talk.say(lines.join("\n"));
