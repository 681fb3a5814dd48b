// What the facade imports of a crate: `wasm:<crate>/glue` (wasm-bindgen's JavaScript) and `wasm:<crate>/base64`
// (the module's bytes). Here is how esbuild finds them and how TypeScript knows them.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { target } from "../paths.mjs";
import { crates, wasmFile, wasmFolder } from "./wasm-crate.mjs";

const specifier = new RegExp(`^wasm:(${crates.map(({ name }) => name).join("|")})/(glue|base64)$`);

export const wasmModules = {
  name: "wasm-modules",
  setup(build) {
    build.onResolve({ filter: /^wasm:/ }, ({ path }) => {
      const [, name, kind] = specifier.exec(path) ?? [];
      if (kind === "glue") return { path: join(wasmFolder(name), `${name}.js`), sideEffects: false };
      if (kind === "base64") return { path: name, namespace: "wasm-base64" };
      return { errors: [{ text: `${path} is neither wasm:<crate>/glue nor wasm:<crate>/base64` }] };
    });
    build.onLoad({ filter: /.*/, namespace: "wasm-base64" }, ({ path: name }) => ({
      contents: `export default ${JSON.stringify(readFileSync(wasmFile(name), "base64"))};`,
    }));
  },
};

/** Declares both kinds of modules from the types that wasm-bindgen wrote, so that the facade is checked against them. */
export function writeWasmTypes() {
  const declarations = crates.map(({ name }) => {
    const types = readFileSync(join(wasmFolder(name), `${name}.d.ts`), "utf8")
      .replaceAll("/* tslint:disable */\n", "")
      .replaceAll("/* eslint-disable */\n", "")
      // Inside `declare module` everything is ambient already, and saying so again is an error.
      .replace(/^(\s*(?:export )?)declare /gm, "$1");
    return [
      `declare module "wasm:${name}/base64" {`,
      "const base64: string;",
      "export default base64;",
      "}",
      `declare module "wasm:${name}/glue" {`,
      types.trim(),
      "}",
      "",
    ].join("\n");
  });
  const file = join(target, "types", "wasm-modules.d.ts");
  const text = `// Made by the build from wasm-bindgen's types.\n${declarations.join("")}`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
