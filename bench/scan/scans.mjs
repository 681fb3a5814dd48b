// The ways to scan a file that are compared. Each is made ready, which is not measured, and then reads the file and gives an
// `Outcome`: all by the same stream, and those that can also from the open file, which costs less than any stream.

import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { packageUnderTest } from "../client/package-under-test.mjs";
import { scanBytes } from "./bytes-by-hand.mjs";
import { places, rules } from "./export-file.mjs";
import { facts, judge, Outcome } from "./outcome.mjs";

const ours = "scan";
const opened = "scan, open file";
const udsv = "udsv, by hand";
const openedUdsv = "udsv, open file";
const papaparse = "papaparse, by hand";
const bytes = "bytes, by hand";
const openedBytes = "bytes, open file";

export const scans = {
  [ours]: byScan(stream),
  [opened]: byScan(open),
  [udsv]: byUdsv(stream),
  // Of more at once it takes longer.
  [openedUdsv]: byUdsv((file) => pieces(file, 256 * 1024)),
  [papaparse]: byPapaparse,
  [bytes]: byBytes(stream),
  [openedBytes]: byBytes((file) => pieces(file, 1024 * 1024)),
};

/** What is divided by what, and how often it should be in it. */
export const ratios = [
  [udsv, ours, 6],
  [papaparse, ours, 6],
  [bytes, ours, 2],
  [openedUdsv, opened, 6],
  [papaparse, opened, 6],
  [openedBytes, opened, 2],
];

function stream(file) {
  return createReadStream(file, { highWaterMark: 256 * 1024 });
}

/** What is in an open file, always in the same room, which begins where every processor copies to as fast as it can. */
async function* pieces(file, size) {
  const handle = await open(file);
  const into = new Uint8Array(64 + size).subarray(64);
  for (;;) {
    const { bytesRead } = await handle.read(into, 0, size, null);
    if (bytesRead === 0) break;
    yield into.subarray(0, bytesRead);
  }
  await handle.close();
}

function byScan(sourceOf) {
  return async () => {
    const { scan } = await packageUnderTest();
    return async (file) => scanned(scan, await sourceOf(file));
  };
}

async function scanned(scan, source) {
  const outcome = new Outcome();
  const bitOf = new Map(rules.map((rule, at) => [rule, 1 << at]));
  const found = scan(source, "slow-pc");
  for await (const { row, matched } of found) {
    let bits = 0;
    for (const rule of matched) bits |= bitOf.get(rule);
    outcome.match(row["device.name"], bits);
  }
  const { summary } = found;
  outcome.rows = summary.rows;
  const unknown = Object.entries(summary.unknownPerFact);
  outcome.unknown = facts.map((fact) => unknown.find(([name]) => name.endsWith(columnEndings[fact]))[1]);
  return outcome;
}

const columnEndings = {
  days: "days_since_last_full_boot",
  free: "free_space",
  count: "HighImpactCount",
  applied: "UserGpoAppliedTimeInSeconds",
  found: "UserGpoDCDiscoveryInSeconds",
  office: "outdated_office_packages",
};

function byUdsv(sourceOf) {
  return async () => {
    const udsv = await import("udsv");
    return (file) => scannedByUdsv(udsv, sourceOf(file));
  };
}

async function scannedByUdsv({ inferSchema, initParser }, source) {
  const outcome = new Outcome();
  const decoder = new TextDecoder();
  const take = cellsInto(outcome);
  let parser;
  for await (const chunk of source) {
    const text = decoder.decode(chunk, { stream: true });
    parser ??= initParser(inferSchema(text));
    parser.chunk(text, parser.stringArrs, take);
  }
  parser.end();
  return outcome;
}

async function byPapaparse() {
  const { default: papa } = await import("papaparse");
  return (file) => scannedByPapaparse(papa, file);
}

async function scannedByPapaparse(papa, file) {
  const outcome = new Outcome();
  const take = cellsInto(outcome);
  let isHeader = true;
  await new Promise((resolve, reject) => {
    const chunk = ({ data }) => {
      for (let at = isHeader ? 1 : 0; at < data.length; at++) take(data[at]);
      isHeader = false;
    };
    papa.parse(stream(file), { delimiter: ",", skipEmptyLines: true, chunk, complete: resolve, error: reject });
  });
  return outcome;
}

function byBytes(sourceOf) {
  return async () => async (file) => {
    const outcome = new Outcome();
    await scanBytes(sourceOf(file), outcome);
    return outcome;
  };
}

/** Takes rows of texts. */
function cellsInto(outcome) {
  const { name, free, days, office, count, applied, found } = places;
  return (row) => {
    // Counting nothing gives an empty cell.
    const packages = row[office] === "" ? 0 : number(row[office]);
    const bits = judge(
      outcome,
      number(row[days]),
      number(row[free]),
      number(row[count]),
      number(row[applied]),
      number(row[found]),
      packages,
    );
    if (bits !== 0) outcome.match(row[name], bits);
  };
}

/** Not a number where nothing is known. */
function number(text) {
  return text === "" ? Number.NaN : Number(text);
}
