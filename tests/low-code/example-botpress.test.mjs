// js-examples/botpress: its action, called as Botpress calls it, over a tenant behind HTTP; and the bot in the terminal.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import definition from "../../js-examples/botpress/src/definition.mjs";
import { employeeIn, sessionOf } from "../../js-examples/botpress/src/session.mjs";
import { sitBefore } from "../js/terminal-person.mjs";
import { tenantOverHttp } from "../mcp/tenant-over-http.mjs";

const folder = new URL("../../js-examples/botpress/", import.meta.url);
const sessionKey = "a-key-of-these-tests-and-of-nothing-else";
const { configuration, actions } = definition;

/** The integration as Botpress's program makes it: one file of CommonJS out of `src/index.ts`. */
async function bundled(context) {
  const { build } = createRequire(join(process.env.CHECKOUT, "package.json"))("esbuild");
  const out = mkdtempSync(fileURLToPath(new URL("bundled-", folder)));
  context.after(() => rmSync(out, { recursive: true, force: true }));
  const outfile = join(out, "index.cjs");
  const entryPoints = [fileURLToPath(new URL("src/index.ts", folder))];
  await build({ entryPoints, outfile, bundle: true, platform: "node", format: "cjs", logLevel: "error" });
  return createRequire(outfile)(outfile).default;
}

/** A bot with this integration. @returns its action: what it takes and gives is held to the definition */
function botWith(integration, variables = {}) {
  const { NEXTHINK_INSTANCE: instance, NEXTHINK_REGION: region } = variables;
  const { NEXTHINK_CLIENT_ID: clientId, NEXTHINK_CLIENT_SECRET: clientSecret } = variables;
  const { NEXTHINK_API_URL: apiUrl, NEXTHINK_TOKEN_URL: tokenUrl } = variables;
  const configured = { instance, region, clientId, clientSecret, apiUrl, tokenUrl, sessionKey };
  const given = configuration.schema.parse(JSON.parse(JSON.stringify(configured)));
  return async (input) => {
    const headers = {
      "x-bp-operation": "action_triggered",
      "x-bp-type": "converse",
      "x-bp-configuration": Buffer.from(JSON.stringify(given)).toString("base64"),
      "x-bot-id": "bot",
      "x-bot-user-id": "user",
      "x-integration-id": "integration",
      "x-integration-alias": "nexthink",
      "x-webhook-id": "webhook",
    };
    const body = JSON.stringify({ type: "converse", input: actions.converse.input.schema.parse(input) });
    const answered = await integration.handler({ method: "POST", path: "/", query: "", headers, body });
    const json = JSON.parse(answered.body);
    if ((answered.status ?? 200) !== 200) return { refused: json.message };
    return actions.converse.output.schema.parse(json.output);
  };
}

test("botpress: a whole repair with consent triggers one remote action, from the bundle that would be deployed", async (context) => {
  const { variables, pass, triggers } = await tenantOverHttp(context);
  const converse = botWith(await bundled(context), variables);
  const session = sessionOf({ username: "amartin" }, sessionKey);
  let turn = await converse({ session, text: "my Outlook is offline" });
  assert.match(turn.text, /May I run “Set Outlook online” on AMARTIN-LT\?/);
  const yes = { session, state: turn.state, choice: turn.choices.find(({ label }) => label === "Yes").value };
  // Platforms deliver twice.
  [turn] = await Promise.all([converse(yes), converse(yes)]);
  for (let looks = 0; turn.resumeAfterMs >= 0 && looks < 60; looks += 1) {
    pass(turn.resumeAfterMs);
    turn = await converse({ session, state: turn.state });
  }
  assert.equal(turn.status, "confirming");
  turn = await converse({ session, state: turn.state, text: "yes, it works" });
  assert.deepEqual([turn.status, triggers()], ["solved", 1]);
});

test("botpress: whoever is not signed in by the site is nobody, whatever the bot or its model fills in", async () => {
  const { default: integration } = await import(new URL("src/integration.mjs", folder));
  const converse = botWith(integration);
  const [text, seal] = sessionOf({ username: "amartin" }, sessionKey).split(".");
  const other = Buffer.from(JSON.stringify({ employee: { username: "khuber" }, until: Number.MAX_SAFE_INTEGER }));
  const sessions = {
    "no session": "",
    "a name": "amartin",
    "another's name under the same signature": `${other.toString("base64url")}.${seal}`,
    "a signature of another key": sessionOf({ username: "amartin" }, `${sessionKey}!`),
    "a session of yesterday": sessionOf({ username: "amartin" }, sessionKey, { now: Date.now() - 24 * 3_600_000 }),
    "half of a session": text,
  };
  for (const [what, session] of Object.entries(sessions)) {
    const { refused } = await converse({ session, text: "my Outlook is offline", username: "amartin" });
    assert.match(refused, /^Nobody is signed in/, what);
  }
  assert.deepEqual(employeeIn(`${text}.${seal}`, sessionKey), { username: "amartin" });
});

test("botpress: a conversation that another employee has begun is not gone on with", async () => {
  const { default: integration } = await import(new URL("src/integration.mjs", folder));
  const converse = botWith(integration);
  const anna = await converse({
    session: sessionOf({ username: "amartin" }, sessionKey),
    text: "my Outlook is offline",
  });
  const kim = await converse({
    session: sessionOf({ username: "khuber" }, sessionKey),
    state: anna.state,
    text: "yes",
  });
  assert.doesNotMatch(kim.text, /was accepted|AMARTIN-LT/);
});

test("botpress: its author reads what is wrong with a call, and no secret", async () => {
  const { default: integration } = await import(new URL("src/integration.mjs", folder));
  const converse = botWith(integration, {
    NEXTHINK_INSTANCE: "no tenant!",
    NEXTHINK_REGION: "eu",
    NEXTHINK_CLIENT_ID: "id",
    NEXTHINK_CLIENT_SECRET: "the-secret-of-nobody",
  });
  const { refused } = await converse({ session: sessionOf({ username: "amartin" }, sessionKey), text: "hi" });
  assert.match(refused, /`instance`/);
  assert.ok(!refused.includes("the-secret-of-nobody"));
});

test("botpress: secrets are shown as such where the integration is installed, and its action takes no name", () => {
  const { properties } = configuration.schema.toJSONSchema();
  for (const name of ["clientSecret", "sessionKey"]) assert.match(JSON.stringify(properties[name]), /secret/, name);
  assert.deepEqual(Object.keys(actions.converse.input.schema.shape).sort(), ["choice", "session", "state", "text"]);
});

test("botpress: the bot in the terminal starts without a tenant, and repairs", async (context) => {
  const person = sitBefore(context, new URL("main.mjs", folder));
  await person.reads(/^You: /m);
  person.types("my Outlook is offline");
  assert.match(await person.reads(/^You: /m), /May I run “Set Outlook online” on AMARTIN-LT\?/);
  person.types("1");
  assert.match(await person.reads(/^You: /m), /was accepted/);
  person.types("1");
  await person.reads(/^You: /m);
});
