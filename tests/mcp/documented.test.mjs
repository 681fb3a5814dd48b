// What the page on language models shows: its server repairs when pasted, fits the SDK's types, and its configurations are JSON.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import { createClient } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";
import { blocks, shown } from "../js/documented.mjs";
import { connect, proposed, yes } from "./official-client.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const section = "## Assistants that speak the Model Context Protocol";
const code = shown("docs/language-models.md", section);

test("the server of the page triggers a repair with the consent of its client's user", async (context) => {
  const file = join(here, "pasted-server.mjs");
  writeFileSync(file, code);
  const { serverFor } = await import(file);
  const server = serverFor(createClient(createSimulator({ speed: Number.POSITIVE_INFINITY }).client), {
    username: "amartin",
  });
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await server.connect(ours);
  const person = await connect(context, theirs, yes);
  const { facts } = await person.call("remediate", { proposalId: await proposed(person) });
  assert.deepEqual([facts.accepted, person.questions.length], [true, 1]);
});

test("the server of the page fits the SDK's types, in the strictest manner", () => {
  const typed = code.replace("(nexthink, employee)", "(nexthink: NexthinkClient, employee: Employee)");
  assert.notEqual(typed, code);
  const file = join(here, "pasted-server.mts");
  writeFileSync(file, `import type { Employee, NexthinkClient } from "nexthink-chatbot";\n${typed}`);
  const checkout = createRequire(join(process.env.CHECKOUT, "package.json"));
  const compiler = join(dirname(checkout.resolve("typescript/package.json")), "bin", "tsc");
  const typeRoots = [dirname(dirname(checkout.resolve("@types/node/package.json")))];
  const strictest = { strict: true, exactOptionalPropertyTypes: true, skipLibCheck: true };
  const compilerOptions = {
    ...strictest,
    noEmit: true,
    target: "es2022",
    module: "nodenext",
    types: ["node"],
    typeRoots,
  };
  const configuration = join(here, "pasted-server.json");
  writeFileSync(configuration, JSON.stringify({ compilerOptions, files: [file] }));
  try {
    execFileSync(process.execPath, [compiler, "-p", configuration], { encoding: "utf8" });
  } catch (error) {
    assert.fail(error.stdout);
  }
});

test("the configurations of the page are JSON, and start the command", () => {
  const [desktop, code] = blocks("docs/language-models.md", "json", section).map((text) => JSON.parse(text));
  assert.deepEqual(desktop.mcpServers.nexthink.args.slice(1, 3), ["nexthink-chatbot", "mcp"]);
  assert.match(code.servers.nexthink.url, /\/mcp$/);
});
