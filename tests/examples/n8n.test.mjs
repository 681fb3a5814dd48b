// js-examples/n8n: its Code node as n8n's task runner would run it, each message an execution of its own, before a tenant over HTTP;
// and the workflow that is imported.

import assert from "node:assert/strict";
import { execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { sitBefore } from "../js/terminal-person.mjs";
import { tenantOverHttp } from "../mcp/tenant-over-http.mjs";

const folder = new URL("../../js-examples/n8n/", import.meta.url);
const read = () => JSON.parse(readFileSync(new URL("workflow.json", folder), "utf8"));
const { nodes, connections } = read();
const named = (type) => nodes.filter((node) => node.type === `n8n-nodes-base.${type}`);
const { jsCode } = named("code")[0].parameters;

/**
 * Longer than a test. Node's `fetch` makes an error of its own when it lets an idle connection go, and where n8n's secure mode
 * has frozen `Error.prototype`, making it ends the runner.
 */
const keepAliveMs = 120_000;

/** A runner, and executions on it. */
async function runner(context) {
  const child = fork(fileURLToPath(new URL("n8n-runner.mjs", import.meta.url)), { env: { PATH: process.env.PATH } });
  context.after(() => child.kill("SIGKILL"));
  // Else an answer that never comes would be waited for.
  const gone = once(child, "exit").then((why) => Promise.reject(new Error(`the runner has ended: ${why}`)));
  gone.catch(() => {});
  await Promise.race([once(child, "message"), gone]);
  let count = 0;
  return async (item, env, code = jsCode) => {
    const id = ++count;
    const answer = new Promise((resolve) => {
      const take = (message) => {
        if (message.id !== id) return;
        child.off("message", take);
        resolve(message);
      };
      child.on("message", take);
    });
    child.send({ id, code, item, env });
    return Promise.race([answer, gone]);
  };
}

/** The server behind a chat: whoever has signed in, and the state of their conversation. */
const chatOf = (execute, env, employee) => (body) => execute({ headers: { "x-employee": employee }, body }, env);

const choice = (turn, label) => turn.messages.flatMap(({ choices }) => choices).find((one) => one.label === label).id;

test("a whole repair with consent, an execution each turn, triggers one remote action, though the yes comes twice", async (context) => {
  const { variables, pass, triggers } = await tenantOverHttp(context, { keepAliveMs });
  const say = chatOf(await runner(context), variables, "amartin");
  const { json: first } = await say({ text: "my Outlook is offline" });
  assert.match(first.messages.at(-1).text, /^May I run “Set Outlook online” on AMARTIN-LT\?$/);
  const yes = { choice: choice(first, "Yes"), state: first.state };
  let [{ json: turn }] = await Promise.all([say(yes), say(yes)]);
  ({ json: turn } = await say(yes));
  for (let looks = 0; turn.resumeAfterMs !== undefined && looks < 60; looks += 1) {
    pass(turn.resumeAfterMs);
    ({ json: turn } = await say({ state: turn.state }));
  }
  assert.equal(turn.status, "confirming");
  ({ json: turn } = await say({ choice: choice(turn, "Yes"), state: turn.state }));
  assert.deepEqual([turn.status, triggers()], ["solved", 1]);
});

test("who is asking is the header's employee: nobody without it, and no other by a name or a state in the body", async (context) => {
  const { variables, triggers } = await tenantOverHttp(context, { keepAliveMs });
  const execute = await runner(context);
  const body = { text: "my Outlook is offline", employee: { username: "amartin" }, "x-employee": "amartin" };
  const { error } = await execute({ headers: {}, body }, variables);
  assert.match(error, /^nobody is signed in/);
  const { json: anna } = await chatOf(execute, variables, "amartin")(body);
  const { json: kim } = await chatOf(execute, variables, "khuber")({ text: "yes", state: anna.state });
  assert.doesNotMatch(JSON.stringify(kim.messages), /was accepted|AMARTIN-LT/);
  assert.equal(triggers(), 0);
});

test("the code has what a Code node has, and no more", async (context) => {
  const execute = await runner(context);
  const names = ["fetch", "URL", "Headers", "AbortController", "crypto", "process", "structuredClone", "performance"];
  const code = `return [{ json: { there: ${JSON.stringify(names)}.filter((name) => typeof globalThis[name] !== "undefined") } }]`;
  assert.deepEqual(await execute({}, {}, code), { id: 1, json: { there: [] } });
  const { error } = await execute({}, {}, 'require("node:fs")');
  assert.equal(error, "Cannot find module 'node:fs'");
});

test("what is wrong with the tenant's variables is said, without their values", async (context) => {
  const execute = await runner(context);
  const env = {
    NEXTHINK_INSTANCE: "https://acme",
    NEXTHINK_REGION: "eu",
    NEXTHINK_CLIENT_SECRET: "the-secret-of-nobody",
  };
  const { error } = await chatOf(execute, env, "amartin")({ text: "hi" });
  assert.match(error, /`(?:instance|credentials)/);
  assert.ok(!error.includes("the-secret-of-nobody"));
});

test("the workflow holds the code, is wired, and answers what the code throws", () => {
  const before = read();
  execFileSync(process.execPath, [fileURLToPath(new URL("workflow.mjs", folder))]);
  assert.deepEqual(before, read(), "npm run workflow writes another one");
  const names = nodes.map(({ name }) => name);
  assert.equal(new Set(names).size, nodes.length);
  for (const [from, { main }] of Object.entries(connections)) {
    assert.ok(names.includes(from), from);
    for (const { node } of main.flat()) assert.ok(names.includes(node), node);
  }
  const [webhook] = named("webhook");
  assert.deepEqual(
    [webhook.parameters.authentication, webhook.parameters.responseMode],
    ["headerAuth", "responseNode"],
  );
  const [code] = named("code");
  assert.equal(code.onError, "continueErrorOutput");
  const [good, failed] = connections[code.name].main.map(([{ node }]) => nodes.find(({ name }) => name === node));
  assert.deepEqual([good.type, failed.type], Array(2).fill("n8n-nodes-base.respondToWebhook"));
  assert.equal(failed.parameters.options.responseCode, 500);
});

test("the chat in the terminal starts without a tenant, and repairs", async (context) => {
  const person = sitBefore(context, new URL("main.mjs", folder));
  await person.reads(/^You: /m);
  person.types("my Outlook is offline");
  assert.match(await person.reads(/^You: /m), /May I run “Set Outlook online” on AMARTIN-LT\?/);
  person.types("1");
  assert.match(await person.reads(/^You: /m), /was accepted/);
});
