// Our Adaptive Cards hold to what Microsoft publishes of them: the types, the renderer's own schema, the size; and are
// drawn by the renderer as they are meant.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { readReply, render } from "./rendering.mjs";
import { schemaOf } from "./schema.mjs";
import { loadRenderer, missing, startRenderer } from "./teams.mjs";
import { hostileTexts, inLanguages, kinds, largest, saying, visibleOf } from "./turns.mjs";

const all = { ...kinds, ...inLanguages, largest };

const types = createRequire(import.meta.url)
  .resolve("@microsoft/teams.cards")
  .replace(/index\.js$/, "core.d.ts");

const bytes = (value) => new TextEncoder().encode(JSON.stringify(value)).length;

const seen = (text) => text.replaceAll("\u200b", "");

test("every card is one by Microsoft's types, and holds nothing that they do not know", () => {
  const validate = schemaOf(types, "IAdaptiveCard");
  for (const turn of [...Object.values(all), ...hostileTexts.map(saying)]) {
    const card = render(turn, "adaptive-card");
    assert.ok(validate(card), JSON.stringify(validate.errors?.slice(0, 3)));
  }
  const card = render(kinds.consent, "adaptive-card");
  assert.equal(validate({ ...card, body: [{ type: "TextBlok" }] }), false);
  assert.equal(validate({ ...card, colour: "red" }), false);
});

test("the renderer reads every card as one of version 1.5, and finds nothing to complain of", () => {
  for (const [name, turn] of Object.entries(all)) {
    const { AdaptiveCard, SerializationContext, Versions } = loadRenderer();
    const parsing = new SerializationContext(Versions.v1_5);
    const card = new AdaptiveCard();
    card.parse(render(turn, "adaptive-card"), parsing);
    const events = Array.from({ length: parsing.eventCount }, (_, position) => parsing.getEventAt(position).message);
    assert.deepEqual(events, [], name);
    assert.equal(card.version.toString(), "1.5");
  }
});

test("a card is always smaller than what Teams takes, and an ellipsis tells what was left out", () => {
  for (const [name, turn] of Object.entries(all)) assert.ok(bytes(render(turn, "adaptive-card")) < 28_000, name);
  const card = render(largest, "adaptive-card");
  assert.ok(JSON.stringify(card).includes("…"));
  assert.deepEqual(
    actionsOf(card).map(({ data }) => data.choice),
    ["3.yes", "3.no"],
  );
});

test("a card tells its language, and what to say or show where it cannot be drawn", () => {
  for (const [locale, turn] of Object.entries(inLanguages)) {
    const { lang, speak, fallbackText } = render(turn, "adaptive-card");
    assert.equal(lang, locale);
    for (const text of turn.messages.flatMap(textsOf)) {
      assert.ok(seen(speak).includes(text) && seen(fallbackText).includes(text), text);
    }
  }
});

test("no card fixes a colour, shows a picture or goes anywhere", () => {
  for (const turn of [...Object.values(all), ...hostileTexts.map(saying)]) {
    for (const [name, value] of properties(render(turn, "adaptive-card"))) {
      assert.ok(!/colou?r|image|url/i.test(name), name);
      if (name === "type") assert.ok(ourTypes.includes(value), value);
    }
  }
});

const hosts = ["light", "dark"].flatMap((theme) => [320, 600].map((width) => ({ theme, width })));

for (const host of hosts) {
  const where = `${host.theme}, ${host.width} pixels`;
  test(`each kind of card is drawn in order, whole and readable (${where})`, { skip: missing }, async (context) => {
    const { draw, page } = await (await startRenderer(context)).open(host);
    for (const [name, turn] of Object.entries({ ...kinds, ...inLanguages })) {
      await draw(render(turn, "adaptive-card"), name);
      const drawn = await page.evaluate(factsOfPage);
      for (const text of [drawn.text, drawn.readAloud]) assertInOrder(text, turn.messages.flatMap(textsOf), name);
      assert.deepEqual(
        drawn.buttons,
        turn.messages.flatMap(({ choices }) => buttonsOf(choices)),
        name,
      );
      assert.deepEqual({ foreign: drawn.foreign, cut: drawn.cut }, { foreign: [], cut: [] }, name);
      assert.ok(drawn.contrast >= 4.5, `${name}: ${drawn.contrast}`);
    }
  });
}

