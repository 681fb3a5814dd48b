// The page on low-code platforms: its programs run when pasted, and it calls operations by their names.

import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { blocks, page } from "../js/documented.mjs";
import { openDoor } from "./door.mjs";

const [handlerProgram, webhookProgram] = blocks("docs/low-code.md", "js");

/** Runs a program where its reader has a client and knows sessions. @returns what it exports */
async function pasted(name, code) {
  const file = join(dirname(fileURLToPath(import.meta.url)), `pasted-${name}.mjs`);
  const before = `
    import { createClient } from "nexthink-chatbot";
    import { createSimulator } from "nexthink-chatbot/simulator";
    const nexthink = createClient(createSimulator({ devices: 0, speed: Number.POSITIVE_INFINITY }).client);
    const sessionOf = (session) => ({ "session-1": { employee: { username: "amartin" } } })[session];
  `;
  writeFileSync(file, `${before}${code}`);
  try {
    return await import(pathToFileURL(file).href);
  } finally {
    rmSync(file);
  }
}

test("the handler of the page answers whom it knows", async () => {
  process.env.DOOR_KEY = "a-random-text-of-32-characters-or-so";
  const { default: host } = await pasted("handler", handlerProgram);
  const ask = (session) =>
    host.fetch(
      new Request("https://chat.acme.com/assistant/start", {
        method: "POST",
        headers: { "x-api-key": process.env.DOOR_KEY, "content-type": "application/json", "x-session": session },
        body: JSON.stringify({ text: "Outlook does not work" }),
      }),
    );
  assert.equal((await ask("session-1")).status, 200);
  assert.equal((await ask("session-2")).status, 403);
});

test("the webhook of the page answers in the language of the session", async () => {
  const { webhook } = await pasted("webhook", webhookProgram);
  const body = JSON.stringify({ text: "Outlook geht nicht", languageCode: "de", sessionInfo: { parameters: {} } });
  const request = new Request("https://chat.acme.com/webhook", { method: "POST", body });
  const { fulfillmentResponse } = await (await webhook(request, { username: "amartin" })).json();
  assert.match(fulfillmentResponse.messages[0].text.text[0], /^Hallo/);
});

test("the page calls operations as the documents do", async () => {
  const { give } = await openDoor();
  const { paths } = await give("/swagger.json");
  const summaries = Object.values(paths).flatMap((methods) => Object.values(methods).map(({ summary }) => summary));
  const text = page("docs/low-code.md").replaceAll("\n", " ");
  const named = [...text.matchAll(/\*([A-Z][a-z]+ (?:a|on|in|what|again) [^*]+)\*/g)].map(([, name]) => name);
  assert.ok(named.length >= 4, String(named));
  for (const name of named) assert.ok(summaries.includes(name), name);
});
