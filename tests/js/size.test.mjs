// Holds what ships to size-budget.json: the modules, what a client brings into a page, and what npm downloads. Where a budget
// breaks, it is told of which files that is; the build tells of which functions.

import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { wasmInside } from "./wasm-inside.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const home = dirname(createRequire(import.meta.url).resolve("nexthink-chatbot/package.json"));
const project = dirname(dirname(home));
const budget = JSON.parse(readFileSync(new URL("../../size-budget.json", import.meta.url), "utf8"));

function compressed(bytes) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return brotliCompressSync(bytes, { params }).length;
}

/** @param {[string, number][]} parts files and their sizes */
const largest = (parts) =>
  parts
    .sort((one, other) => other[1] - one[1])
    .slice(0, 25)
    .map(([file, size]) => `\n${String(size).padStart(9)}  ${file}`)
    .join("");

function holds(t, name, size, limit, breakdown) {
  t.diagnostic(`${name}: ${size} bytes, budget ${limit}`);
  if (size <= limit) return;
  assert.fail(`${name}: ${size} bytes are ${size - limit} over the budget of ${limit}. ${breakdown()}`);
}

test("the core is in the package as text, and as the file that Node reads", () => {
  const wasm = wasmInside(readFileSync(join(home, "core-module.mjs"), "utf8"));
  assert.deepEqual(wasm.subarray(0, 4), Buffer.from("\0asm"));
  assert.ok(WebAssembly.validate(wasm));
  assert.ok(wasm.equals(readFileSync(join(home, "core.wasm"))));
});

for (const name of ["core", "fleet", "authoring", "conversation", "proactive"]) {
  test(`${name}.wasm is within its budget after brotli`, (t) => {
    const size = compressed(readFileSync(join(home, `${name}.wasm`)));
    const breakdown = () => `What it is made of, by Rust function: npm run sizes -- ${name}`;
    holds(t, `${name}.wasm`, size, budget[`${name}.wasm`].brotli, breakdown);
  });
}

test("what a client brings into a page, JavaScript and WebAssembly, is within its budget after brotli", async (t) => {
  const { build } = createRequire(join(process.env.CHECKOUT, "package.json"))("esbuild");
  const { outputFiles, metafile } = await build({
    stdin: { contents: 'export { createClient } from "nexthink-chatbot"', resolveDir: here },
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    outdir: join(project, "out"),
    absWorkingDir: project,
    write: false,
    metafile: true,
  });
  const { outputs } = metafile;
  const atOnce = new Set([Object.keys(outputs).find((file) => outputs[file].entryPoint === "<stdin>")]);
  // A set gives what is added to it on the way.
  for (const file of atOnce) {
    for (const { path, kind } of outputs[file].imports) if (kind === "import-statement") atOnce.add(path);
  }
  const contents = outputFiles.filter(({ path }) => [...atOnce].some((file) => path === join(project, file)));
  assert.equal(contents.length, atOnce.size);
  const size = contents.reduce((sum, file) => sum + compressed(file.contents), 0);
  const files = [...atOnce].flatMap((file) => Object.entries(outputs[file].inputs));
  const breakdown = () =>
    `Minified, before compression:${largest(files.map(([file, { bytesInOutput }]) => [file, bytesInOutput]))}`;
  holds(t, "a client", size, budget["a client"].brotli, breakdown);
});

test("the tarball is within its budget", (t) => {
  const { size } = statSync(
    join(
      project,
      readdirSync(project).find((file) => file.endsWith(".tgz")),
    ),
  );
  const files = readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, path, name }) => join(parentPath ?? path, name));
  const breakdown = () =>
    `Its files after brotli:${largest(files.map((file) => [file.slice(home.length + 1), compressed(readFileSync(file))]))}`;
  holds(t, "the tarball", size, budget.tarball.packed, breakdown);
});
