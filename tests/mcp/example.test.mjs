// js-examples/mcp: the client in the terminal, and every configuration as the client that it is for would use it.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { sitBefore } from "../js/terminal-person.mjs";
import { connect, ended, proposed, yes } from "./official-client.mjs";
import { key, serve } from "./served-program.mjs";
import { tenantOverHttp } from "./tenant-over-http.mjs";

const folder = new URL("../../js-examples/mcp/", import.meta.url);
const program = new URL("main.mjs", folder);
const clients = fileURLToPath(new URL("clients", folder));
/** Where `npx` finds the packed package, and needs no registry. */
const project = fileURLToPath(new URL("../..", import.meta.url));

/** Tools beside this Node come first: `npx` is one. */
const PATH = [dirname(process.execPath), process.env.PATH].join(delimiter);

/** No registry is asked, neither for the package nor for news of npm. */
const quietNpm = { npm_config_offline: "true", npm_config_update_notifier: "false" };

/** A configuration, with what its client would ask its user for. */
function configured(file, answers = {}) {
  const text = readFileSync(join(clients, file), "utf8");
  const { servers, mcpServers } = JSON.parse(text.replace(/\$\{input:([\w-]+)\}/g, (_, id) => answers[id]));
  return (servers ?? mcpServers).nexthink;
}

/** A client that starts the server as a configuration says. */
function started(context, { command, args, env }, { variables = {}, answer } = {}) {
  const transport = new StdioClientTransport({
    command,
    args,
    cwd: project,
    env: { PATH, HOME: tmpdir(), ...quietNpm, ...env, ...variables },
    stderr: "ignore",
  });
  return connect(context, transport, answer);
}

for (const file of readdirSync(clients).filter((name) => !/tenant|http/.test(name))) {
  test(`${file} starts the server with the simulated tenant, for the employee that it names`, async (context) => {
    const person = await started(context, configured(file), { answer: yes });
    const { dataFromDevice } = await person.call("identify_devices");
    assert.equal(dataFromDevice["device-1"].name, "AMARTIN-LT");
    const { facts } = await person.call("remediate", { proposalId: await proposed(person) });
    assert.deepEqual([facts.accepted, person.questions.length], [true, 1]);
  });
}

test("vscode-tenant.json leads to the tenant with what its user was asked for, and a repair runs once", async (context) => {
  const { variables, pass, triggers } = await tenantOverHttp(context);
  const { NEXTHINK_CLIENT_ID, NEXTHINK_CLIENT_SECRET, NEXTHINK_API_URL, NEXTHINK_TOKEN_URL, ...named } = variables;
  const answers = { "client-id": NEXTHINK_CLIENT_ID, "client-secret": NEXTHINK_CLIENT_SECRET };
  const server = configured("vscode-tenant.json", answers);
  assert.deepEqual(Object.keys(named).sort(), ["NEXTHINK_INSTANCE", "NEXTHINK_REGION"]);
  for (const name of Object.keys(named)) assert.ok(server.env[name], name);
  server.args.splice(-1, 1, "amartin");
  const ofTheTests = { ...named, NEXTHINK_API_URL, NEXTHINK_TOKEN_URL };
  const person = await started(context, server, { variables: ofTheTests, answer: yes });
  const { runId } = await person.call("remediate", { proposalId: await proposed(person) });
  const { state } = await ended(person, runId, pass);
  assert.deepEqual([state, triggers()], ["succeeded", 1]);
});

test("vscode-http.json reaches a served one with its key, and not without", async (context) => {
  const { url } = await serve(context, { args: ["--employee", "amartin"] });
  const { type, headers, url: named } = configured("vscode-http.json", { key });
  assert.deepEqual([type, new URL(named).pathname], ["http", new URL(url).pathname]);
  const transport = (sent) => new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers: sent } });
  const person = await connect(context, transport(headers), yes);
  assert.equal((await person.client.listTools()).tools.length, 6);
  await assert.rejects(connect(context, transport({}), yes));
});

test("the inspector starts the server by the configuration for Claude Desktop", (context) => {
  // Through a link, the inspector takes itself for a module and does nothing.
  const packages = realpathSync(join(process.env.CHECKOUT, "tests/mcp/node_modules"));
  const node = join(packages, "node24/bin/node");
  if (!existsSync(node)) return context.skip("there is no Node 24 for this platform: the inspector needs one");
  const home = mkdtempSync(join(tmpdir(), "inspector-"));
  context.after(() => rmSync(home, { recursive: true, force: true }));
  // A file of that name and place, as the inspector's users have it.
  const file = join(home, "claude_desktop_config.json");
  writeFileSync(file, readFileSync(join(clients, "claude-desktop.json")));
  const inspector = join(packages, "@modelcontextprotocol/inspector/clients/cli/build/index.js");
  const args = [inspector, "--config", file, "--server", "nexthink", "--method", "tools/call"];
  const output = execFileSync(node, [...args, "--tool-name", "diagnose_device", "--tool-arg", "playbook=outlook"], {
    cwd: project,
    env: { PATH, HOME: home, ...quietNpm },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  assert.equal(JSON.parse(output).structuredContent.recommendations[0].rule, "offline");
});

test("the client in the terminal: the person agrees, and the repair runs once", async (context) => {
  const { variables, pass, triggers } = await tenantOverHttp(context);
  const person = sitBefore(context, program, { ...variables, ...quietNpm });
  const question = await person.reads(/\(yes\/no\) /);
  assert.match(question, /The server asks: May I run “Set Outlook online” on your device “AMARTIN-LT”\?/);
  assert.equal(triggers(), 0);
  person.types("yes");
  await person.reads(/The model calls check_progress/);
  pass(60_000);
  await person.reads(/The model may say: It ran\. /);
  assert.deepEqual([await person.ended(), triggers()], [0, 1]);
});

test("the client in the terminal: the person declines, and nothing is triggered", async (context) => {
  const { variables, triggers } = await tenantOverHttp(context);
  const person = sitBefore(context, program, { ...variables, ...quietNpm });
  await person.reads(/\(yes\/no\) /);
  person.types("well, no");
  await person.reads(/did not agree[\s\S]*The model may say: Nothing was triggered\./);
  assert.deepEqual([await person.ended(), triggers()], [0, 0]);
});

test("without a tenant the client in the terminal repairs in the simulated one", async (context) => {
  const person = sitBefore(context, program, { ...quietNpm });
  await person.reads(/\(yes\/no\) /);
  person.types("yes");
  await person.reads(/The model may say: It ran\. /);
  assert.equal(await person.ended(), 0);
});
