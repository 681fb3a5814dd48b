// `nexthink-chatbot demo`: serves a page with the chat and all that happens behind it, on this machine only. What the page
// does it does itself, with a simulated tenant: nothing but its files is served.

import { parseArgs } from "node:util";
import { openBrowser } from "./demo/browser.ts";
import { rehearse } from "./demo/rehearsal.ts";
import { serveDemo } from "./demo/server.ts";
import { toldToStop } from "./told-to-stop.ts";
import { messageOf, wrongCall } from "./wrong-call.ts";

const usage = `Serves a page on this machine: a chat with a simulated tenant, and all that happens behind it.

  --port <number>    where it listens; default 4080, or any that is free; 0 takes any that is free
  --employee <name>  the username of who sits there first
  --locale <locale>  the language at first: en, fr, de, es or ja
  --speed <number>   how much faster than ours the tenant's time passes; default 8
  --no-open          opens no browser
  --check            serves the page to itself, plays its conversations, and ends
  --help             this text
`;

/** Where the page is, unless something else is there. */
const usualPort = 4080;

/** @returns the exit code: 0 once it was told to stop or all was well, 1 where it cannot serve, 2 for a wrong call */
export async function demo(args: string[]): Promise<number> {
  let options: Options;
  try {
    options = readOptions(args);
  } catch (error) {
    return wrongCall(`${messageOf(error)} (--help tells more)`);
  }
  if (options.help) {
    process.stdout.write(usage);
    return 0;
  }
  try {
    return options.check ? await check() : await serve(options);
  } catch (error) {
    process.stderr.write(`error: ${messageOf(error)}\n`);
    return 1;
  }
}

interface Options {
  port: number | undefined;
  /** What the page is told in its address. */
  asked: string[][];
  open: boolean;
  check: boolean;
  help: boolean;
}

async function serve({ port, asked, open }: Options): Promise<number> {
  const server = await serveDemo(port ?? usualPort).catch((error) => {
    // Who named no port has none in mind.
    if (port === undefined && codeOf(error) === "EADDRINUSE") return serveDemo(0);
    throw cannotServe(error, port ?? usualPort);
  });
  // Whoever reads the address may have enough at once.
  const stopped = toldToStop();
  const query = new URLSearchParams(asked).toString();
  const address = query === "" ? server.url : `${server.url}?${query}`;
  process.stdout.write(`The demo is at ${address}\nThe tenant in it is simulated: nothing is real. Ctrl+C ends it.\n`);
  if (open) openBrowser(address);
  await stopped;
  await server.close();
  process.stdout.write("\nStopped.\n");
  return 0;
}

async function check(): Promise<number> {
  const server = await serveDemo(0);
  try {
    const mistakes = await rehearse(server.url, (line) => process.stdout.write(`${line}\n`));
    for (const mistake of mistakes) process.stdout.write(`WRONG: ${mistake}\n`);
    return mistakes.length === 0 ? 0 : 1;
  } finally {
    await server.close();
  }
}

function readOptions(args: string[]): Options {
  const flag = { type: "boolean", default: false } as const;
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args,
    options: {
      port: text,
      employee: text,
      locale: text,
      speed: text,
      "no-open": flag,
      check: flag,
      help: { ...flag, short: "h" },
    },
  });
  const { employee, locale, speed, check, help } = values;
  if (speed !== undefined && !(Number(speed) > 0)) throw new Error(`--speed takes a number above 0, not ${speed}`);
  return {
    port: values.port === undefined ? undefined : portOf(values.port),
    asked: Object.entries({ employee, locale, speed }).flatMap(([name, value]) => (value ? [[name, value]] : [])),
    open: !values["no-open"],
    check,
    help,
  };
}

function portOf(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) {
    throw new Error(`--port takes a whole number from 0 to 65535, not ${text}`);
  }
  return Number(text);
}

function cannotServe(error: unknown, port: number): Error {
  const code = codeOf(error);
  if (code === "EADDRINUSE") {
    return new Error(`port ${port} is taken: choose another with --port, or 0 for any that is free`);
  }
  if (code === "EACCES") return new Error(`port ${port} may not be used: choose one above 1023 with --port`);
  return error instanceof Error ? error : new Error(String(error));
}

const codeOf = (error: unknown) => (error instanceof Error && "code" in error ? error.code : undefined);
