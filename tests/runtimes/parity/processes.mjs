// Runtimes that are programs: what they say, and what stops them.

import { spawn } from "node:child_process";

/** Long enough for the scenario on a machine with other things to do. */
const timeout = 120_000;

/** What a program writes to its standard output; a rejection with what it says else, where it fails. */
export function outputOf(program, args, { cwd, env = {} }) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      timeout,
    });
    const [said, complained] = [child.stdout, child.stderr].map((stream) => {
      const chunks = [];
      stream.on("data", (chunk) => chunks.push(chunk));
      return () => Buffer.concat(chunks).toString();
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0) resolve(said());
      else reject(new Error(`${program} ended with ${signal ?? code}: ${complained().slice(-2_000)}`));
    });
  });
}

/**
 * Starts a server and waits until it says where it is, or until it answers.
 * @param {{ ready?: RegExp, isReady?: () => Promise<boolean> }} options `ready` finds the address in what it says
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export function serverOf(program, args, { cwd, env = {}, ready, isReady }) {
  return new Promise((resolve, reject) => {
    const options = { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"], detached: true };
    const child = spawn(program, args, options);
    const closed = new Promise((done) => child.once("close", done));
    const stop = async () => {
      try {
        // With all that it has started itself.
        process.kill(-child.pid, "SIGTERM");
      } catch {
        // It has ended already.
      }
      await closed;
    };
    let said = "";
    const late = setTimeout(() => child.kill(), timeout);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        said += text;
        const [, url] = ready?.exec(said) ?? [];
        if (url === undefined) return;
        clearTimeout(late);
        resolve({ url, stop });
      });
    }
    if (isReady) {
      const look = setInterval(async () => {
        if (!(await isReady().catch(() => false))) return;
        clearInterval(look);
        clearTimeout(late);
        resolve({ stop });
      }, 50);
      closed.then(() => clearInterval(look));
    }
    child.on("error", reject);
    closed.then(() => {
      clearTimeout(late);
      reject(new Error(`${program} ended before it was ready: ${said.slice(-2_000)}`));
    });
  });
}
