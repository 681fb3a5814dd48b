// The package's types: tsc checks the facade and declares it; each declaration that an entry reaches is written twice,
// as .d.mts for `import` and .d.cts for `require`, because TypeScript tells the two formats apart by the extension.

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { Failure } from "../failure.mjs";
import { root, target } from "../paths.mjs";
import { run } from "../run.mjs";
import { entries } from "./bundle.mjs";

const emitted = join(target, "types", "facade");
const compiler = join(root, "node_modules", "typescript", "bin", "tsc");

export async function writeDeclarations(folder) {
  rmSync(emitted, { recursive: true, force: true });
  await typeCheck("tsconfig.facade.json");
  for (const file of reachable()) {
    const text = readFileSync(file, "utf8");
    if (text.includes('"wasm:')) {
      throw new Failure(
        `the types of ${relative(emitted, file)} name a wasm: module, which users cannot resolve: declare an own type`,
      );
    }
    for (const kind of ["mts", "cts"]) {
      const place = join(folder, "types", relative(emitted, file).replace(/\.d\.ts$/, `.d.${kind}`));
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(place, withExtension(text, file, kind));
    }
  }
  writeFileSync(join(folder, "types", "module.d.mts"), wasmFile);
}

/** The type of the `.wasm` files: what Workers and Vercel's edge runtime make of them. */
const wasmFile = `import type { CompiledModule } from "./init.mjs";

/** Compiled when it is loaded: give it to \`init\` of \`nexthink-chatbot/slim\`. */
declare const module: CompiledModule;
export default module;
`;

/** Runs tsc on one configuration; a `Failure` with its messages when there are any. */
export async function typeCheck(configuration) {
  const pretty = ["--pretty", String(process.stderr.isTTY === true)];
  const { code, output } = await run(process.execPath, [compiler, "-p", configuration, ...pretty]);
  if (code !== 0) throw new Failure(`the types of ${configuration} do not check (see above)`, output);
}

function reachable() {
  const files = new Set(entries.map((entry) => join(emitted, `${entry}.d.ts`)));
  for (const file of files) {
    for (const [, , , path] of readFileSync(file, "utf8").matchAll(relativeImport)) {
      const imported = declarationOf(file, path);
      if (imported) files.add(imported);
    }
  }
  return files;
}

function withExtension(text, file, kind) {
  return text.replace(relativeImport, (all, before, quote, path) => {
    const imported = declarationOf(file, path);
    if (!imported) return all;
    const found = relative(dirname(file), imported)
      .replaceAll(sep, "/")
      .replace(/\.d\.ts$/, "");
    return `${before}${quote}${found.startsWith(".") ? "" : "./"}${found}.${kind === "mts" ? "mjs" : "cjs"}${quote}`;
  });
}

/** The specifier of `from "./x"`, `import("./x")` and `import "./x"`. */
const relativeImport = /(\bfrom\s*|\bimport\s*\(\s*|\bimport\s+)(["'])(\.\.?(?:\/[^"']*)?)\2/g;

function declarationOf(file, path) {
  const stem = join(dirname(file), path.replace(/\.(?:d\.)?[mc]?[jt]s$/, ""));
  return [`${stem}.d.ts`, join(stem, "index.d.ts")].find((candidate) => existsSync(candidate));
}
