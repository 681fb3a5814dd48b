// The package as npm users install it: what its manifest promises is there, loads in both module formats and
// type-checks; nothing of this machine, no dependency and no install script comes with it; the two modules stay apart.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { modulesIn, wasmInside } from "./wasm-inside.mjs";

const require = createRequire(import.meta.url);
const home = dirname(require.resolve("nexthink-chatbot/package.json"));
const project = dirname(dirname(home));
const manifest = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
/** The entry points that can be imported: `./package.json` and `./core.wasm` are files, not modules. */
const entries = Object.entries(manifest.exports).filter(([, leaf]) => "import" in Object(leaf));
const specifierOf = (entry) => `nexthink-chatbot${entry.slice(1)}`;

test("every export is a file", () => {
  for (const file of Object.values(manifest.exports).flatMap(leaves)) assert.ok(existsSync(join(home, file)), file);
  for (const file of [manifest.main, manifest.types]) assert.ok(existsSync(join(home, file)), file);
});

test("every entry has types of its own for import and for require, named first", () => {
  for (const [entry, { import: esm, require: cjs, node }] of entries) {
    for (const [leaf, extension] of [
      [esm, /\.d\.mts$/],
      [cjs, /\.d\.cts$/],
      [node.import, /\.d\.mts$/],
    ]) {
      assert.equal(Object.keys(leaf)[0], "types", entry);
      assert.match(leaf.types, extension, entry);
    }
  }
});

test("every entry loads in a fresh process, as an ES module and as CommonJS, with the same names", () => {
  for (const specifier of entries.map(([entry]) => specifierOf(entry))) {
    const list = "console.log(JSON.stringify(Object.keys(loaded).filter((name) => name !== 'default').sort()))";
    const esm = node("module", `import * as loaded from "${specifier}"; ${list}`);
    const cjs = node("commonjs", `const loaded = require("${specifier}"); ${list}`);
    assert.notEqual(esm, "[]", specifier);
    assert.equal(esm, cjs, specifier);
  }
});

test("what Node imports is what it requires: one copy, with one memory", async () => {
  for (const specifier of entries.map(([entry]) => specifierOf(entry))) {
    const [imported, required] = [await import(specifier), require(specifier)];
    for (const name of Object.keys(required)) assert.equal(imported[name], required[name], `${specifier} ${name}`);
  }
});

test("Node reads a file of the package when it is used, and the modules as they are", () => {
  const told = `console.log(JSON.stringify(Object.keys(require.cache).map((file) => require("node:path").basename(file))))`;
  const read = (program) => JSON.parse(node("commonjs", `${program} ${told}`));
  const imported = 'const { createClient, playbooks } = require("nexthink-chatbot");';
  assert.deepEqual(read(imported), ["index.cjs"]);
  // For `import`, Node asks for every name, and an error's class cannot be read later.
  const cache = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';
  const asModule = JSON.parse(node("module", `import "nexthink-chatbot"; ${cache} ${told}`));
  assert.deepEqual(asModule, ["index.cjs", "errors.cjs"]);
  const options = '{ instance: "acme", region: "eu", credentials: { clientId: "id", clientSecret: "secret" } }';
  const needed = read(`${imported} createClient(${options});`);
  assert.ok(needed.includes("core-module.cjs"), needed.join());
  for (const file of [
    "handler.cjs",
    "definitions.cjs",
    "tools.cjs",
    "webhook.cjs",
    "wording-en.cjs",
    "text-codec.cjs",
  ]) {
    assert.ok(!needed.includes(file), file);
  }
  const evaluated = read(`${imported} playbooks.evaluate("slow-pc", { free_space: 4.2 });`);
  assert.ok(evaluated.includes("fleet-module.cjs"), evaluated.join());
  for (const file of ["authoring-module.cjs", "playbook-summaries.cjs", "core.cjs", "client.cjs"])
    assert.ok(!evaluated.includes(file), file);
  for (const name of Object.keys(wasm)) {
    assert.equal(modulesIn(readFileSync(join(home, `${name}-module.cjs`), "utf8")), 0);
    assert.ok(readFileSync(join(home, `${name}.wasm`)).equals(require(join(home, `${name}-module.cjs`)).content()));
  }
});

