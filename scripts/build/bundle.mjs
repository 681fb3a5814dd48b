// The facade's entries as ES modules, as CommonJS and for workerd, and the program, by esbuild.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { Failure } from "../failure.mjs";
import { commandLine, root, template } from "../paths.mjs";
import { bundledComponents, licencesOf } from "./licences.mjs";
import { moduleFiles, modulesBeside, modulesBesideAsked, modulesInside, modulesRead } from "./wasm-modules.mjs";
import { readWhenUsed } from "./when-used.mjs";
import { locales, wordings } from "./wordings.mjs";

/** The public entry points; each is a file in pkg-template/src, of which their types are made. */
export const entries = ["index", "slim", "simulator", "language-models", "low-code"];

/**
 * The files of the package, each once for a format, by the sources that they begin with: an entry or a part that others
 * import, so that a bundler leaves out what its user does not use. Those with the modules are in `completeFiles`.
 */
const files = {
  slim: "slim",
  "simulated-tenant": "simulator",
  "low-code-mappings": "low-code",
  ...named(["language-models"]),
  ...named(["authoring", "client", "conversation", "core", "definitions", "fleet", "handler", "outreach", "proactive"]),
  ...named(["check-wording", "node-listener", "rendering", "tools", "webhook"]),
  // What is long, or keeps something, is there once for all others.
  ...named(["errors", "modules", "playbook-summaries", "text-codec", ...locales.map((locale) => `wording-${locale}`)]),
};

/** Entries that bring modules: there is one for each way in which a runtime takes WebAssembly. */
const completeEntries = { index: "complete/index", simulator: "complete/simulator", "low-code": "complete/low-code" };

/** The same and their parts, so that a bundler leaves out the modules that its user does not use. */
const completeFiles = {
  ...completeEntries,
  "complete-client": "complete/client",
  "complete-definitions": "complete/definitions",
  "complete-handler": "complete/handler",
  "complete-outreach": "complete/outreach",
  "complete-rendering": "complete/rendering",
};

/** Files with their sources' names. */
function named(names) {
  return Object.fromEntries(names.map((name) => [name, name]));
}

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
  // Neutral: a Node module that slips into the facade does not resolve.
  const esm = { format: "esm", platform: "neutral" };
  // Node's platform only adds the list of exports that lets ES modules import names from CommonJS.
  // And a part that is loaded when it is needed is required: sandboxes that evaluate one file have no `import()`.
  const cjs = { format: "cjs", platform: "node", supported: { "dynamic-import": false } };
  const kinds = [
    { extension: ".mjs", wasmModules: modulesInside, ...esm },
    { extension: ".cjs", brought: completeEntries, wasmModules: modulesRead, finish: readWhenUsed, ...cjs },
    // For the others everything but the modules is what it is for `import`.
    { extension: ".workerd.mjs", rest: ".mjs", wasmModules: modulesBeside, ...esm },
    { extension: ".edge-light.mjs", rest: ".mjs", wasmModules: modulesBesideAsked, ...esm },
  ];
  const written = await Promise.all(
    kinds.map(async ({ extension, rest, brought = completeFiles, wasmModules, finish, ...kind }) => {
      const made = { ...moduleFiles, ...sourcesOf(brought), ...(rest ? {} : sourcesOf(files)) };
      const apart = new Map([...placesOf(files, rest ?? extension), ...placesOf(brought, extension)]);
      const plugins = [bundlesApart(apart), wasmModules(extension), wordings];
      const place = { entryPoints: made, outdir: folder, outExtension: { ".js": extension } };
      const inject = [sourceOf("text-globals")];
      const { outputs } = await bundle(esbuild, { ...shared, ...place, plugins, inject, metafile: true, ...kind });
      if (extension === ".mjs") writeNodeEntries(folder, outputs);
      const names = Object.keys(made).map((name) => `${name}${extension}`);
      if (finish) for (const name of names) rewrite(join(folder, name), (text) => finish(text, name));
      return names;
    }),
  );
  for (const file of written.flat()) {
    if (readFileSync(join(folder, file), "utf8").includes("import.meta")) {
      throw new Failure(`${file} contains import.meta, which CommonJS and some bundlers refuse: find another way`);
    }
  }
}

function rewrite(file, change) {
  writeFileSync(file, change(readFileSync(file, "utf8")));
}

/** What Node imports: the files that it requires, so that both share what they keep, and are read when they are used. */
function writeNodeEntries(folder, outputs) {
  for (const entry of entries) {
    const { exports: names } = outputs[relative(root, join(folder, `${entry}.mjs`)).replaceAll(sep, "/")];
    writeFileSync(join(folder, `${entry}.node.mjs`), `export { ${names.join(", ")} } from "./${entry}.cjs";\n`);
  }
}

const sourceOf = (source) => join(template, "src", `${source}.ts`);

/** What esbuild makes of a table of files: a bundle's name → its source. */
function sourcesOf(table) {
  const sources = Object.entries(table).map(([name, source]) => [name, sourceOf(source)]);
  for (const [, source] of sources) {
    if (!existsSync(source)) throw new Failure(`${relative(root, source)} is missing: it is a file of the package`);
  }
  return Object.fromEntries(sources);
}

/** Where what comes of a source is found beside other bundles: [source, specifier]. */
function placesOf(table, extension) {
  return Object.entries(table).map(([name, source]) => [sourceOf(source), `./${name}${extension}`]);
}

/** Where a source imports another that has a bundle of its own, the bundle imports that. @param {Map<string, string>} places */
const bundlesApart = (places) => ({
  name: "bundles-apart",
  setup(build) {
    build.onResolve({ filter: /^\.\.?\/.*\.ts$/ }, ({ path, resolveDir }) => {
      const place = places.get(join(resolveDir, path));
      return place && { path: place, external: true, sideEffects: false };
    });
  },
});

/**
 * The programs import the package by its name, which Node resolves to the package itself. A command that brings other
 * people's code is a file of its own: the others start without it.
 * @returns {Promise<import("./components.mjs").Component[]>} whose code that is
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
    bundle(esbuild, {
      ...options,
      entryPoints: place(programs),
      plugins: [bundlesApart(new Map(commandsApart.map((name) => [join(commandLine, `${name}.ts`), `./${name}.mjs`])))],
    }),
    bundle(esbuild, { ...options, entryPoints: place(commandsApart), minify: true, lineLimit: 120 }),
  ]);
  const foreign = licencesOf(bundledComponents(ours));
  if (foreign) throw new Failure(`a program holds other people's code, and only ${commandsApart.join()} may`, foreign);
  const components = bundledComponents(theirs);
  writeFileSync(join(folder, "cli", "THIRD-PARTY-LICENSES"), licencesOf(components));
  return components;
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
