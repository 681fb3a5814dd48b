// `npm run bench -- --playbook`: what it costs to evaluate the slow-PC playbook, an answer's text in and decisions out,
// beside a rules engine and beside JavaScript by hand.

import { deepStrictEqual } from "node:assert";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { begin } from "../../scripts/progress.mjs";
import { nodeModules } from "../../scripts/setup/node-modules.mjs";
import { measureInChild } from "../client/child.mjs";
import { median, spread } from "../client/statistics.mjs";
import { table } from "../client/table.mjs";
import { evaluations, inputs, matches, ofBytes, ratios } from "./evaluations.mjs";

const names = Object.keys(evaluations);
const shapes = ["v1", "v2"];
const script = new URL("measure.mjs", import.meta.url);

export async function comparePlaybook({ rounds, seconds }) {
  await install();
  for (const shape of shapes) await requireAgreement(shape);
  const rows = [["answer", ...names, ...ratios.map(([over, under]) => `${over} / ${under}`)]];
  for (const count of [1, 1_000, 100_000]) {
    // So many come as bytes, and would take the engine most of a minute.
    const compared = count > 1_000 ? ofBytes : names;
    for (const shape of shapes) {
      const figures = await measure(compared, { shape, rows: count, seconds }, rounds);
      const quotients = ratios.map(([over, under]) =>
        figures.has(over) && figures.has(under)
          ? (median(figures.get(over)) / median(figures.get(under))).toFixed(2)
          : "",
      );
      const shown = names.map((name) => {
        const values = figures.get(name);
        return values ? `${median(values).toFixed(2)} (${(spread(values) * 100).toFixed(0)} %)` : "";
      });
      rows.push([`${shape}, ${count} ${count === 1 ? "row" : "rows"}`, ...shown, ...quotients]);
    }
  }
  const upright = rows[0].map((_, at) => rows.map((row) => row[at]));
  const what = "CPU time per answer in µs: median of the rounds (largest less smallest, in % of it)";
  process.stdout.write(`${what}; quotients of the medians\n\n${table(upright)}`);
}

async function install() {
  const step = nodeModules(dirname(fileURLToPath(import.meta.url)));
  if (!step.isReady()) await step.make(begin("json-rules-engine: installing"));
}

/** Figures of different outcomes would compare nothing. */
async function requireAgreement(shape) {
  const outcomes = new Map();
  for (const name of names) {
    const evaluate = await evaluations[name]();
    const decisions = [];
    // One after the other: json-rules-engine mixes up what it finds for two at once.
    for (const answer of inputs(name, shape, 50, 20)) decisions.push(...(await evaluate(answer)));
    outcomes.set(name, decisions);
  }
  const [expected] = [...outcomes.values()].map(matches);
  let verdicts;
  for (const [name, outcome] of outcomes) {
    deepStrictEqual(matches(outcome), expected, `${name} recommends something else`);
    if (Array.isArray(outcome[0])) continue;
    verdicts ??= outcome;
    deepStrictEqual(outcome, verdicts, `${name} has other verdicts`);
  }
}

/** Each way once per round, one after the other: a machine that slows down slows all of them. */
async function measure(compared, task, rounds) {
  const figures = new Map(compared.map((name) => [name, []]));
  const progress = begin(`${task.shape}, ${task.rows} rows`);
  for (let round = 1; round <= rounds; round++) {
    progress.update(`round ${round} of ${rounds}`);
    for (const evaluation of compared) {
      const { cpu } = await measureInChild({ ...task, evaluation }, script);
      figures.get(evaluation).push(cpu);
    }
  }
  progress.end();
  return figures;
}