test("a package that lacks a file says which, and what to do", (context) => {
  const copy = mkdtempSync(join(tmpdir(), "nexthink-chatbot-"));
  context.after(() => rmSync(copy, { recursive: true, force: true }));
  cpSync(home, copy, { recursive: true });
  const build = () =>
    require(join(copy, "index.cjs")).api.build("remoteActions.list", undefined, { instance: "acme", region: "eu" });
  rmSync(join(copy, "core-module.mjs"));
  rmSync(join(copy, "core.wasm"));
  assert.throws(build, ({ kind, message, hint, cause }) => {
    assert.deepEqual([kind, message], ["internal", "a file of the package is missing"]);
    assert.match(hint, /^install it anew; where a bundler .* `module`/);
    assert.match(cause.message, /core\.wasm/);
    return true;
  });
});

test("the types resolve and check, for Node and for bundlers", () => {
  const compiler = findCompiler();
  assert.ok(compiler, "typescript is missing from the checkout's node_modules: npm ci");
  const folder = join(project, "consumer");
  mkdirSync(folder, { recursive: true });
  const lines = entries.map(
    ([entry], index) => `import * as m${index} from "${specifierOf(entry)}"; export { m${index} };`,
  );
  for (const file of ["esm.mts", "cjs.cts"]) writeFileSync(join(folder, file), `${lines.join("\n")}\n`);
  const shared = { strict: true, noEmit: true, skipLibCheck: false, target: "es2022" };
  const nodeTypes = dirname(dirname(require.resolve("@types/node/package.json")));
  const users = {
    node: { module: "node16", moduleResolution: "node16", lib: ["es2022"], types: ["node"], typeRoots: [nodeTypes] },
    browser: { module: "preserve", moduleResolution: "bundler", lib: ["es2022", "dom", "dom.iterable"], types: [] },
  };
  for (const [user, options] of Object.entries(users)) {
    const configuration = join(folder, `${user}.json`);
    const files = user === "node" ? ["esm.mts", "cjs.cts"] : ["esm.mts"];
    writeFileSync(configuration, JSON.stringify({ compilerOptions: { ...shared, ...options }, files }));
    try {
      execFileSync(process.execPath, [compiler, "-p", configuration], { encoding: "utf8" });
    } catch (error) {
      assert.fail(`${user}: ${error.stdout}`);
    }
  }
});

test("there is no dependency at run time and no install script", () => {
  for (const kind of ["dependencies", "peerDependencies", "optionalDependencies", "bundleDependencies"]) {
    assert.deepEqual(Object.keys(manifest[kind] ?? {}), [], kind);
  }
  const installing = ["preinstall", "install", "postinstall", "prepare", "prepublish"];
  assert.deepEqual(
    installing.filter((script) => manifest.scripts?.[script]),
    [],
  );
  assert.deepEqual(
    readdirSync(join(project, "node_modules")).filter((name) => !name.startsWith(".")),
    [manifest.name],
  );
});

