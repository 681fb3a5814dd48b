// `npm run bench -- --directory`: what a directory of 500,000 devices takes in memory beside JavaScript's own `Map` of the
// same devices, how long it takes to make, to keep and to read back, and what a lookup costs. What they find must be the
// same.

import { deepStrictEqual } from "node:assert";
import { begin } from "../../scripts/progress.mjs";
import { measureInChild } from "../client/child.mjs";
import { median, spread } from "../client/statistics.mjs";
import { table } from "../client/table.mjs";
import { kept, map, ours, ways } from "./ways.mjs";

const script = new URL("measure.mjs", import.meta.url);

/** What employees are known by: their account alone, or all that Nexthink has. */
const files = ["username", "all"];

/** What a directory may take of the memory of a `Map`. */
const aim = 0.5;

export async function compareDirectory({ rounds, devices }) {
  const lines = [
    ["employees by", "", "memory MB", "of the Map", "the process MB", "made in ms", "lookup µs", "unknown µs"],
  ];
  const sizes = [["employees by", "bytes", "a device", "with gzip", "kept in ms", "read back in ms"]];
  for (const identifiers of files) {
    const figures = await measure({ devices, identifiers }, rounds);
    const of = (way, kind) => figures.get(way).map((figure) => figure[kind]);
    for (const way of [ours, map]) {
      const share = median(of(way, "memory")) / median(of(map, "memory"));
      lines.push([
        identifiers,
        way,
        shown(of(way, "memory"), 1e6, 1),
        way === map ? "" : `${share.toFixed(2)} (${aim})`,
        shown(of(way, "resident"), 1e6, 0),
        way === map ? "" : shown(of(way, "made"), 1, 0),
        shown(of(way, "known"), 1e3, 2),
        shown(of(way, "unknown"), 1e3, 2),
      ]);
    }
    const bytes = of(ours, "bytes")[0];
    sizes.push([
      identifiers,
      `${(bytes / 2 ** 20).toFixed(1)} MiB`,
      (bytes / devices).toFixed(0),
      `${(of(kept, "packed")[0] / 2 ** 20).toFixed(1)} MiB`,
      shown(of(kept, "toBytes"), 1, 0),
      shown(of(kept, "fromBytes"), 1, 0),
    ]);
  }
  process.stdout.write(
    `${devices} devices, one employee each: CPU time, medians (largest less smallest, in % of it)\n\n`,
  );
  process.stdout.write(columnsOf(lines));
  process.stdout.write("\nWhat `toBytes` gives\n\n");
  process.stdout.write(columnsOf(sizes));
}

async function measure(task, rounds) {
  const figures = new Map([...Object.keys(ways), kept].map((way) => [way, []]));
  const progress = begin(`${task.devices} devices, ${task.identifiers}`);
  let expected;
  for (let round = 1; round <= rounds; round++) {
    progress.update(`round ${round} of ${rounds}`);
    // One after the other: a machine that slows down slows all of them.
    for (const way of figures.keys()) {
      const figure = await measureInChild({ ...task, way }, script);
      expected ??= figure.found;
      deepStrictEqual(figure.found, expected, `${way} finds something else`);
      figures.get(way).push(figure);
    }
  }
  progress.end();
  return figures;
}

const shown = (values, unit, digits) =>
  `${(median(values) / unit).toFixed(digits)} (${(spread(values) * 100).toFixed(0)} %)`;

const columnsOf = (lines) => table(lines[0].map((_, at) => lines.map((line) => line[at] ?? "")));
