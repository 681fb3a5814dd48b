// The types of the installed package, by the compilers of its users, as strict as they can be; and what is in them.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import ts from "typescript-5.9";
import { home } from "./output.mjs";

const require = createRequire(import.meta.url);
const folder = fileURLToPath(new URL("types", import.meta.url));
const manifest = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));

const compilers = { "5.0": "typescript-5.0", 5.9: "typescript-5.9", 6: "typescript-6", 7: "typescript" };

const strict = { strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, skipLibCheck: false };
// The compiler's own declarations are its affair, and take most of the time.
const web = {
  skipDefaultLibCheck: true,
  target: "es2022",
  lib: ["es2022", "dom", "dom.iterable"],
  types: [],
  noEmit: true,
};

/** How users resolve modules, and in which formats they write their own. */
const resolutions = {
  node16: { module: "node16", formats: ["mts", "cts"] },
  nodenext: { module: "nodenext", formats: ["mts", "cts"] },
  bundler: { module: "es2022", formats: ["mts"] },
};

for (const [version, name] of Object.entries(compilers)) {
  for (const [moduleResolution, { module, formats }] of Object.entries(resolutions)) {
    test(`TypeScript ${version}, ${moduleResolution}`, async () => {
      const place = join(folder, `${name}-${moduleResolution}`);
      mkdirSync(place, { recursive: true });
      for (const format of formats) copyFileSync(join(folder, "uses.ts"), join(place, `uses.${format}`));
      const files = formats.map((format) => `uses.${format}`);
      const compilerOptions = { ...strict, ...web, module, moduleResolution };
      writeFileSync(join(place, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
      const compiler = join(require.resolve(`${name}/package.json`), "..", "bin", "tsc");
      await promisify(execFile)(process.execPath, [compiler, "-p", place]).catch(({ stdout }) => assert.fail(stdout));
    });
  }
}

/** A program over all declarations of the package, in one format. */
function declarations(format) {
  const conditions = format === "mts" ? "import" : "require";
  const entries = Object.values(manifest.exports).flatMap((entry) => entry[conditions]?.types ?? []);
  const options = { ...strict, target: ts.ScriptTarget.ES2022, types: [], lib: ["lib.es2022.d.ts", "lib.dom.d.ts"] };
  const program = ts.createProgram({ rootNames: entries.map((file) => join(home, file)), options });
  return { program, checker: program.getTypeChecker(), entries: entries.map((file) => join(home, file)) };
}

for (const format of ["mts", "cts"]) {
  test(`no declaration has an \`any\`, written or inferred (.d.${format})`, () => {
    const { program, checker } = declarations(format);
    const found = [];
    let looked = 0;
    for (const file of program.getSourceFiles()) {
      if (!file.fileName.startsWith(join(home, "types").replaceAll("\\", "/"))) continue;
      const visit = (node) => {
        looked++;
        // The name of a member of a tuple has no type of its own.
        const isDeclared =
          !ts.isNamedTupleMember(node) &&
          node.name &&
          ts.isIdentifier(node.name) &&
          !ts.isExportSpecifier(node) &&
          !ts.isImportSpecifier(node);
        const isAny = isDeclared && checker.getTypeAtLocation(node.name).flags & ts.TypeFlags.Any;
        if (node.kind === ts.SyntaxKind.AnyKeyword || isAny)
          found.push(`${file.fileName}: ${node.getText().slice(0, 80)}`);
        ts.forEachChild(node, visit);
      };
      visit(file);
    }
    assert.deepEqual(found, []);
    assert.ok(looked > 5_000, `${looked} nodes`);
  });
}

test("the type tests leave out no function and no method", () => {
  const { program, checker, entries } = declarations("mts");
  const uses = readFileSync(join(folder, "uses.ts"), "utf8");
  const names = new Set();
  const add = (type, depth) => {
    for (const property of checker.getPropertiesOfType(type)) {
      if (!/^[a-z]\w*$/i.test(property.name) || property.name === "prototype") continue;
      const inside = checker.getTypeOfSymbol(property);
      if (inside.getCallSignatures().length > 0) names.add(property.name);
      else if (checker.isArrayLikeType(inside)) continue;
      else if (depth > 0 && inside.flags & ts.TypeFlags.Object && property.valueDeclaration) add(inside, depth - 1);
    }
  };
  for (const entry of entries) {
    for (const symbol of checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(entry)))) {
      const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      if (!(target.flags & ts.SymbolFlags.Value)) continue;
      const type = checker.getTypeOfSymbol(target);
      names.add(symbol.name);
      if (target.flags & ts.SymbolFlags.Class) add(checker.getDeclaredTypeOfSymbol(target), 1);
      else if (type.getCallSignatures().length === 0) add(type, 0);
    }
  }
  // What every error has, and what is called by `JSON.stringify`.
  for (const name of ["toJSON"]) names.delete(name);
  assert.ok(names.size > 50, [...names].join());
  assert.deepEqual(
    [...names].filter((name) => !new RegExp(`\\b${name}\\b`).test(uses)),
    [],
  );
});
