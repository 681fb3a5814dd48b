// NQL as text: what JavaScript gets of the parser, the checker and the printer.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { nql } from "nexthink-chatbot";

const folder = join(process.env.CHECKOUT, "tests", "nql-samples");
const samples = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));

test("the published samples are read, nothing is wrong with them, and their canonical text is stable", () => {
  assert.equal(samples.length, 30);
  for (const text of samples) {
    assert.deepEqual(nql.check(text), [], text);
    const canonical = nql.format(text);
    assert.equal(nql.format(canonical), canonical);
    assert.deepEqual(withoutPlaces(nql.parse(canonical)), withoutPlaces(nql.parse(text)));
  }
});

/** A tree without where its parts stand. */
function withoutPlaces(tree) {
  return JSON.parse(JSON.stringify(tree, (key, value) => (key === "start" || key === "end" ? undefined : value)));
}

test("a tree says what was written, which parameters it needs and what comes back", () => {
  const text = `devices during past 7d
| where name == $device_name and hardware.memory >= 8GB
| include package.installed_packages
| where package.version != "16.*"
| compute old_packages = count()
| list collector.uid, remote_action.get_x.execution.outputs.Y, old_packages
| sort old_packages desc
| limit 5`;
  const tree = nql.parse(text);
  assert.equal(tree.table.name, "devices");
  assert.deepEqual(
    tree.statements.map(({ type }) => type),
    ["where", "include", "where", "compute", "list", "sort", "limit"],
  );
  assert.deepEqual(tree.parameters, ["device_name"]);
  assert.equal(tree.hasDefaultColumns, false);
  assert.deepEqual(
    tree.columns.map(({ name, kind, remoteActionId }) => [name, kind, remoteActionId]),
    [
      ["device.collector.uid", "field", undefined],
      ["remote_action.get_x.execution.outputs.Y", "remote-action-output", "get_x"],
      ["old_packages", "count", undefined],
    ],
  );
  const [where] = tree.statements;
  assert.equal(text.slice(where.start, where.end), "where name == $device_name and hardware.memory >= 8GB");
  assert.equal(where.condition.type, "and");
});

test("places are those of JavaScript's strings, whatever stands before them", () => {
  const text = '/* 🦀 é */ devices | where name == "🦀" | lst name';
  const [mistake] = nql.check(text);
  assert.equal(text.slice(mistake.start, mistake.end), "lst");
  assert.deepEqual([mistake.line, mistake.column], [1, text.indexOf("lst") + 1]);
  assert.equal(mistake.help, "did you mean `list`?");
  const ok = text.replace("lst", "list");
  const { table } = nql.parse(ok);
  assert.equal(ok.slice(table.start, table.end), "devices");
});

test("all mistakes are told at once, and nothing is thrown for them", () => {
  const found = nql.check("devices past 7x\n| wher name == 1\n| list a, , b\n| limit many");
  assert.deepEqual(
    found.map(({ severity, line }) => [severity, line]),
    [
      ["error", 1],
      ["error", 2],
      ["error", 3],
      ["error", 4],
    ],
  );
});

test("parameters are checked against those that will be given", () => {
  const text = "devices | where name == $device_name | list name";
  assert.deepEqual(nql.check(text, { parameters: ["device_name"] }), []);
  assert.deepEqual(
    nql.check(text, { parameters: ["devicename"] }).map(({ severity }) => severity),
    ["warning", "error"],
  );
});

test("what is not NQL is refused with its first mistake and where it stands", () => {
  for (const call of [nql.parse, nql.format]) {
    assert.throws(
      () => call("devices\n| summarise c = count()"),
      (error) => {
        assert.equal(error.name, "NexthinkError");
        assert.deepEqual([error.kind, error.sideEffect], ["invalid", "none"]);
        assert.match(error.message, /line 2, column 3/);
        assert.match(`${error.message} ${error.hint}`, /summarize|nql\.check/);
        return true;
      },
    );
  }
  for (const call of [nql.parse, nql.format, nql.check]) assert.throws(() => call(5), { kind: "invalid" });
});

test("the deepest text that is read fits the stack of the module, and hostile ones are refused", () => {
  const deep = `devices | where a == ${"1 + ".repeat(499)}1`;
  assert.equal(nql.parse(deep).statements.length, 1);
  assert.equal(nql.format(nql.format(deep)), nql.format(deep));
  for (const hostile of ["(".repeat(7_000), "-".repeat(7_000), "a.b().".repeat(2_000), "x".repeat(20_000)]) {
    assert.ok(nql.check(`devices | where ${hostile}`).length > 0);
  }
});

test("importing starts no module", () => {
  const code = `WebAssembly.Module = new Proxy(WebAssembly.Module, { construct() { throw new Error("started"); } });
    const { nql } = await import("nexthink-chatbot");
    try { nql.format("devices"); } catch (error) { console.log(error.kind); }`;
  const options = { cwd: import.meta.dirname, encoding: "utf8" };
  assert.equal(execFileSync(process.execPath, ["--input-type=module", "--eval", code], options).trim(), "internal");
});
