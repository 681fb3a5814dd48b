// Contexts of node:vm, as the function nodes of Node-RED and n8n are: the language and WebAssembly, and nothing around them,
// not even what those two add. The package is evaluated inside, as the one file that a sandbox allows at a time; and in a
// second form outside, where the values that it is given are of another realm.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { build, here, transform, vectors } from "../project.mjs";

const absent = [
  "fetch",
  "crypto",
  "setTimeout",
  "AbortController",
  "TextDecoder",
  "TextEncoder",
  "atob",
  "URL",
  "process",
];

/** A context without anything, and a way to have entries of the package inside it, bundled as one file: it has no `require`. */
export function emptyContext() {
  const context = createContext({});
  const isThere = runInContext("(name) => typeof globalThis[name] !== 'undefined'", context);
  const there = absent.filter(isThere);
  if (there.length > 0) throw new Error(`the context has ${there.join(", ")}`);
  const load = async (entries) => {
    const lines = Object.entries(entries).map(([name, entry]) => `export * as ${name} from ${JSON.stringify(entry)};`);
    const { outputFiles } = await build({
      stdin: { contents: lines.join("\n"), resolveDir: here },
      bundle: true,
      write: false,
      format: "iife",
      globalName: "entries",
      supported: { "dynamic-import": false },
    });
    return runInContext(`${outputFiles[0].text}; entries`, context);
  };
  return { context, load };
}

export const mainAndSimulator = { main: "nexthink-chatbot", simulator: "nexthink-chatbot/simulator" };

/** The scenario as a function inside a context. */
async function scenarioIn(context) {
  const source = readFileSync(join(here, "scenario.mjs"), "utf8");
  const { code } = await transform(source, {
    format: "iife",
    globalName: "parity",
    supported: { "dynamic-import": false },
  });
  return runInContext(`${code}; parity.scenario`, context);
}

/** A copy of plain data whose prototypes are the context's. */
const inside = (context, value) => runInContext("JSON.parse", context)(JSON.stringify(value));

async function packageInside() {
  const { context, load } = emptyContext();
  return (await scenarioIn(context))(await load(mainAndSimulator), inside(context, vectors));
}

async function packageOutside() {
  const require = createRequire(import.meta.url);
  const imports = { main: require("nexthink-chatbot"), simulator: require("nexthink-chatbot/simulator") };
  const context = createContext({});
  return (await scenarioIn(context))(imports, inside(context, vectors));
}

export const sandboxes = [
  {
    runtime: "node:vm (low-code platforms)",
    missing: false,
    version: () => `Node.js ${process.versions.node.split(".")[0]}`,
    // The machine's own Node runs these.
    isLenient: true,
    forms: { "package inside, injected `host`": packageInside, "package outside, scenario inside": packageOutside },
  },
];
