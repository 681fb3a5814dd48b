// The size table that a build ends with, and how much of the budget is left. tests/js/size.test.mjs holds the budget.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { pkg, root } from "../paths.mjs";
import { filesIn } from "./inputs.mjs";
import { wasmFile } from "./wasm-crate.mjs";

export function sizeTable() {
  const all = Buffer.concat(filesIn(pkg).map((file) => readFileSync(join(pkg, file))));
  const rows = [
    measure("core.wasm", readFileSync(wasmFile("core"))),
    measure("fleet.wasm", readFileSync(wasmFile("fleet"))),
    measure("authoring.wasm", readFileSync(wasmFile("authoring"))),
    measure("conversation.wasm", readFileSync(wasmFile("conversation"))),
    measure("simulator.wasm", readFileSync(wasmFile("simulator"))),
    measure("slim.mjs (the JavaScript)", readFileSync(join(pkg, "slim.mjs"))),
    measure("core-module.mjs (as text)", readFileSync(join(pkg, "core-module.mjs"))),
    measure("authoring-module.mjs", readFileSync(join(pkg, "authoring-module.mjs"))),
    measure("conversation-module.mjs", readFileSync(join(pkg, "conversation-module.mjs"))),
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

function budgetLines(rows) {
  const budget = JSON.parse(readFileSync(join(root, "size-budget.json"), "utf8"));
  return Object.entries(budget).flatMap(([name, limits]) =>
    Object.entries(limits).map(([kind, limit]) => {
      const size = rows.find((row) => row.name === name)?.[kind] ?? Number.NaN;
      const left = limit - size;
      const verdict = left >= 0 ? `${number(left)} left` : `OVER by ${number(-left)}`;
      return `budget: ${name} ${kind} ${number(size)} of ${number(limit)}, ${verdict}`;
    }),
  );
}

function measure(name, bytes) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return {
    name,
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes, { params }).length,
  };
}

const number = (value) => (value === undefined ? "" : value.toLocaleString("en-GB"));
