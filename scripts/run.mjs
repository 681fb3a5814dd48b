// Runs a command, in the background with its output collected, or in the foreground with the terminal.
// An interrupt ends everything that was started, with its children.

import { spawn } from "node:child_process";
import { constants } from "node:os";
import { Failure } from "./failure.mjs";
import { root } from "./paths.mjs";
import { erase } from "./progress.mjs";

/** Own process groups, so that the grandchildren (cargo's rustc, npm's node) end too. */
const groups = process.platform !== "win32";
const background = new Set();
let foreground;

/**
 * Runs a command in the background and collects what it says on both streams.
 * @param {{ cwd?: string, env?: Record<string, string>, onLine?: (line: string) => void }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(command, args, { cwd = root, env = {}, onLine } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      detached: groups,
    });
    background.add(child);
    const chunks = [];
    for (const stream of [child.stdout, child.stderr]) {
      let rest = "";
      stream.setEncoding("utf8").on("data", (chunk) => {
        chunks.push(chunk);
        if (!onLine) return;
        const lines = (rest + chunk).split(/[\r\n]+/);
        rest = lines.pop();
        lines.forEach(onLine);
      });
    }
    child.on("error", (error) => {
      background.delete(child);
      reject(new Failure(error.code === "ENOENT" ? `${command} is not on PATH` : `${command}: ${error.message}`));
    });
    child.on("close", (code, signal) => {
      background.delete(child);
      resolve({ code: code ?? 128 + constants.signals[signal], output: chunks.join("") });
    });
  });
}

/** Runs a command and gives its output; a `Failure` with the end of that output when it fails. */
export async function output(command, args, options) {
  const result = await run(command, args, options);
  if (result.code !== 0) {
    throw new Failure(`${[command, ...args].join(" ")} failed (exit code ${result.code})`, tail(result.output, 30));
  }
  return result.output;
}

/** Hands the terminal to a program and gives its exit code; Ctrl-C is then its business. */
export function runInForeground(command, args, { cwd = root } = {}) {
  erase();
  return new Promise((resolve, reject) => {
    foreground = spawn(command, args, { cwd, stdio: "inherit" });
    foreground.on("error", reject);
    foreground.on("close", (code, signal) => {
      foreground = undefined;
      resolve(code ?? 128 + constants.signals[signal]);
    });
  });
}

/** The last lines of an output. */
export function tail(text, lines) {
  return text.trimEnd().split("\n").slice(-lines).join("\n");
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    if (foreground) {
      // A terminal sends Ctrl-C to the program itself; the other signals reach only us.
      if (signal !== "SIGINT") foreground.kill(signal);
      return;
    }
    for (const child of background) {
      try {
        process.kill(groups ? -child.pid : child.pid, signal);
      } catch {
        // It has just ended by itself.
      }
    }
    erase();
    process.exit(128 + constants.signals[signal]);
  });
}
