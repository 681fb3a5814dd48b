// `npm run bench -- --figures`: measures what the README tells of sizes and speed, and writes it there. `tests/docs` holds the
// sizes to what is built; speed is as of this machine.

import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { between, sizeTable } from "../scripts/docs/sizes.mjs";
import { pkg, root } from "../scripts/paths.mjs";
import { begin } from "../scripts/progress.mjs";
import { queries } from "./client/answers.mjs";
import { measureInChild } from "./client/child.mjs";
import { measure, withTenant } from "./client/rounds.mjs";
import { median } from "./client/statistics.mjs";
import { baseline, ours } from "./client/variants.mjs";
import { ours as directory } from "./directory/ways.mjs";
import { exportFile } from "./scan/export-file.mjs";

const script = (folder) => new URL(`${folder}/measure.mjs`, import.meta.url);
const readme = join(root, "README.md");

export async function writeFigures(effort) {
  const speed = [await callBesideFetch(effort), ...(await measureSpeed(effort))];
  const page = between(readFileSync(readme, "utf8"), "sizes", sizeTable(pkg));
  writeFileSync(readme, between(page, "speed", speedTable(speed)));
  process.stdout.write(`${sizeTable(pkg)}\n\n${speedTable(speed)}\n`);
}

async function callBesideFetch(effort) {
  const ratio = async (url, concurrency) => {
    const figures = await measure([baseline, ours], { url, queryId: queries.oneRow, concurrency }, effort);
    return (median(figures.get(ours)) / median(figures.get(baseline))).toFixed(1);
  };
  const [alone, together] = await withTenant(async (url) => [await ratio(url, 1), await ratio(url, 16)]);
  const what = "a query of the tenant, beside a bare `fetch` and `JSON.parse`";
  return [what, `${alone} times as much alone, ${together} with 16 at once`];
}

async function measureSpeed({ rounds, rows, devices, seconds }) {
  const progress = begin("figures");
  const of = async (what, folder, task) => {
    const figures = [];
    for (let round = 1; round <= rounds; round++) {
      progress.update(`${what}, round ${round} of ${rounds}`);
      figures.push(await measureInChild(task, script(folder)));
    }
    return (kind) => median(figures.map((figure) => figure[kind]));
  };
  const start = await of("start", "start", { start: "a diagnosis by a client" });
  const verdicts = { evaluation: "bytes, playbooks.verdicts", shape: "v2", rows: 1_000, seconds };
  const answer = await of("verdicts", "playbook", verdicts);
  const scanned = await of("scan", "scan", { way: "scan, open file", file: await exportFile(rows, 5) });
  const held = await of("directory", "directory", { way: directory, devices, identifiers: "username" });
  progress.end();
  return [
    ["from `import` to the first diagnosis, the tenant's answers at hand", `${start("atOnce").toFixed(0)} ms`],
    [
      "the verdicts of a playbook on 1,000 devices, from the answer's bytes",
      `${(answer("cpu") / 1_000).toFixed(2)} ms`,
    ],
    [
      `a scan of an export of ${number(rows)} devices`,
      `${number(scanned("cpu"))} ms, ${number(scanned("rss"))} MB for the whole process`,
    ],
    [
      `a directory of ${number(devices)} devices`,
      `${number(held("memory") / 1e6)} MB; ${(held("known") / 1e3).toFixed(1)} µs to find an employee's devices`,
    ],
  ];
}

const number = (value) => Math.round(value).toLocaleString("en-GB");

function speedTable(figures) {
  const [{ model }] = cpus();
  const [major] = process.versions.node.split(".");
  return [
    `| CPU time, Node ${major}, one core of ${model.replaceAll(/\((?:R|TM)\)/g, "").trim()} | |`,
    "| --- | --- |",
    ...figures.map(([what, value]) => `| ${what} | ${value} |`),
  ].join("\n");
}
