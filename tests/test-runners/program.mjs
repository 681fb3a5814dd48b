// Programs that are installed beside these tests, run as their users run them.

import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));

/** A folder with an application. */
export const application = (name) => join(here, "applications", name);

/** Runs a file of an installed package with Node. @returns {Promise<{ code: number, output: string }>} */
export async function run(file, args, { cwd, env } = {}) {
  // What the test runner that runs this tells its children is none of the affair of another.
  const { NODE_TEST_CONTEXT: _, NODE_OPTIONS: __, ...inherited } = process.env;
  const quiet = { CI: "1", NO_COLOR: "1", WRANGLER_SEND_METRICS: "false" };
  const command = file ? [join(here, "node_modules", file), ...args] : args;
  const child = spawn(process.execPath, command, {
    cwd,
    env: { ...inherited, ...quiet, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  const code = await new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
  return { code, output };
}
