// What the facade imports of a crate: `wasm:<crate>/glue` (wasm-bindgen's JavaScript) and `wasm:<crate>/module` (`content`
// gives the module, as `initSync` takes it). Here is how esbuild finds them and how TypeScript knows them.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Failure } from "../failure.mjs";
import { target, template } from "../paths.mjs";
import { moduleText } from "./module-text.mjs";
import { crates, wasmFile, wasmFolder } from "./wasm-crate.mjs";

const specifier = new RegExp(`^wasm:(${crates.map(({ name }) => name).join("|")})/(glue|module)$`);

/** Each module is a file of the package for itself, which the bundles import: a bundle's name → its source. */
export const moduleFiles = Object.fromEntries(crates.map(({ name }) => [`${name}-module`, `wasm:${name}/module`]));

/** The modules' bytes as text in JavaScript: for every runtime that may compile them. */
export const modulesInside = wasmModules((name) => {
  const module = JSON.stringify(moduleText(readFileSync(wasmFile(name))));
  return `import { decodeModule } from "./module-text.ts"; export const content = () => decodeModule(${module});`;
});

/**
 * The modules as files beside it, which Node reads. A bundler that takes these files although it knows `module` leaves the
 * file behind, and has the text.
 */
export const modulesRead = wasmModules(
  (name) => `import { readFileSync } from "node:fs";
import { join } from "node:path";
export function content() {
  try {
    return readFileSync(join(__dirname, "${name}.wasm"));
  } catch (unread) {
    try {
      return require("./${name}-module.mjs").content();
    } catch {
      throw unread;
    }
  }
}`,
);

/** The modules as files beside it, which the runtime compiles when it loads them: workerd compiles nothing else. */
export const modulesBeside = wasmModules(
  (name) => `import compiled from "./${name}.wasm"; export const content = () => compiled;`,
);

/** The same for Vercel's edge runtime, whose bundlers want to be asked so. */
export const modulesBesideAsked = wasmModules((name) => {
  return `import compiled from "./${name}.wasm?module"; export const content = () => compiled;`;
});

/** @param {(name: string) => string} sourceOf the source of `wasm:<crate>/module` */
function wasmModules(sourceOf) {
  return (extension) => ({
    name: "wasm-modules",
    setup(build) {
      build.onResolve({ filter: /^wasm:/ }, ({ path, kind: use }) => {
        const [, name, kind] = specifier.exec(path) ?? [];
        if (kind === "glue") return { path: join(wasmFolder(name), `${name}.js`), sideEffects: false };
        if (kind !== "module")
          return { errors: [{ text: `${path} is neither wasm:<crate>/glue nor wasm:<crate>/module` }] };
        if (use === "entry-point") return { path: name, namespace: "wasm-module" };
        return { path: `./${name}-module${extension}`, external: true, sideEffects: false };
      });
      build.onResolve({ filter: /\.(?:mjs|wasm(?:\?module)?)$/, namespace: "wasm-module" }, ({ path }) => ({
        path,
        external: true,
      }));
      build.onLoad({ filter: /.*/, namespace: "wasm-module" }, ({ path: name }) => ({
        contents: sourceOf(name),
        resolveDir: join(template, "src"),
      }));
      build.onLoad({ filter: glueFile }, ({ path }) => ({ contents: forEveryRealm(readFileSync(path, "utf8"), path) }));
    },
  });
}

const glueFile = new RegExp(
  `[\\\\/]wasm-pack[\\\\/](?:${crates.map(({ name }) => name).join("|")})[\\\\/][^\\\\/]+\\.js$`,
);

/** A module can be one of another realm: Vercel's edge runtime and test runners compile it outside of where it is used. */
function forEveryRealm(glue, file) {
  const question = "module instanceof WebAssembly.Module";
  if (glue.split(question).length !== 2) throw new Failure(`${file} does not ask once whether it is given a module`);
  return glue.replace(question, `Object.prototype.toString.call(module) === "[object WebAssembly.Module]"`);
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
      "export const content: () => BufferSource | WebAssembly.Module;",
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
