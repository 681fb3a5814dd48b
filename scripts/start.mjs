// `npm start`: set-up and build, told on stderr, then the demo with all arguments. Without a terminal nobody could end it:
// it then checks itself, and ends.

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
  const args = [...process.argv.slice(2), ...(process.stdin.isTTY ? [] : ["--check"])];
  return runInForeground(process.execPath, [program, "demo", ...args], { cwd: process.cwd() });
});
