// `nexthink-chatbot chat`. With a terminal: a conversation with whoever sits there. Without one: a scripted conversation per
// playbook. The tenant is simulated, unless the environment names a real one.

import { parseArgs } from "node:util";
import { converse } from "./chat/conversation.ts";
import { type Desk, realDesk, simulatedDesk } from "./chat/desk.ts";
import { playAll } from "./chat/script.ts";
import { terminalTalk } from "./chat/terminal.ts";
import { errorLines } from "./chat/words.ts";
import { tenantVariables, tenantVariablesOf } from "./environment.ts";

const help = `A chat that diagnoses and repairs an employee's device with Nexthink.

  --employee NAME   who you are, in the simulated tenant
  --locale LOCALE   the language: en, fr, de, es or ja. Default: en
  --help            this text

Without a terminal it plays one scripted conversation per playbook.
A real tenant: set ${tenantVariables.slice(0, 2).join(", ")},
${tenantVariables.slice(2).join(" and ")}; if needed also NEXTHINK_API_URL,
NEXTHINK_TOKEN_URL and NEXTHINK_EMPLOYEE (a username).`;

/** How much faster than ours the simulated tenant's time passes: a repair takes seconds. */
const speed = 20;

/** @returns the exit code: 0 for success, 1 for failure, 2 for a wrong call */
export async function chat(args: string[]): Promise<number> {
  try {
    return await begin(args);
  } catch (error) {
    console.error(errorLines(error).join("\n"));
    return 1;
  }
}

async function begin(args: string[]): Promise<number> {
  const options = readOptions(args);
  if (typeof options === "string") return wrongCall(options);
  if (options.help) {
    console.log(help);
    return 0;
  }
  const { given, missing } = tenantVariablesOf(process.env);
  if (given.length > 0 && missing.length > 0) return wrongCall(`for a real tenant, also set ${missing.join(", ")}`);
  const real = given.length > 0;
  const { employee, locale = "en" } = options;
  if (process.stdin.isTTY) return talkTo(real, locale, employee);
  if (real) return wrongCall("a chat with a real tenant needs a terminal");
  return (await playAll()) ? 0 : 1;
}

async function talkTo(real: boolean, locale: string, employee: string | undefined): Promise<number> {
  const talk = terminalTalk();
  try {
    let desk: Desk | undefined;
    if (real) {
      const username = employee ?? (process.env.NEXTHINK_EMPLOYEE || (await talk.ask("What is your username?")));
      if (!username) return 0;
      desk = realDesk(process.env, locale, username);
    } else {
      desk = simulatedDesk({ speed }, locale, employee);
      if (!desk) return wrongCall(`the simulated tenant has no employee ${employee}`);
    }
    await converse(talk, desk);
    return 0;
  } finally {
    talk.close();
  }
}

function readOptions(args: string[]): { employee?: string; locale?: string; help?: boolean } | string {
  const options = {
    employee: { type: "string" },
    locale: { type: "string" },
    help: { type: "boolean", short: "h" },
  } as const;
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function wrongCall(message: string): number {
  console.error(`error: ${message} (--help tells more)`);
  return 2;
}
