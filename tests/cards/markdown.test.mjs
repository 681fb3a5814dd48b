// What we write as Markdown is read by real parsers: nothing comes out of it but text, and the lists that we put there.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Parser as CommonMark } from "commonmark";
import MarkdownIt from "markdown-it";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { render } from "./rendering.mjs";
import { explanation, hostileTexts, inLanguages, kinds, saying, visibleOf } from "./turns.mjs";

/** What has to come out: lists of paragraphs, and lines of text. */
const ours = ["break", "list", "listItem", "paragraph", "root", "text"];

/** Each parser → the kinds of nodes that it found, and the text of them. */
const parsers = {
  commonmark(markdown) {
    const names = { document: "root", item: "listItem", softbreak: "softbreak", linebreak: "break" };
    const walker = new CommonMark().parse(markdown).walker();
    const found = { kinds: new Set(), text: "" };
    for (let event = walker.next(); event; event = walker.next()) {
      found.kinds.add(names[event.node.type] ?? event.node.type);
      if (event.entering) found.text += event.node.literal ?? "";
    }
    return found;
  },
  "GFM (micromark)"(markdown) {
    const found = { kinds: new Set(), text: "" };
    const visit = (node) => {
      found.kinds.add(node.type);
      found.text += node.value ?? "";
      for (const child of node.children ?? []) visit(child);
    };
    visit(fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }));
    return found;
  },
  "markdown-it": (markdown) => tokensOf(new MarkdownIt({ html: true, linkify: true, breaks: true }), markdown),
};

function tokensOf(parser, markdown) {
  const names = { bullet_list: "list", ordered_list: "list", list_item: "listItem", hardbreak: "break" };
  const found = { kinds: new Set(), text: "" };
  for (const token of parser.parse(markdown, {}).flatMap((block) => [block, ...(block.children ?? [])])) {
    const kind = token.type.replace(/_(open|close)$/, "");
    if (kind === "inline") continue;
    found.kinds.add(names[kind] ?? kind);
    if (token.children === null) found.text += token.content;
  }
  return found;
}

const marks = [
  ..."*_`~[]()<>#+-=|!&:/.@\\\n $^{}1ax\"'%",
  "  ",
  "\t",
  "://",
  "www.",
  ".com",
  "a@b.com",
  "](",
  "<a ",
  "\n\n",
];

/** The same for the same seed. */
function salad(seed) {
  let state = seed * 7919;
  const next = () => {
    state = (state * 48271) % 2147483647;
    return state;
  };
  return Array.from({ length: 3 + (next() % 15) }, () => marks[next() % marks.length]).join("");
}

function textOf({ messages }) {
  return messages
    .map(({ text, items, choices }) => [text, ...items, ...choices.map(({ label }) => label)].join(""))
    .join("");
}

function holds(turn, parse) {
  const found = parse(render(turn, "markdown"));
  const others = [...found.kinds].filter((kind) => !ours.includes(kind));
  assert.deepEqual(others, [], JSON.stringify(turn.messages[0].text));
  assert.equal(visibleOf(found.text), visibleOf(textOf(turn)));
  return found;
}

for (const [name, parse] of Object.entries(parsers)) {
  test(`${name} does find markup in these texts as they are`, () => {
    const found = hostileTexts.filter((text) => [...parse(text).kinds].some((kind) => !ours.includes(kind)));
    assert.ok(found.length >= 20, `${found.length}`);
  });

  test(`${name} finds nothing but text in what devices and people have written`, () => {
    for (const text of hostileTexts) holds(saying(text), parse);
  });

  test(`${name} finds nothing but text in two such texts side by side`, () => {
    for (const [position, text] of hostileTexts.entries()) {
      holds(saying(`${text}${hostileTexts[(position + 7) % hostileTexts.length]}`), parse);
    }
  });

  test(`${name} finds nothing but text in 200 salads of marks`, () => {
    for (let seed = 1; seed <= 200; seed++) holds(saying(salad(seed)), parse);
  });

  test(`${name} reads what the assistant says, in every language`, () => {
    for (const turn of [...Object.values(kinds), ...Object.values(inLanguages)]) holds(turn, parse);
    assert.ok(holds(explanation, parse).kinds.has("list"));
  });

  test(`${name} finds no markup in the texts that a platform may read as Markdown`, () => {
    for (const text of hostileTexts) {
      const turn = saying(text);
      for (const unmarked of [render(turn, "adaptive-card").fallbackText, render(turn, "block-kit").text]) {
        const { kinds } = parse(unmarked);
        const others = [...kinds].filter((kind) => ![...ours, "softbreak"].includes(kind));
        assert.deepEqual(others, [], JSON.stringify(text));
      }
    }
  });
}

test("the choices are one numbered list, and so are those of all messages", () => {
  const html = new MarkdownIt().render(render(saying("x"), "markdown"));
  assert.match(html, /<ol>\n<li>x<\/li>\n<li>No<\/li>\n<\/ol>[\s\S]*<ol start="3">\n<li>x x<\/li>\n<\/ol>/);
});
