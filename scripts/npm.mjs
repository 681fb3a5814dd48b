// Runs npm: the one that runs us, if any, so that a second npm on PATH changes nothing.

import { run } from "./run.mjs";

export function npm(args, options) {
  const current = process.env.npm_execpath ?? "";
  const [command, ...first] = current.endsWith("npm-cli.js") ? [process.execPath, current] : ["npm"];
  return run(command, [...first, ...args, "--loglevel=error"], options);
}
