#!/usr/bin/env node
// The program of the package: `npx nexthink-chatbot check playbooks`. Which command is meant is decided here, and nothing
// else.

import { chat } from "./chat.ts";
import { check } from "./check.ts";
import { content } from "./content.ts";
import { demo } from "./demo.ts";
import { doctor } from "./doctor.ts";
import { simulate } from "./simulate.ts";
import { version } from "./version.ts";

const usage = `usage: nexthink-chatbot <command> [options]

  demo       a page on this machine: a chat, and all that happens behind it
  chat       a chat in the terminal that diagnoses and repairs a device
  simulate   serves a simulated Nexthink tenant on this machine
  mcp        a server of the Model Context Protocol, for assistants such as Claude
  check      compiles your playbooks, checks them and runs their tests
  content    all that has to be created in a tenant, ready to paste
  doctor     looks whether a tenant has what the playbooks need

  --help     this text; after a command, its options
  --version  the version of the package
`;

/** Each takes what follows its name, and gives the exit code. */
const commands = new Map<string, (args: string[]) => Promise<number>>([
  ["demo", demo],
  ["chat", chat],
  ["simulate", simulate],
  // With other people's code in it, which takes a tenth of a second to load.
  ["mcp", async (args: string[]) => (await import("./mcp.ts")).mcp(args)],
  ["check", check],
  ["content", content],
  ["doctor", doctor],
]);

async function main([name = "", ...args]: string[]): Promise<number> {
  if (name === "--help" || name === "-h") {
    process.stdout.write(usage);
    return 0;
  }
  if (name === "--version" || name === "-v") {
    process.stdout.write(`${version()}\n`);
    return 0;
  }
  const command = commands.get(name);
  if (command) return command(args);
  process.stderr.write(`error: ${name === "" ? "which command?" : `there is no command ${name}`}\n\n${usage}`);
  return 2;
}

// Whoever read the output has gone, as `head` does: nobody is left to talk to.
process.stdout.on("error", () => process.exit(1));

process.exitCode = await main(process.argv.slice(2));
