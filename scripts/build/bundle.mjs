// The facade's entries as ES modules, as CommonJS and for workerd, and the program, by esbuild.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { Failure } from "../failure.mjs";
import { commandLine, root, template } from "../paths.mjs";
import { licencesOf } from "./licences.mjs";
import { modulesBeside, modulesInside } from "./wasm-modules.mjs";
import { locales, wordings } from "./wordings.mjs";

/** The public entry points; each is a file in pkg-template/src. */
export const entries = ["index", "simulator", "language-models", "low-code"];

/**
 * Files of their own that an entry imports: a bundler leaves out what its user does not use. The last two are there once
 * for all others.
 */
const parts = [
  ...[
    "authoring",
    "fleet",
    "definitions",
    "conversation",
    "proactive",
    "outreach",
    "webhook",
    "rendering",
    "handler",
    ...locales.map((locale) => `wording-${locale}`),
  ],
  ...["errors", "playbook-library"],
];

/** The programs of the package, as package.json has them under `bin`; each is a file in pkg-template/cli. */
const programs = ["nexthink-chatbot"];

/** Commands of a program that are loaded only when they are called. */
const commandsApart = ["mcp"];

const shared = {
  absWorkingDir: root,
  bundle: true,
  charset: "utf8",
  legalComments: "none",
  logLevel: "silent",
  minifySyntax: true,
  // Line breaks stay: Node shows the line from which an error came, and of one long line that would be everything.
  target: "es2022",
};

/** @param {string} folder where the package is being assembled */
export async function bundleFacade(folder) {
  const esbuild = await import("esbuild");
  const files = [...entries, ...parts];
  const entryPoints = Object.fromEntries(files.map((name) => [name, join(template, "src", `${name}.ts`)]));
  for (const source of Object.values(entryPoints)) {
    if (!existsSync(source)) throw new Failure(`${relative(root, source)} is missing: it is a file of the package`);
  }
  // Neutral: a Node module that slips into the facade does not resolve.
  const esm = { format: "esm", platform: "neutral" };
  // Node's platform only adds the list of exports that lets ES modules import names from CommonJS.
  // And a part that is loaded when it is needed is required: sandboxes that evaluate one file have no `import()`.
  const cjs = { format: "cjs", platform: "node", supported: { "dynamic-import": false } };
  const kinds = [
    { extension: ".mjs", wasmModules: modulesInside, ...esm },
    { extension: ".cjs", wasmModules: modulesInside, ...cjs },
    { extension: ".workerd.mjs", wasmModules: modulesBeside, ...esm },
  ];
  await Promise.all(
    kinds.map(({ extension, wasmModules, ...kind }) => {
      const plugins = [wasmModules, wordings, partsOutside(extension)];
      const place = { entryPoints, outdir: folder, outExtension: { ".js": extension } };
      return bundle(esbuild, { ...shared, ...place, plugins, ...kind });
    }),
  );
  for (const file of files.flatMap((name) => kinds.map(({ extension }) => `${name}${extension}`))) {
    if (readFileSync(join(folder, file), "utf8").includes("import.meta")) {
      throw new Failure(`${file} contains import.meta, which CommonJS and some bundlers refuse: find another way`);
    }
  }
}

/** Where a source imports a part, the bundle imports the part's own bundle of the same format. */
const partsOutside = (extension, names = parts) => ({
  name: "parts-outside",
  setup(build) {
    build.onResolve({ filter: new RegExp(`^(?:\\./|(?:\\.\\./)+)(${names.join("|")})\\.ts$`) }, ({ path }) => {
      // Sources have folders, and all bundles are in one.
      return { path: `./${basename(path, ".ts")}${extension}`, external: true, sideEffects: false };
    });
  },
});

/**
 * The programs import the package by its name, which Node resolves to the package itself. A command that brings other
 * people's code is a file of its own: the others start without it.
 */
export async function bundlePrograms(folder) {
  const esbuild = await import("esbuild");
  const options = {
    ...shared,
    outdir: join(folder, "cli"),
    outExtension: { ".js": ".mjs" },
    format: "esm",
    platform: "node",
    target: "node20",
    external: ["nexthink-chatbot", "nexthink-chatbot/*"],
    metafile: true,
  };
  const place = (names) => names.map((name) => join(commandLine, `${name}.ts`));
  const [ours, theirs] = await Promise.all([
    bundle(esbuild, { ...options, entryPoints: place(programs), plugins: [partsOutside(".mjs", commandsApart)] }),
    bundle(esbuild, { ...options, entryPoints: place(commandsApart), minify: true, lineLimit: 120 }),
  ]);
  const foreign = licencesOf(ours);
  if (foreign) throw new Failure(`a program holds other people's code, and only ${commandsApart.join()} may`, foreign);
  writeFileSync(join(folder, "cli", "THIRD-PARTY-LICENSES"), licencesOf(theirs));
}

/** @returns {Promise<import("esbuild").Metafile | undefined>} what came of which file, where the options ask for it */
async function bundle(esbuild, options) {
  let result;
  try {
    result = await esbuild.build(options);
  } catch (error) {
    result = error;
  }
  const messages = [...(result.errors ?? []), ...(result.warnings ?? [])];
  if (messages.length === 0 && !(result instanceof Error)) return result.metafile;
  const formatted = await esbuild.formatMessages(messages, { kind: "error", color: process.stderr.isTTY });
  throw new Failure("the TypeScript sources could not be bundled (see above)", formatted.join("") || String(result));
}
