// `npm run bench -- --scan`: what it costs to scan an export with the slow-PC playbook, beside two readers of CSV and
// JavaScript over bytes, all with the same rules by hand. What they find must be the same.

import { deepStrictEqual } from "node:assert";
import { createReadStream, statSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { begin } from "../../scripts/progress.mjs";
import { nodeModules } from "../../scripts/setup/node-modules.mjs";
import { measureInChild } from "../client/child.mjs";
import { median, spread } from "../client/statistics.mjs";
import { table } from "../client/table.mjs";
import { exportFile } from "./export-file.mjs";
import { ratios, scans } from "./scans.mjs";

const script = new URL("measure.mjs", import.meta.url);

/** How many devices of a thousand are in trouble: what is found is handed out, which costs too. */
const shares = [5, 50];

export async function compareScan({ rounds: few, rows }) {
  // A scan takes less than a second: with more of them, what else the machine does counts less.
  const rounds = few * 2 - 1;
  const step = nodeModules(dirname(fileURLToPath(import.meta.url)));
  if (!step.isReady()) await step.make(begin("udsv and papaparse: installing"));
  const lines = [
    ["file", "", ...Object.keys(scans), ...ratios.map(([over, under, aim]) => `${over} / ${under} (${aim})`)],
  ];
  for (const perMille of shares) lines.push(...(await compare(rows, perMille, rounds)));
  const quotients = "How many times as long another takes: median of the rounds' own quotients";
  process.stdout.write(`CPU time of a scan in ms, and the most memory in MB: ${medians}. ${quotients}\n\n`);
  process.stdout.write(table(lines[0].map((_, at) => lines.map((line) => line[at] ?? ""))));
  process.stdout.write(`\nThe same by the number of rows: ${medians}; what is compiled on the way is in the first\n\n`);
  process.stdout.write(table(await compareLengths([rows / 10, rows, rows * 2], rounds)));
}

const medians = "medians (largest less smallest, in % of it)";

/** What more rows cost, and more memory: each length once per round, beside each other. */
async function compareLengths(lengths, rounds) {
  const progress = begin("a file twice as long");
  const [way] = Object.keys(scans);
  const files = [];
  for (const rows of lengths) {
    progress.update(`writing and reading ${rows} rows`);
    files.push(await readyFile(rows, shares[0]));
  }
  const figures = files.map(() => []);
  for (let round = 1; round <= rounds; round++) {
    progress.update(`round ${round} of ${rounds}`);
    for (const [at, file] of files.entries()) {
      const figure = await measureInChild({ way, file }, script);
      deepStrictEqual(figure.outcome.rows, lengths[at], `${way} finds other rows`);
      figures[at].push(figure);
    }
  }
  progress.end();
  const cpu = figures.map((measured) => measured.map((figure) => figure.cpu));
  const more = (at) => (median(cpu[at]) - median(cpu[at - 1])) / (lengths[at] - lengths[at - 1]);
  return [
    [way, "ms", "MB", "times as long", "µs for a row more"],
    ...lengths.map((rows, at) => [
      `${rows} rows`,
      shownOf(cpu[at]),
      shownOf(figures[at].map((figure) => figure.rss)),
      quotientOf(cpu[at], cpu[1]).toFixed(2),
      at === 0 ? "" : (more(at) * 1_000).toFixed(2),
    ]),
  ];
}

/** The file, and in memory: whoever is first would else be measured with the disk. */
async function readyFile(rows, perMille) {
  const file = await exportFile(rows, perMille);
  for await (const _ of createReadStream(file, { highWaterMark: 1_048_576 }));
  return file;
}

/** By rounds: the machine is as fast for both of a round, and not for all rounds. */
function quotientOf(over, under) {
  return median(over.map((time, round) => time / under[round]));
}

const shownOf = (measured) => `${median(measured).toFixed(0)} (${(spread(measured) * 100).toFixed(0)} %)`;

async function compare(rows, perMille, rounds) {
  const progress = begin(`${rows} rows, ${perMille} of a thousand in trouble`);
  progress.update("writing and reading the file");
  const file = await readyFile(rows, perMille);
  const ways = Object.keys(scans);
  const figures = new Map(ways.map((way) => [way, []]));
  let expected;
  for (let round = 1; round <= rounds; round++) {
    progress.update(`round ${round} of ${rounds}`);
    // One after the other: a machine that slows down slows all of them.
    for (const way of ways) {
      const figure = await measureInChild({ way, file }, script);
      expected ??= figure.outcome;
      deepStrictEqual(figure.outcome, expected, `${way} finds something else`);
      figures.get(way).push(figure);
    }
  }
  progress.end();
  const values = (way, kind) => figures.get(way).map((figure) => figure[kind]);
  const shown = (kind) => ways.map((way) => shownOf(values(way, kind)));
  const quotients = ratios.map(([over, under]) => quotientOf(values(over, "cpu"), values(under, "cpu")).toFixed(2));
  const megabytes = (statSync(file).size / 1e6).toFixed(0);
  return [
    [`${rows} rows, ${megabytes} MB, ${expected.matches} match`, "ms", ...shown("cpu"), ...quotients],
    ["", "MB", ...shown("rss")],
  ];
}
