// The Markdown files of the project: their blocks of code, links and anchors, with the lines where they stand.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import markdownIt from "markdown-it";

const { CHECKOUT } = process.env;
const parser = markdownIt({ html: true });

/** The pages whose code is checked, as paths from the checkout. */
export const pages = [
  "README.md",
  "pkg-template/README.md",
  ...readdirSync(join(CHECKOUT, "docs"))
    .filter((file) => file.endsWith(".md"))
    .map((file) => `docs/${file}`),
  ...readdirSync(join(CHECKOUT, "js-examples"))
    .map((folder) => `js-examples/${folder}/README.md`)
    .filter((file) => existsSync(join(CHECKOUT, file))),
];

/** All Markdown files of the project. What is built and what is installed is none of it. */
export const documents = markdownIn("").sort();

function markdownIn(folder) {
  const entries = readdirSync(join(CHECKOUT, folder), { withFileTypes: true });
  return entries.flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isFile()) return entry.name.endsWith(".md") ? [path] : [];
    const isOurs = entry.isDirectory() && !/^(?:node_modules|target|pkg|\..*)$/.test(entry.name);
    return isOurs ? markdownIn(path) : [];
  });
}

const tokensOf = (file) => parser.parse(readFileSync(join(CHECKOUT, file), "utf8"), {});

/** @returns {{ file: string, line: number, language: string, code: string, heading: string }[]} */
export function blocksOf(file) {
  let heading = "";
  return tokensOf(file).flatMap(({ type, info, content, map }, at, tokens) => {
    if (type === "heading_open") heading = tokens[at + 1].content;
    if (type !== "fence" && type !== "code_block") return [];
    return [{ file, line: map[0] + 2, language: info.trim(), code: content, heading }];
  });
}

export const blocks = pages.flatMap(blocksOf);

/** @returns {{ line: number, to: string }[]} links and pictures that lead into the project */
export function localLinks(file) {
  let line = 1;
  return tokensOf(file).flatMap(({ children, map }) => {
    // The cells of a table have no place of their own; their row has.
    line = map ? map[0] + 1 : line;
    const links = (children ?? []).map((child) => child.attrGet("href") ?? child.attrGet("src"));
    return links.filter((to) => to !== null && !/^[a-z][a-z+.-]*:/i.test(to)).map((to) => ({ line, to }));
  });
}

/** The anchors of a file, as GitHub makes them of its headings. */
export function anchorsOf(file) {
  const seen = new Map();
  const headings = tokensOf(file).flatMap(({ type }, at, tokens) =>
    type === "heading_open" ? [textOf(tokens[at + 1])] : [],
  );
  return headings.map((heading) => {
    const anchor = heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M} _-]/gu, "")
      .replaceAll(" ", "-");
    const count = seen.get(anchor) ?? 0;
    seen.set(anchor, count + 1);
    return count === 0 ? anchor : `${anchor}-${count}`;
  });
}

const textOf = ({ children }) => children.map(({ content }) => content).join("");

/** Where a link of a file leads, as a path from the checkout, and at which anchor. */
export function targetOf(file, to) {
  const [path, anchor] = decodeURI(to).split("#");
  return { path: path === "" ? file : join(dirname(file), path), anchor };
}
