// `nexthink-chatbot demo`: serves a page with the chat and all that happens behind it, on this machine only. What the page
// does it does itself, with a simulated tenant: nothing but its files is served.

import { parseArgs } from "node:util";
import { openBrowser } from "./demo/browser.ts";
import { rehearse } from "./demo/rehearsal.ts";
import { serveDemo } from "./demo/server.ts";
import { cannotListen, isTaken } from "./listening.ts";
import { portOf, positive } from "./number-options.ts";
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
    if (port === undefined && isTaken(error)) return serveDemo(0);
    throw cannotListen(error, port ?? usualPort, "--port");
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
  if (speed !== undefined) positive("speed", speed, Number.POSITIVE_INFINITY);
  return {
    port: values.port === undefined ? undefined : portOf(values.port),
    asked: Object.entries({ employee, locale, speed }).flatMap(([name, value]) => (value ? [[name, value]] : [])),
    open: !values["no-open"],
    check,
    help,
  };
}
