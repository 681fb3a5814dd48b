// What the facade imports of wording/: `wording:<locale>` is the text of a locale's file, without white space between its
// values. Here is how esbuild finds them and how TypeScript knows them.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, target } from "../paths.mjs";

const folder = join(root, "wording");

/** The languages that there are. */
export const locales = readdirSync(folder)
  .filter((name) => /^[a-z]+\.json$/.test(name))
  .map((name) => name.slice(0, -".json".length))
  .sort();

const specifier = new RegExp(`^wording:(${locales.join("|")})$`);

export const wordings = {
  name: "wordings",
  setup(build) {
    build.onResolve({ filter: /^wording:/ }, ({ path }) => {
      const [, locale] = specifier.exec(path) ?? [];
      if (locale) return { path: locale, namespace: "wording", sideEffects: false };
      return { errors: [{ text: `${path} is no file of wording/` }] };
    });
    build.onLoad({ filter: /.*/, namespace: "wording" }, ({ path: locale }) => {
      const text = JSON.stringify(JSON.parse(readFileSync(join(folder, `${locale}.json`), "utf8")));
      return { contents: text, loader: "text" };
    });
  },
};

export function writeWordingTypes() {
  const declarations = locales.map((locale) => {
    return `declare module "wording:${locale}" {\n  const wording: string;\n  export default wording;\n}\n`;
  });
  const folder = join(target, "types");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "wordings.d.ts"), `// Made by the build from wording/.\n${declarations.join("")}`);
}
