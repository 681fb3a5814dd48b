// What the package takes for granted of a runtime, read from its files: the language, and names of the minimum that runtimes
// of the web agree on (https://min-common-api.proposal.wintertc.org). No entry reaches anything of Node, code made of text,
// or WebAssembly compiled in the background, which edge runtimes refuse; only what Node itself takes reads the modules' files.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import ts from "typescript-5.9";
import { home } from "./output.mjs";

const manifest = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));

const language = [
  ...["Array", "ArrayBuffer", "Boolean", "DataView", "Date", "Error", "FinalizationRegistry", "Int32Array", "Intl"],
  ...[
    "JSON",
    "Map",
    "Math",
    "Number",
    "Object",
    "Promise",
    "Proxy",
    "RangeError",
    "Reflect",
    "RegExp",
    "Set",
    "String",
    "Symbol",
  ],
  ...[
    "TypeError",
    "Uint8Array",
    "Uint32Array",
    "Float64Array",
    "WeakMap",
    "WeakSet",
    "WeakRef",
    "BigInt",
    "globalThis",
  ],
  ...["undefined", "NaN", "Infinity", "arguments", "isNaN", "parseInt", "decodeURIComponent", "encodeURIComponent"],
];

const minimum = [
  ...[
    "AbortController",
    "ReadableStream",
    "ReadableStreamBYOBReader",
    "atob",
    "btoa",
    "AbortSignal",
    "DecompressionStream",
    "Headers",
    "Request",
    "Response",
    "TextDecoder",
  ],
  ...[
    "TextEncoder",
    "URL",
    "URLSearchParams",
    "WebAssembly",
    "clearTimeout",
    "console",
    "crypto",
    "fetch",
    "performance",
  ],
  ...["queueMicrotask", "setTimeout", "structuredClone"],
];

/**
 * What is only asked for, as a property of the global object: where it is missing, the package goes without. The last one is
 * called only where `fetch` is Node's own: others have one that refuses.
 */
const askedFor = new Set([...minimum, "Intl", "window", "document", "WorkerGlobalScope", "navigator", "setImmediate"]);

const allowed = new Set([...language, ...minimum]);

/** By these wasm-bindgen looks for the global object, each after a look at whether there is one. */
const lookedFor = new Set(["global", "self", "window"]);

/** What CommonJS adds. */
const commonJs = new Set(["require", "module", "exports", "__dirname"]);

/** CommonJS is what Node takes, and these of its files read a WebAssembly module. */
const readsModule = (file) => file.endsWith("-module.cjs");

/** All that an entry imports, at once or later. */
function graphOf(entry) {
  const files = new Set([entry]);
  for (const file of files) {
    const text = readFileSync(join(home, file), "utf8");
    for (const [, path] of text.matchAll(/(?:\bfrom |\bimport\(|\brequire\(|\bimport )"([^"]+)"/g)) {
      if (readsModule(file) && ["node:fs", "node:path"].includes(path)) continue;
      assert.match(path, /^\.\/[\w.-]+\.(?:[mc]js|wasm(?:\?module)?)$/, `${file} imports ${path}`);
      if (!path.includes(".wasm")) files.add(path);
    }
  }
  return [...files];
}

/** The names that a file takes of the global object, and what it does that is forbidden. */
function takenBy(file) {
  const path = join(home, file);
  const options = { allowJs: true, noLib: true, noResolve: true, types: [], target: ts.ScriptTarget.ES2022 };
  const program = ts.createProgram({ rootNames: [path], options });
  const checker = program.getTypeChecker();
  const names = new Set();
  const asked = new Set();
  const guarded = new Set();
  const forbidden = [];
  const visit = (node) => {
    if (ts.isMetaProperty(node) && node.getText() === "import.meta") forbidden.push(node.getText());
    if (ts.isPropertyAccessExpression(node)) {
      const object = node.expression.getText();
      if (object === "globalThis") asked.add(node.name.text);
      if (object === "WebAssembly" && !["Module", "Instance"].includes(node.name.text)) forbidden.push(node.getText());
    }
    if (ts.isVariableDeclaration(node) && node.initializer?.getText() === "globalThis") {
      for (const { propertyName, name } of node.name.elements ?? []) asked.add((propertyName ?? name).text);
    }
    if (ts.isIdentifier(node) && isFree(node)) names.add(node.text);
    if (ts.isTypeOfExpression(node) && lookedFor.has(node.expression.getText())) guarded.add(node.expression.getText());
    // The list of exports that Node reads, and nothing runs.
    if (ts.isBinaryExpression(node) && node.left.getText() === "0") return;
    ts.forEachChild(node, visit);
  };
  const isFree = (node) => {
    const { parent } = node;
    if (ts.isPropertyAccessExpression(parent) && parent.name === node) return false;
    if (ts.isShorthandPropertyAssignment(parent))
      return !checker.getShorthandAssignmentValueSymbol(parent)?.declarations;
    if (ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent) || ts.isMetaProperty(parent))
      return false;
    // The name of a property or of an import that another file declares.
    if (ts.isBindingElement(parent) && parent.propertyName === node) return false;
    if (ts.isImportSpecifier(parent) || (ts.isExportSpecifier(parent) && parent.name === node)) return false;
    return !checker.getSymbolAtLocation(node)?.declarations;
  };
  visit(program.getSourceFile(path));
  return { names: [...names].filter((name) => !guarded.has(name)), asked, forbidden };
}

/** The files of an entry, whatever conditions lead there. */
const filesOf = (leaf) => (typeof leaf === "string" ? [leaf] : Object.values(leaf).flatMap(filesOf));
const entries = Object.values(manifest.exports).flatMap(filesOf);
const files = new Set(entries.filter((file) => /\.[mc]js$/.test(file)).flatMap(graphOf));

test("no file of an entry takes for granted what runtimes do not have in common", () => {
  const found = [...files].flatMap((file) => {
    const { names, asked, forbidden } = takenBy(file);
    const known = (name) => allowed.has(name) || (file.endsWith(".cjs") && commonJs.has(name));
    return [
      ...names.filter((name) => !known(name)).map((name) => `${file}: ${name}`),
      ...[...asked].filter((name) => !askedFor.has(name)).map((name) => `${file}: globalThis.${name}`),
      ...forbidden.map((text) => `${file}: ${text}`),
    ];
  });
  assert.deepEqual(found, []);
  assert.ok(files.size > 60, `${files.size} files`);
});

test("nothing but what Node takes reaches a file that reads one", () => {
  const conditions = ["edge-light", "workerd", "deno", "bun", "module", "import"];
  const others = Object.values(manifest.exports).flatMap((entry) =>
    conditions.flatMap((name) => entry[name]?.default ?? []),
  );
  assert.ok(others.length > 20, `${others.length} entries`);
  const reached = others.flatMap(graphOf);
  assert.deepEqual(
    reached.filter((file) => file.endsWith(".cjs")),
    [],
  );
});
