// Our Block Kit messages hold to what Slack publishes: its types, and the limits that its documentation tells.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { readReply, render } from "./rendering.mjs";
import { schemaOf } from "./schema.mjs";
import { greeting, hostileTexts, inLanguages, kinds, largest, saying } from "./turns.mjs";

const all = { ...kinds, ...inLanguages, largest };

const types = createRequire(import.meta.url)
  .resolve("@slack/types")
  .replace(/index\.js$/, "block-kit/blocks.d.ts");

test("every block is one by Slack's types, and holds nothing that they do not know", () => {
  const validate = schemaOf(types, "KnownBlock");
  for (const turn of [...Object.values(all), ...hostileTexts.map(saying)]) {
    for (const block of render(turn, "block-kit").blocks) {
      assert.ok(validate(block), `${JSON.stringify(block)} ${JSON.stringify(validate.errors?.slice(0, 3))}`);
    }
  }
  const [section] = render(greeting, "block-kit").blocks;
  assert.equal(validate({ ...section, colour: "red" }), false);
  assert.equal(validate({ ...section, type: "sektion" }), false);
});

test("limits are kept, and an ellipsis tells what was left out", () => {
  for (const [name, turn] of Object.entries(all)) assertWithinLimits(render(turn, "block-kit"), name);
  const message = render(largest, "block-kit");
  assert.ok(JSON.stringify(message.blocks).includes("…") && message.text.includes("…"));
  assert.deepEqual(
    buttonsOf(message).map(({ value }) => value),
    ["3.yes", "3.no"],
  );
});

test("all that is said and can be chosen is there, in order, also in the notification", () => {
  for (const [name, turn] of Object.entries({ ...kinds, ...inLanguages })) {
    const message = render(turn, "block-kit");
    const drawn = textsOf(message.blocks).join("\n").replaceAll("\u200b", "");
    for (const whole of [drawn, message.text.replaceAll("\u200b", "")]) {
      let position = 0;
      for (const { text, items, choices } of turn.messages) {
        for (const part of [text, ...items, ...choices.map(({ label }) => label)]) {
          const found = whole.indexOf(part, position);
          assert.ok(found >= 0, `${name}: ${part}\n${whole}`);
          position = found + part.length;
        }
      }
    }
  }
});

test("only plain text without emoji holds what devices and people have written", () => {
  for (const text of hostileTexts) {
    const message = render(saying(text), "block-kit");
    for (const { type, emoji } of objectsOf(message.blocks).filter(({ text }) => typeof text === "string")) {
      assert.deepEqual({ type, emoji }, { type: "plain_text", emoji: false });
    }
    assertWithinLimits(message, text);
  }
});

test("the notification has no control sequence of Slack's, and nothing that Slack finds by itself", () => {
  for (const text of hostileTexts) {
    const message = render(saying(text), "block-kit");
    assert.equal(message.mrkdwn, false);
    assert.doesNotMatch(message.text, /[<>]|&(?!amp;|lt;|gt;)|:\/\/|@[a-z]|#[a-z]|www\.|[*`~]|\.(com|org|uk)/i, text);
  }
});

test("a press of a button comes back as the choice, as Slack posts it", () => {
  for (const turn of Object.values(kinds)) {
    const ids = turn.messages.flatMap(({ choices }) => choices.map(({ id }) => id));
    const buttons = buttonsOf(render(turn, "block-kit"));
    assert.deepEqual(
      buttons.map(({ value }) => value),
      ids,
    );
    for (const button of buttons) {
      const payload = {
        type: "block_actions",
        user: { id: "U1" },
        actions: [{ ...button, block_id: "x", action_ts: "1.2" }],
      };
      const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
      for (const posted of [payload, Object.fromEntries(new URLSearchParams(body))]) {
        assert.deepEqual(readReply("block-kit", posted), { choice: button.value });
      }
    }
  }
});

function assertWithinLimits({ blocks, text }, where) {
  assert.ok(blocks.length <= 50, where);
  assert.ok(text.length <= 3_000, where);
  const buttons = buttonsOf({ blocks });
  assert.equal(new Set(buttons.map(({ action_id }) => action_id)).size, buttons.length, where);
  for (const { text, action_id, value } of buttons) {
    assert.ok(text.text.length <= 75 && action_id.length <= 255 && value.length <= 2_000, where);
  }
  for (const block of blocks) {
    if (block.type === "actions") assert.ok(block.elements.length >= 1 && block.elements.length <= 25, where);
    if (block.type === "section") assert.ok(block.text.text.length >= 1 && block.text.text.length <= 3_000, where);
  }
}

const buttonsOf = ({ blocks }) => blocks.flatMap(({ elements }) => elements ?? []);

function objectsOf(value) {
  if (typeof value !== "object" || value === null) return [];
  const inner = Object.values(value).flatMap(objectsOf);
  return Array.isArray(value) ? inner : [value, ...inner];
}

const textsOf = (blocks) =>
  objectsOf(blocks)
    .map(({ text }) => text)
    .filter((text) => typeof text === "string");
