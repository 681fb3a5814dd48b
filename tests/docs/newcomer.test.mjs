// A newcomer with "Getting started" open: its commands and files, pasted in order into an empty folder. Only the registry is left
// out: npm installs the packed package in its place. The time that it takes is told.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { blocksOf } from "./markdown.mjs";

const { CHECKOUT } = process.env;
const packed = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const tarball = join(
  packed,
  readdirSync(packed).find((file) => file.endsWith(".tgz")),
);
const guide = "docs/getting-started.md";
const lines = readFileSync(join(CHECKOUT, guide), "utf8").split("\n");

/** The name under which the page has a program saved, by the sentence before it. */
function savedAs({ line }) {
  const before = lines.slice(0, line - 2).join("\n");
  return /as `([\w.]+)`[^`]*$/.exec(before)?.[1];
}

/** What a newcomer does until the tenant is a real one: files and commands, in order. */
const steps = blocksOf(guide)
  .filter(({ heading }) => /^A first /.test(heading))
  .flatMap((block) => {
    if (block.language === "js") return [{ save: savedAs(block), code: block.code }];
    const commands = block.code.split("\n").map((line) => line.replace(/\s+#\s.*$/, ""));
    return commands.filter(Boolean).map((command) => ({ command }));
  });

test("the commands and files of Getting started work, pasted in order into an empty folder", async (context) => {
  const folder = mkdtempSync(join(tmpdir(), "newcomer-"));
  context.after(() => rmSync(folder, { recursive: true }));
  const said = {};
  const began = performance.now();
  for (const { save, code, command } of steps) {
    if (save) writeFileSync(join(folder, save), code);
    else said[command] = await run(command, folder);
  }
  context.diagnostic(
    `a newcomer's path: ${((performance.now() - began) / 1_000).toFixed(1)} s for ${steps.length} steps`,
  );

  assert.match(said["node repair.mjs"], /^offline: match$[\s\S]*^succeeded$[\s\S]*^Has it changed anything\?/m);
  assert.match(said["npx nexthink-chatbot chat"], /^Outcome: solved$/m);
  const [simulated] = Object.keys(said).filter((command) => command.includes("simulate"));
  assert.match(said[simulated], /^Serving at http:/m);
  const [talked] = Object.keys(said).filter((command) => command.includes("talk.mjs"));
  assert.match(said[talked], /I'm glad that it helped\./);
});

/** Runs a command as pasted; one that serves is stopped as soon as it does. */
async function run(command, cwd) {
  const pasted = command
    .replace(/^npm install nexthink-chatbot$/, `npm install --offline --no-audit --no-fund ${tarball}`)
    .replace("--port 4000", "--port 0");
  const environment = Object.entries(process.env).filter(([name]) => !/^(?:npm_|NODE_TEST_CONTEXT)/.test(name));
  const child = spawn("sh", ["-c", pasted], {
    cwd,
    env: Object.fromEntries(environment),
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own: npx does not hand on what it is sent.
    detached: true,
  });
  let output = "";
  let served = false;
  child.stderr.setEncoding("utf8").on("data", (text) => {
    output += text;
  });
  child.stdout.setEncoding("utf8").on("data", (text) => {
    output += text;
    if (/^Serving at /m.test(output) && !served) {
      served = true;
      process.kill(-child.pid, "SIGINT");
    }
  });
  // A newcomer would not wait for so long either.
  const patience = setTimeout(() => process.kill(-child.pid, "SIGKILL"), 120_000);
  const [code] = await once(child, "close");
  clearTimeout(patience);
  assert.ok(code === 0 || served, `${command}: exit code ${code}\n${output}`);
  return output;
}
