// The site: it is built without a complaint, nothing in it leads nowhere, and it asks nobody but its own host.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { before, test } from "node:test";
import { documents } from "./markdown.mjs";

const { CHECKOUT } = process.env;
const site = join(CHECKOUT, "target", "site");

before(() => {
  const { status, stderr } = spawnSync(process.execPath, [join(CHECKOUT, "scripts", "docs.mjs")], { encoding: "utf8" });
  assert.equal(status, 0, stderr);
});

const htmlFiles = () =>
  readdirSync(site, { recursive: true })
    .filter((file) => file.endsWith(".html"))
    .map((file) => join(site, file));

test("every page of the guide and every example is in it, under its heading", () => {
  const index = readFileSync(join(site, "modules.html"), "utf8");
  const html = htmlFiles()
    .map((file) => readFileSync(file, "utf8"))
    .join("\n");
  for (const file of documents.filter((name) => /^(?:docs|js-examples)\//.test(name))) {
    const [, heading] = /^# (.+)$/m.exec(readFileSync(join(CHECKOUT, file), "utf8"));
    assert.ok(html.includes(`<title>${escaped(heading)} |`), `${file}: ${heading}`);
  }
  assert.ok(index.length > 0);
});

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("'", "&#39;");

test("every link within it leads to a file and an anchor that are there", () => {
  const anchors = new Map();
  const broken = [];
  for (const file of htmlFiles()) {
    const html = readFileSync(file, "utf8");
    for (const [, to] of html.matchAll(/(?:href|src)="([^"]+)"/g)) {
      if (/^(?:[a-z]+:|#|data:)/.test(to) && !to.startsWith("#")) continue;
      const [path, anchor] = decodeURI(to).split("#");
      const target = path === "" ? file : join(dirname(file), path.split("?")[0]);
      if (!existsSync(target) || statSync(target).isDirectory()) broken.push(`${relative(site, file)}: ${to}`);
      else if (anchor && target.endsWith(".html") && !anchorsIn(target, anchors).has(anchor)) {
        broken.push(`${relative(site, file)}: ${to}`);
      }
    }
  }
  assert.deepEqual([...new Set(broken)], []);
});

function anchorsIn(file, known) {
  if (!known.has(file)) {
    const html = readFileSync(file, "utf8");
    known.set(file, new Set([...html.matchAll(/\bid="([^"]+)"/g)].map(([, id]) => decodeURI(id))));
  }
  return known.get(file);
}

test("it loads nothing from elsewhere", () => {
  for (const file of htmlFiles()) {
    const html = readFileSync(file, "utf8");
    const loaded = [...html.matchAll(/<(?:script|img|link|iframe|source)\b[^>]*\b(?:src|href)="([^"]+)"/g)];
    for (const [, to] of loaded) assert.ok(!/^(?:[a-z]+:)?\/\//i.test(to), `${relative(site, file)}: ${to}`);
  }
  for (const name of readdirSync(join(site, "assets")).filter((file) => file.endsWith(".css"))) {
    assert.doesNotMatch(readFileSync(join(site, "assets", name), "utf8"), /url\(["']?(?:https?:)?\/\//);
  }
});
