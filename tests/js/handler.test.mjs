// The HTTP handler as a part of the package: only those who open a door carry it, and it answers as CommonJS, too. What it
// answers is tested in tests/low-code.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { createSimulator } from "nexthink-chatbot/simulator";

const require = createRequire(import.meta.url);

test("who opens no door, or only maps turns, has none of the handler in a bundle, and of the modules what they need", async () => {
  const { build } = createRequire(join(process.env.CHECKOUT, "package.json"))("esbuild");
  const bundled = async (contents) => {
    const stdin = { contents, resolveDir: fileURLToPath(new URL(".", import.meta.url)) };
    const { outputFiles } = await build({ stdin, bundle: true, format: "esm", write: false, tsconfigRaw: {} });
    return outputFiles[0].text;
  };
  const client = await bundled('import { createClient } from "nexthink-chatbot"; createClient({});');
  assert.ok(!client.includes("application/problem+json"));
  const door = await bundled('import { createHandler } from "nexthink-chatbot"; createHandler();');
  assert.ok(door.includes("application/problem+json"));
  const mapping = await bundled('import { toRasa } from "nexthink-chatbot/low-code"; toRasa({});');
  assert.ok(!mapping.includes("application/problem+json"));
  // Which characters a platform would read as marks, the conversation's module knows; nothing else comes with a mapping.
  const home = dirname(require.resolve("nexthink-chatbot/package.json"));
  const { length } = readFileSync(join(home, "conversation-module.mjs"), "utf8");
  assert.ok(mapping.length < length + 20_000, `${mapping.length} of ${length}`);
});

test("it answers as CommonJS", async () => {
  const { createClient, createHandler } = require("nexthink-chatbot");
  const tenant = createSimulator({ devices: 0, speed: Number.POSITIVE_INFINITY });
  const apiKey = "a-key-of-more-than-eight-characters";
  const nexthink = createClient(tenant.client);
  const handler = createHandler(nexthink, { apiKey, trustCaller: true });
  const response = await handler(
    new Request("https://door.example/assistant/start", {
      method: "POST",
      headers: { "x-api-key": apiKey, "content-type": "application/json" },
      body: JSON.stringify({ employee: { username: "amartin" }, format: "text" }),
    }),
  );
  assert.equal(response.status, 200);
  const { rendered, state } = await response.json();
  assert.ok(rendered.length > 5);
  assert.match(state, /^[\w-]+$/);
});
