// `npm run bench`: what our client costs beside a bare fetch, in CPU time per request against a local HTTP server; and,
// if asked for, what an evaluation costs.
// Figures to read: nothing fails when they are bad, only when those that are compared find different things.

import "../../scripts/node-version.mjs";
import { parseArgs } from "node:util";
import { Failure, runMain } from "../../scripts/failure.mjs";
import { compareDirectory } from "../directory/compare.mjs";
import { writeFigures } from "../figures.mjs";
import { comparePlaybook } from "../playbook/compare.mjs";
import { compareScan } from "../scan/compare.mjs";
import { compareStart } from "../start/compare.mjs";
import { queries } from "./answers.mjs";
import { measureInChild } from "./child.mjs";
import { requirePackage } from "./package-under-test.mjs";
import { selfTimes } from "./profile.mjs";
import { measure, withTenant } from "./rounds.mjs";
import { median, spread } from "./statistics.mjs";
import { table } from "./table.mjs";
import { attributed, baseline, careful, compared, ours } from "./variants.mjs";

const help = `npm run bench -- [options]

  --check        each of them once, with next to nothing to do: whether they run, and find the same; the figures say nothing
  --short        fewer requests and rounds: minutes instead of a quarter of an hour, and coarser figures
  --attribute    what each thing that a client does costs on top of a bare fetch, at concurrency 16
  --playbook     instead of that: an evaluation of a playbook beside json-rules-engine and JavaScript by hand
  --scan         instead of that: a scan of an export of a million devices beside udsv, papaparse and bytes by hand
  --directory    instead of that: a directory of 500,000 devices beside a Map of the same objects
  --start        instead of that: import and first diagnosis beside json-rules-engine's import and first rule
  --figures      instead of that: the sizes and the speed that the README tells, written there
  --profile      where the CPU time of our client goes, at concurrency 16
`;

const bodies = { "1 row": queries.oneRow, "100 rows": queries.hundredRows };
const full = { rounds: 5, warmUp: 3_000, requests: 8_000, seconds: 1, rows: 1_000_000, devices: 500_000 };
const short = { rounds: 3, warmUp: 1_500, requests: 3_000, seconds: 0.4, rows: 100_000, devices: 50_000 };
const once = { rounds: 1, warmUp: 10, requests: 100, seconds: 0.001, rows: 2_000, devices: 2_000 };

await runMain(async () => {
  const options = readOptions();
  if (options.help) return void process.stdout.write(help);
  requirePackage();
  const effort = options.short ? short : full;
  if (options.check) return check();
  if (options.playbook) return comparePlaybook(effort);
  if (options.scan) return compareScan(effort);
  if (options.directory) return compareDirectory(effort);
  if (options.start) return compareStart(effort);
  if (options.figures) return writeFigures(effort);
  if (options.profile) return withTenant((url) => profile(url, effort));
  if (options.attribute) return withTenant((url) => attribute(url, effort));
  return withTenant((url) => compare(url, effort));
});

async function check() {
  for (const compareOthers of [comparePlaybook, compareScan, compareDirectory, compareStart]) await compareOthers(once);
  await withTenant((url) => compare(url, once));
}

function readOptions() {
  const flag = { type: "boolean" };
  try {
    return parseArgs({
      options: {
        check: flag,
        short: flag,
        figures: flag,
        attribute: flag,
        playbook: flag,
        scan: flag,
        directory: flag,
        start: flag,
        profile: flag,
        help: flag,
      },
    }).values;
  } catch (error) {
    throw new Failure(`${error.message}\n${help}`);
  }
}

async function compare(url, effort) {
  const rows = [["answer", "at once", ...Object.keys(compared), "ratio", "to careful"]];
  for (const [body, queryId] of Object.entries(bodies)) {
    for (const concurrency of [1, 16, 64]) {
      const figures = await measure(Object.keys(compared), { url, queryId, concurrency }, effort);
      const ratios = [baseline, careful].map((other) => median(figures.get(ours)) / median(figures.get(other)));
      const figuresShown = [...figures.values()].map(shown);
      rows.push([body, String(concurrency), ...figuresShown, ...ratios.map((ratio) => ratio.toFixed(2))]);
    }
  }
  const what = "CPU time per request in µs: median of the rounds (largest less smallest, in % of it)";
  process.stdout.write(`${what}\nratio: ${ours} / ${baseline}; to careful: / ${careful}\n\n${table(rows)}`);
}

async function attribute(url, effort) {
  const rows = [["variant", ...Object.keys(bodies).flatMap((body) => [body, "more"])]];
  const names = Object.keys(attributed);
  const columns = [];
  for (const queryId of Object.values(bodies)) {
    columns.push(await measure(names, { url, queryId, concurrency: 16 }, effort));
  }
  for (const name of names) {
    const cells = columns.flatMap((figures) => {
      const more = median(figures.get(name)) - median(figures.get(baseline));
      return [shown(figures.get(name)), more.toFixed(1)];
    });
    rows.push([name, ...cells]);
  }
  process.stdout.write("CPU time per request in µs, 16 at once, and what it is more than the first line\n\n");
  process.stdout.write(table(rows));
}

async function profile(url, { warmUp, requests }) {
  for (const [body, queryId] of Object.entries(bodies)) {
    const task = { variant: ours, url, queryId, concurrency: 16, warmUp, requests, profile: true };
    const result = await measureInChild(task);
    const top = selfTimes(result.profile).slice(0, 40);
    const rows = top.map(({ name, share }) => [name, `${(share * 100).toFixed(1)} %`]);
    process.stdout.write(`${table([[`${ours}, ${body}`, "own time"], ...rows])}\n`);
  }
}

function shown(values) {
  return `${median(values).toFixed(1)} (${(spread(values) * 100).toFixed(0)} %)`;
}