test("the licences, the page for npm and the pages to which it leads are in the package", () => {
  const page = readFileSync(join(home, "README.md"), "utf8");
  const pages = [...page.matchAll(/\]\((docs\/[^)#]+)/g)].map(([, file]) => file);
  assert.ok(pages.length > 10);
  for (const file of ["LICENSE-APACHE", "LICENSE-MIT", ...pages]) assert.ok(existsSync(join(home, file)), file);
});

test("no path of the machine that built it is in the package", () => {
  const places = [homedir(), process.env.CHECKOUT].filter((place) => place && place.length > 3);
  const modules = Object.values(wasm).map(({ bytes }) => ["a wasm module", bytes]);
  const files = readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .map((file) => [file, readFileSync(file)]);
  for (const [name, bytes] of [...files, ...modules]) {
    for (const place of places) assert.ok(!bytes.includes(`${place}/`), `${name} contains ${place}`);
  }
});

const wasm = {
  core: wasmOf("core-module.mjs"),
  fleet: wasmOf("fleet-module.mjs"),
  authoring: wasmOf("authoring-module.mjs"),
  conversation: wasmOf("conversation-module.mjs"),
  proactive: wasmOf("proactive-module.mjs"),
  simulator: wasmOf("simulator-module.mjs"),
};

test("each module holds what it is for and nothing of the others", () => {
  // Texts that only the parser, only a scenario of the simulated tenant, only the core, and only the machine can say.
  const own = {
    authoring: "nested more than",
    simulator: "two Outlook plugins keep crashing",
    core: "was not confirmed a second time",
    conversation: "a conversation goes on by one event at a time",
  };
  for (const [name, { bytes }] of Object.entries(wasm)) {
    for (const [owner, text] of Object.entries(own)) {
      // The tenant reads NQL, too.
      const expected = owner === name || (owner === "authoring" && name === "simulator");
      assert.equal(bytes.includes(text), expected, `${name} and ${owner}'s "${text}"`);
    }
  }
});

test("a bundle loads the other modules only for those who use them, and none holds one twice", async () => {
  const { build } = createRequire(join(process.env.CHECKOUT, "package.json"))("esbuild");
  /** How many modules there are in what is loaded at once, and in what is loaded when it is needed. */
  const bundled = async (code) => {
    const stdin = { contents: code, resolveDir: dirname(fileURLToPath(import.meta.url)) };
    const { outputFiles, metafile } = await build({
      stdin,
      bundle: true,
      splitting: true,
      format: "esm",
      outdir: "out",
      write: false,
      metafile: true,
      tsconfigRaw: {},
      logLevel: "silent",
    });
    const atOnce = new Set();
    const add = (file) => {
      if (atOnce.has(file)) return;
      atOnce.add(file);
      for (const { path, kind } of metafile.outputs[file].imports) if (kind === "import-statement") add(path);
    };
    add(Object.keys(metafile.outputs).find((file) => metafile.outputs[file].entryPoint === "<stdin>"));
    const texts = outputFiles.map(({ path, text }) => [[...atOnce].some((file) => path.endsWith(file)), text]);
    return [true, false].map((wanted) =>
      modulesIn(texts.flatMap(([is, text]) => (is === wanted ? [text] : [])).join("")),
    );
  };
  // The authoring module is loaded for playbooks of one's own and for the doctor, that of the conversation for an assistant, the
  // proactive one for webhooks.
  assert.deepEqual(await bundled('import { createClient } from "nexthink-chatbot"; createClient({});'), [1, 3]);
  const nql = 'import { createClient, nql } from "nexthink-chatbot"; createClient(nql.parse(""));';
  assert.deepEqual(await bundled(nql), [2, 2]);
  const playbooks = 'import { playbooks } from "nexthink-chatbot"; playbooks.verdicts("outlook", "{}");';
  assert.deepEqual(await bundled(playbooks), [2, 2]);
  const both = 'import { createClient, render } from "nexthink-chatbot"; render(createClient({}), "text");';
  assert.deepEqual(await bundled(both), [2, 2]);
  const cards = 'import { render } from "nexthink-chatbot"; render({}, "adaptive-card");';
  assert.deepEqual(await bundled(cards), [1, 2]);
});

test("the words of a language are in no file but its own", () => {
  const words = { de: "Was funktioniert nicht?", en: "What is wrong?" };
  for (const [locale, text] of Object.entries(words)) {
    const holders = readdirSync(home).filter((file) => {
      return /\.[mc]js$/.test(file) && readFileSync(join(home, file), "utf8").includes(text);
    });
    assert.deepEqual(holders, [`wording-${locale}.cjs`, `wording-${locale}.mjs`], text);
  }
});

// Bundlers take the first condition that they know.
test("every entry with a module has one for each edge runtime, named before all others, which imports it as a file", () => {
  const beside = { "edge-light": "?module", workerd: "" };
  const withModule = { ".": "core", "./simulator": "simulator", "./low-code": "conversation" };
  for (const [entry, conditions] of entries) {
    const expected = entry in withModule ? Object.keys(beside) : [];
    const known = [...expected, "deno", "bun", "module", "node", "import", "require"];
    assert.deepEqual(Object.keys(conditions), known, entry);
    for (const condition of ["deno", "bun", "module"]) {
      assert.deepEqual(conditions[condition], conditions.import, `${entry} for ${condition}`);
    }
    assert.deepEqual(conditions.node.require, conditions.require, entry);
    for (const condition of expected) {
      const { types, default: file } = conditions[condition];
      assert.equal(types, conditions.import.types, entry);
      const graph = filesFrom(file);
      assert.ok(graph.includes(`./${withModule[entry]}-module.${condition}.mjs`), graph.join());
      for (const one of graph) {
        const text = readFileSync(join(home, one), "utf8");
        assert.equal(modulesIn(text), 0, one);
        const [, name] = /^\.\/([a-z]+)-module\./.exec(one) ?? [];
        if (name) assert.ok(text.includes(`from "./${name}.wasm${beside[condition]}"`), one);
        else assert.doesNotMatch(text, /from "[^"]*\.wasm/, one);
      }
    }
  }
  for (const [name, { bytes }] of Object.entries(wasm)) {
    assert.ok(readFileSync(join(home, `${name}.wasm`)).equals(bytes), name);
  }
});

test("the modules import from wasm-bindgen's one namespace only", () => {
  for (const [name, { module }] of Object.entries(wasm)) {
    const namespaces = new Set(WebAssembly.Module.imports(module).map((one) => one.module));
    assert.deepEqual([...namespaces], [`./${name}_bg.js`], name);
  }
});

/** What wasm-bindgen adds to a module (memory, closures); `__wbg_<class>_free` and the like are named after our classes. */
const runtime = /^(__(?!wbg_)|wasm_bindgen__)/;

test("the simulator's module exports nothing of the core's", () => {
  const [core, simulator] = [wasm.core, wasm.simulator].map(({ module }) => {
    const names = WebAssembly.Module.exports(module).map((one) => one.name);
    return names.filter((name) => name !== "memory" && !runtime.test(name));
  });
  assert.notEqual(core.length, 0);
  assert.deepEqual(
    simulator.filter((name) => core.includes(name)),
    [],
  );
});

function wasmOf(file) {
  const bytes = wasmInside(readFileSync(join(home, file), "utf8"));
  return { bytes, module: new WebAssembly.Module(bytes) };
}

/** A file of the package and all that it imports, at once or later. */
function filesFrom(file) {
  const files = new Set([file]);
  for (const one of files) {
    const text = readFileSync(join(home, one), "utf8");
    for (const [, path] of text.matchAll(/(?:\bfrom |\bimport\(|\brequire\()"(\.\/[^"?]+\.[mc]js)"/g)) files.add(path);
  }
  return [...files];
}

function leaves(condition) {
  return typeof condition === "string" ? [condition] : Object.values(condition).flatMap(leaves);
}

function node(type, code) {
  return execFileSync(process.execPath, [`--input-type=${type}`, "--eval", code], {
    cwd: dirname(fileURLToPath(import.meta.url)),
    encoding: "utf8",
  }).trim();
}

function findCompiler() {
  try {
    return join(dirname(require.resolve("typescript/package.json")), "bin", "tsc");
  } catch {
    return undefined;
  }
}
