// What is no program on the pages is what it says: JSON, YAML, NQL; playbooks compile and pass the tests beside them. No block is
// of a kind that nothing checks.

import assert from "node:assert/strict";
import { test } from "node:test";
import { nql, playbooks } from "nexthink-chatbot";
import { parse } from "yaml";
import { prose } from "./exceptions.mjs";
import { blocks } from "./markdown.mjs";

const checkedElsewhere = ["js", "mjs", "ts", "sh"];
const where = ({ file, line }) => `${file}:${line}`;
const of = (language) => blocks.filter((block) => block.language === language);
const queriesOn = (page) => of("nql").filter(({ file }) => file === page);

/** The JSON on a page that has a member of that name. */
const jsonWith = (name) =>
  of("json")
    .map((block) => ({ ...block, data: JSON.parse(block.code) }))
    .filter(({ data }) => name in data);

for (const block of of("json")) test(`${where(block)} is JSON`, () => assert.ok(JSON.parse(block.code)));
for (const block of of("yaml")) test(`${where(block)} is YAML`, () => assert.ok(parse(block.code)));
for (const block of of("nql")) {
  test(`${where(block)} is NQL that Nexthink takes`, () => assert.deepEqual(nql.check(block.code), []));
}

for (const { code, file, line } of jsonWith("rules")) {
  test(`${file}:${line} is a playbook without mistakes`, () => {
    const [query] = queriesOn(file);
    assert.deepEqual(playbooks.check(code, { query: query?.code }), []);
  });
}

for (const { code, file, line } of jsonWith("tests")) {
  test(`${file}:${line} are tests that the page's playbook passes`, () => {
    const [playbook] = jsonWith("rules").filter((block) => block.file === file);
    const [query] = queriesOn(file);
    const { diagnostics, report } = playbooks.test(playbook.code, code, { query: query?.code });
    assert.deepEqual(
      diagnostics.filter(({ severity }) => severity === "error"),
      [],
    );
    assert.deepEqual([report.ok, report.failed], [true, 0]);
  });
}

test("every block is of a kind that a test checks, or is said to be no code", () => {
  const kinds = [...checkedElsewhere, "json", "yaml", "nql", ...Object.keys(prose)];
  assert.deepEqual(blocks.filter(({ language }) => !kinds.includes(language)).map(where), []);
  const used = new Set(blocks.map(({ language }) => language));
  assert.deepEqual(
    Object.keys(prose).filter((language) => !used.has(language)),
    [],
  );
});
