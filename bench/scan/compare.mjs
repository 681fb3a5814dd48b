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

export async function compareScan({ rounds, rows }) {
  const step = nodeModules(dirname(fileURLToPath(import.meta.url)));
  if (!step.isReady()) await step.make(begin("udsv and papaparse: installing"));
  const lines = [
    ["file", "", ...Object.keys(scans), ...ratios.map(([over, under, aim]) => `${over} / ${under} (${aim})`)],
  ];
  for (const perMille of shares) lines.push(...(await compare(rows, perMille, Object.keys(scans), rounds)));
  const [ours] = Object.keys(scans);
  lines.push(...(await compare(rows * 2, shares[0], [ours], rounds)));
  process.stdout.write(
    "CPU time of a scan in ms, and the most memory in MB: medians (largest less smallest, in % of it)\n\n",
  );
  process.stdout.write(table(lines[0].map((_, at) => lines.map((line) => line[at] ?? ""))));
}

async function compare(rows, perMille, ways, rounds) {
  const progress = begin(`${rows} rows, ${perMille} of a thousand in trouble`);
  progress.update("writing the file");
  const file = await exportFile(rows, perMille);
  // Whoever is first would else be measured with the disk.
  progress.update("reading the file");
  for await (const _ of createReadStream(file, { highWaterMark: 1_048_576 }));
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
  const values = (way, kind) => figures.get(way)?.map((figure) => figure[kind]) ?? [];
  const shown = (kind) =>
    Object.keys(scans).map((way) => {
      const measured = values(way, kind);
      return measured.length ? `${median(measured).toFixed(0)} (${(spread(measured) * 100).toFixed(0)} %)` : "";
    });
  const quotients = ratios.map(([over, under]) =>
    figures.has(over) ? (median(values(over, "cpu")) / median(values(under, "cpu"))).toFixed(2) : "",
  );
  const megabytes = (statSync(file).size / 1e6).toFixed(0);
  return [
    [`${rows} rows, ${megabytes} MB, ${expected.matches} match`, "ms", ...shown("cpu"), ...quotients],
    ["", "MB", ...shown("rss")],
  ];
}
