// The size table that a build ends with, and how much of the budget is left. tests/js/size.test.mjs holds the budget.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { pkg, root } from "../paths.mjs";
import { filesIn } from "./inputs.mjs";
import { crates, wasmFile } from "./wasm-crate.mjs";

export function sizeTable() {
  const all = Buffer.concat(filesIn(pkg).map((file) => readFileSync(join(pkg, file))));
  const rows = [
    ...crates.map(({ name }) => measure(`${name}.wasm`, readFileSync(wasmFile(name)))),
    measure("slim.mjs (the JavaScript)", readFileSync(join(pkg, "slim.mjs"))),
    measure("core-module.mjs (as text)", readFileSync(join(pkg, "core-module.mjs"))),
    measure("authoring-module.mjs", readFileSync(join(pkg, "authoring-module.mjs"))),
    measure("conversation-module.mjs", readFileSync(join(pkg, "conversation-module.mjs"))),
    measure("proactive-module.mjs", readFileSync(join(pkg, "proactive-module.mjs"))),
    measure("wording-en.mjs", readFileSync(join(pkg, "wording-en.mjs"))),
    measure("simulator-module.mjs", readFileSync(join(pkg, "simulator-module.mjs"))),
    measure("cli/mcp.mjs (a command)", readFileSync(join(pkg, "cli", "mcp.mjs"))),
    { name: "tarball (about)", raw: all.length, gzip: gzipSync(all, { level: 9 }).length },
  ];
  const lines = [
    `${"size in bytes".padEnd(28)}${["raw", "gzip", "brotli"].map((title) => title.padStart(11)).join("")}`,
    ...rows.map(({ name, ...sizes }) => {
      return `${name.padEnd(28)}${[sizes.raw, sizes.gzip, sizes.brotli].map((size) => number(size).padStart(11)).join("")}`;
    }),
    ...budgetLines(rows),
  ];
  return `${lines.join("\n")}\n`;
}

/** Of the modules. What a client brings along, and the tarball, are measured by the test, which packs and bundles. */
function budgetLines(rows) {
  return rows.flatMap(({ name, brotli }) => {
    const limit = budgetOf(name);
    if (limit === undefined) return [];
    const left = limit - brotli;
    const verdict = left >= 0 ? `${number(left)} left` : `OVER by ${number(-left)}`;
    return [`budget: ${name} brotli ${number(brotli)} of ${number(limit)}, ${verdict}`];
  });
}

const budgetOf = (name) => JSON.parse(readFileSync(join(root, "size-budget.json"), "utf8"))[name]?.brotli;

/** Those of these modules that are larger than they may be. @param {string[]} names */
export function modulesOverBudget(names) {
  return names.filter(
    (name) => brotliSize(readFileSync(wasmFile(name))) > (budgetOf(`${name}.wasm`) ?? Number.POSITIVE_INFINITY),
  );
}

function brotliSize(bytes) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return brotliCompressSync(bytes, { params }).length;
}

function measure(name, bytes) {
  return { name, raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotliSize(bytes) };
}

const number = (value) => (value === undefined ? "" : value.toLocaleString("en-GB"));
