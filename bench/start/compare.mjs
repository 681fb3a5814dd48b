// `npm run bench -- --start`: what it costs in Node to import the package and diagnose a first device, beside what it
// costs to import json-rules-engine and run a first rule.

import { deepStrictEqual } from "node:assert";
import { fileURLToPath } from "node:url";
import { begin } from "../../scripts/progress.mjs";
import { nodeModules } from "../../scripts/setup/node-modules.mjs";
import { measureInChild } from "../client/child.mjs";
import { median, spread } from "../client/statistics.mjs";
import { table } from "../client/table.mjs";
import { baseline, starts } from "./starts.mjs";

const script = fileURLToPath(new URL("measure.mjs", import.meta.url));
const names = Object.keys(starts);

export async function compareStart({ rounds }) {
  await install();
  const figures = await measure(rounds * 5);
  const of = (name, figure) => figures.get(name).map((result) => result[figure]);
  const rows = [["start", "CPU", "of it until then", "wall", `CPU / ${baseline}`]];
  for (const name of names) {
    const cpu = of(name, "cpu");
    const shown = `${median(cpu).toFixed(1)} (${(spread(cpu) * 100).toFixed(0)} %)`;
    const others = ["atOnce", "wall"].map((figure) => median(of(name, figure)).toFixed(1));
    rows.push([name, shown, ...others, (median(cpu) / median(of(baseline, "cpu"))).toFixed(2)]);
  }
  const what = "from import to the first decision in ms: median of the rounds (largest less smallest, in % of it)";
  process.stdout.write(`${what}; each in a process of its own\n\n${table(rows)}`);
}

async function install() {
  const step = nodeModules(fileURLToPath(new URL("../playbook", import.meta.url)));
  if (!step.isReady()) await step.make(begin("json-rules-engine: installing"));
}

/** Each once per round, one after the other: a machine that slows down slows all of them. */
async function measure(rounds) {
  const figures = new Map(names.map((name) => [name, []]));
  const progress = begin("first decisions");
  // The first of all reads the files from the disk.
  for (let round = 0; round <= rounds; round++) {
    progress.update(`round ${round} of ${rounds}`);
    for (const start of names) {
      const result = await measureInChild({ start }, script);
      deepStrictEqual(result.decisions, ["disk-full"], start);
      if (round > 0) figures.get(start).push(result);
    }
  }
  progress.end();
  return figures;
}
