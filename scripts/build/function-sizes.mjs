// What in a module takes how many bytes, by Rust module and by function: for who has to make it smaller. What ships has no
// names; so it is built once more, with the same passes, and keeps them.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../failure.mjs";
import { binaries, root, target } from "../paths.mjs";
import { output } from "../run.mjs";
import { crates, packWasm } from "./wasm-crate.mjs";
import { readNumber, readText, section, sectionsOf } from "./wasm-format.mjs";

const functionNames = 1;
const importedFunction = 0;

/** @param {string} name of a module @returns {Promise<string>} a table to read */
export async function functionSizes(name) {
  const crate = crates.find((one) => one.name === name);
  if (!crate) throw new Failure(`there is no module ${name}: there are ${crates.map((one) => one.name).join(", ")}`);
  const folder = join(target, "wasm-pack", `${name}-with-names`);
  await packWasm(crate, { into: folder, optimized: false });
  const file = join(folder, "optimized.wasm");
  const passes = await optimizerPasses(crate.folder);
  await output(join(binaries, "wasm-opt"), ["-g", join(folder, `${name}_bg.wasm`), "-o", file, ...passes]);
  return table(name, functionsIn(readFileSync(file)));
}

/** As wasm-pack reads them. */
async function optimizerPasses(folder) {
  const metadata = JSON.parse(await output("cargo", ["metadata", "--format-version", "1", "--no-deps", "--quiet"]));
  const manifest = join(root, folder, "Cargo.toml");
  const { metadata: settings } = metadata.packages.find((one) => one.manifest_path === manifest);
  return settings["wasm-pack"].profile.release["wasm-opt"];
}

/** @param {Buffer} wasm with names @returns {{ name: string, size: number }[]} the largest first */
export function functionsIn(wasm) {
  const names = new Map();
  const sizes = [];
  let imported = 0;
  for (const { id, content, end } of sectionsOf(wasm)) {
    if (id === section.import) imported = importedFunctions(wasm, content);
    if (id === section.code) sizes.push(...bodies(wasm, content));
    if (id === section.custom) for (const [index, name] of namesIn(wasm, content, end)) names.set(index, name);
  }
  return sizes
    .map((size, index) => ({ name: names.get(imported + index) ?? `function ${imported + index}`, size }))
    .sort((one, other) => other.size - one.size);
}

function importedFunctions(wasm, start) {
  const [count, first] = readNumber(wasm, start);
  let position = first;
  let functions = 0;
  for (let entry = 0; entry < count; entry += 1) {
    const [, afterModule] = readText(wasm, position);
    const [, afterName] = readText(wasm, afterModule);
    if (wasm[afterName] !== importedFunction) throw new Failure("a module of ours imports functions only");
    functions += 1;
    [, position] = readNumber(wasm, afterName + 1);
  }
  return functions;
}

function* bodies(wasm, start) {
  const [count, first] = readNumber(wasm, start);
  let position = first;
  for (let entry = 0; entry < count; entry += 1) {
    const [size, body] = readNumber(wasm, position);
    yield size;
    position = body + size;
  }
}

/** Of the section that tools agree on for names: functions with theirs, without the hash at their end. */
function* namesIn(wasm, start, end) {
  const [name, first] = readText(wasm, start);
  if (name !== "name") return;
  let position = first;
  while (position < end) {
    const [size, content] = readNumber(wasm, position + 1);
    if (wasm[position] === functionNames) {
      let [count, at] = readNumber(wasm, content);
      for (; count > 0; count -= 1) {
        const [index, afterIndex] = readNumber(wasm, at);
        const [text, next] = readText(wasm, afterIndex);
        yield [index, text.replace(/::h[0-9a-f]{16}$/, "")];
        at = next;
      }
    }
    position = content + size;
  }
}

/** `<a::b::Type as c::Trait>::call` → `a::b`: generic functions of the standard library stay with the library. */
function moduleOf(name) {
  const path = name.replace(/^[<&]+(?:mut )?/, "").replace(/\[[0-9a-f]+\]/g, "");
  return /^[\w:]+/.exec(path)?.[0].split("::").filter(Boolean).slice(0, 3).join("::") ?? "(others)";
}

function table(name, functions) {
  const modules = new Map();
  for (const one of functions) {
    const module = moduleOf(one.name);
    modules.set(module, (modules.get(module) ?? 0) + one.size);
  }
  const line = (size, what) => `${size.toLocaleString("en-GB").padStart(9)}  ${what.slice(0, 140)}`;
  const total = functions.reduce((sum, { size }) => sum + size, 0);
  return [
    `${name}.wasm: ${functions.length} functions, bytes before compression`,
    "",
    ...[...modules]
      .sort((one, other) => other[1] - one[1])
      .slice(0, 40)
      .map(([module, size]) => line(size, module)),
    line(total, "all code"),
    "",
    ...functions.slice(0, 40).map((one) => line(one.size, one.name)),
    "",
  ].join("\n");
}
