// `npm start`: set-up and build, told on stderr, then the chat program with the terminal and all arguments.

import "./node-version.mjs";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { build } from "./build.mjs";
import { Failure, runMain } from "./failure.mjs";
import { pkg } from "./paths.mjs";
import { runInForeground } from "./run.mjs";

await runMain(async () => {
  await build();
  const program = join(pkg, "cli", "nexthink-chatbot.mjs");
  if (!existsSync(program)) throw new Failure("the program is missing: pkg-template/cli/nexthink-chatbot.ts");
  return runInForeground(process.execPath, [program, "chat", ...process.argv.slice(2)], { cwd: process.cwd() });
});
