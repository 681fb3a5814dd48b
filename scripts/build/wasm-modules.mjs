// What the facade imports of a crate: `wasm:<crate>/glue` (wasm-bindgen's JavaScript) and `wasm:<crate>/module` (a function
// that gives the module, as `initSync` takes it). Here is how esbuild finds them and how TypeScript knows them.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { target, template } from "../paths.mjs";
import { moduleText } from "./module-text.mjs";
import { crates, wasmFile, wasmFolder } from "./wasm-crate.mjs";

const specifier = new RegExp(`^wasm:(${crates.map(({ name }) => name).join("|")})/(glue|module)$`);

/** The modules' bytes as text inside the bundle: for every runtime that may compile them. */
export const modulesInside = wasmModules((name) => {
  const module = JSON.stringify(moduleText(readFileSync(wasmFile(name))));
  return `import { decodeModule } from "./module-text.ts"; export default () => decodeModule(${module});`;
});

/** The modules as files beside the bundle, which the runtime compiles when it loads them: workerd compiles nothing else. */
export const modulesBeside = wasmModules((name) => {
  return `import compiled from "./${name}.wasm"; export default () => compiled;`;
});

/** @param {(name: string) => string} sourceOf the source of `wasm:<crate>/module` */
function wasmModules(sourceOf) {
  return {
    name: "wasm-modules",
    setup(build) {
      build.onResolve({ filter: /^wasm:/ }, ({ path }) => {
        const [, name, kind] = specifier.exec(path) ?? [];
        if (kind === "glue") return { path: join(wasmFolder(name), `${name}.js`), sideEffects: false };
        if (kind === "module") return { path: name, namespace: "wasm-module", sideEffects: false };
        return { errors: [{ text: `${path} is neither wasm:<crate>/glue nor wasm:<crate>/module` }] };
      });
      build.onResolve({ filter: /\.wasm$/, namespace: "wasm-module" }, ({ path }) => ({ path, external: true }));
      build.onLoad({ filter: /.*/, namespace: "wasm-module" }, ({ path: name }) => ({
        contents: sourceOf(name),
        resolveDir: join(template, "src"),
      }));
    },
  };
}

/** Declares both kinds of modules from the types that wasm-bindgen wrote, so that the facade is checked against them. */
export function writeWasmTypes() {
  const declarations = crates.map(({ name }) => {
    const types = readFileSync(join(wasmFolder(name), `${name}.d.ts`), "utf8")
      .replaceAll("/* tslint:disable */\n", "")
      .replaceAll("/* eslint-disable */\n", "")
      // Inside `declare module` everything is ambient already, and saying so again is an error.
      .replace(/^(\s*(?:export )?)declare /gm, "$1");
    return [
      `declare module "wasm:${name}/module" {`,
      "const wasmModule: () => BufferSource | WebAssembly.Module;",
      "export default wasmModule;",
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