test("what devices and people have written is drawn as it was written", { skip: missing }, async (context) => {
  const { draw, page } = await (await startRenderer(context)).open();
  for (const text of hostileTexts) {
    await draw(render(saying(text), "adaptive-card"));
    const drawn = await page.evaluate(factsOfPage);
    assert.deepEqual({ foreign: drawn.foreign, cut: drawn.cut }, { foreign: [], cut: [] }, text);
    assert.ok(visibleOf(drawn.text).includes(visibleOf(`Before ${text} after`)), `${text}\n${drawn.text}`);
  }
});

for (const knowsExecute of [true, false]) {
  const host = knowsExecute ? "a host" : "a host below 1.4";
  test(`a press of a button in ${host} comes back as the choice`, { skip: missing }, async (context) => {
    const { draw, page } = await (await startRenderer(context)).open({ knowsExecute });
    await draw(render(kinds.confirmation, "adaptive-card"));
    await page.getByRole("button", { name: "Yes, close Outlook now" }).click();
    const [action] = await page.evaluate(() => window.executed);
    assert.equal(action.type, knowsExecute ? "Action.Execute" : "Action.Submit");
    const payload = knowsExecute ? { type: "invoke", value: { action } } : { type: "message", value: action.data };
    assert.deepEqual(readReply("adaptive-card", payload), { choice: "4.confirm" });
  });
}

const ourTypes = [
  "AdaptiveCard",
  "Container",
  "RichTextBlock",
  "TextRun",
  "ActionSet",
  "Action.Execute",
  "Action.Submit",
];

const textsOf = ({ text, items, choices }) => [...text.split("\n"), ...items, ...choices.map(({ label }) => label)];

const actionsOf = ({ body }) => body.flatMap(({ items }) => items).flatMap(({ actions }) => actions ?? []);

/** Wide ones are numbered, because a phone cuts them. */
function buttonsOf(choices) {
  const isWide = choices.some(({ label }) => label.length > 28);
  return choices.map(({ label }, position) => (isWide ? `${position + 1}. ${label}` : label));
}

function* properties(value) {
  if (typeof value !== "object" || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    if (!Array.isArray(value)) yield [name, inner];
    yield* properties(inner);
  }
}

function assertInOrder(text, parts, where) {
  let position = 0;
  for (const part of parts) {
    const found = text.indexOf(part, position);
    assert.ok(found >= 0, `${where}: ${part}\n${text}`);
    position = found + part.length;
  }
}

/** Runs in the page: its text, what is in it that we never put there, what does not fit, and how readable it is. */
function factsOfPage() {
  const elements = [...document.querySelector(".ac-adaptiveCard").querySelectorAll("*")];
  const clear = (text) => text.replaceAll("\u200b", "");
  const texts = elements.filter(
    (one) => one.classList.contains("ac-richTextBlock") || one.classList.contains("ac-textBlock"),
  );
  const luminance = (colour) => {
    const [red, green, blue] = colour.map((part) =>
      part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const colour = (text) => text.match(/[\d.]+/g).map(Number);
  const behind = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const found = colour(getComputedStyle(one).backgroundColor);
      if (found.length === 3 || found[3] === 1) return found.slice(0, 3);
    }
    return [255, 255, 255];
  };
  const contrasts = texts
    .flatMap((text) => [...text.querySelectorAll("span")])
    .map((span) => {
      const both = [luminance(colour(getComputedStyle(span).color).slice(0, 3)), luminance(behind(span))].sort(
        (a, b) => b - a,
      );
      return (both[0] + 0.05) / (both[1] + 0.05);
    });
  return {
    text:
      clear(texts.map((one) => one.textContent).join("\n")) +
      "\n" +
      clear([...document.querySelectorAll("button")].map((one) => one.textContent).join("\n")),
    buttons: [...document.querySelectorAll("button")].map((one) => clear(one.textContent)),
    foreign: elements
      .map(({ localName }) => localName)
      .filter((name) => !["div", "span", "button", "p"].includes(name)),
    cut: texts
      .filter((one) => one.scrollWidth > one.clientWidth + 1)
      .map((one) => one.textContent)
      .concat(document.documentElement.scrollWidth > innerWidth ? ["page"] : []),
    readAloud: clear(document.querySelector(".ac-adaptiveCard").getAttribute("aria-label")),
    contrast: Math.min(...contrasts, 21),
  };
}
