// An application of Next.js, built and run as its users do.

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

const program = createRequire(import.meta.url).resolve("next/dist/bin/next");
const environment = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" };

export async function buildNext(folder) {
  rmSync(join(folder, ".next"), { recursive: true, force: true });
  await promisify(execFile)(process.execPath, [program, "build"], { cwd: folder, env: environment }).catch(
    ({ stdout, stderr }) => assert.fail(stdout + stderr),
  );
}

/** Starts it at a port of its own, and gives its address. @param {object} [variables] of its environment */
export async function startNext(context, folder, variables = {}) {
  const child = spawn(process.execPath, [program, "start", "--port", "0", "--hostname", "127.0.0.1"], {
    cwd: folder,
    env: { ...environment, ...variables },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text) => {
    errors += text;
    process.stderr.write(text);
  });
  context.after(() => {
    child.kill();
    // Next.js goes on, and answers: nobody else would hear of it.
    assert.doesNotMatch(errors, /unhandledRejection|uncaughtException/);
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
    if (address) return address;
  }
  return assert.fail("next has ended");
}
