// The protocol's official inspector before the program, by its two command lines: one that calls and leaves, and one that
// holds a connection and hands its user the server's questions. It wants a newer Node than the package does.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, test } from "node:test";
import { program } from "../js/served-tenant.mjs";
import { serve } from "./served-program.mjs";
import { tenantOverHttp } from "./tenant-over-http.mjs";

// Through a link, the inspector takes itself for a module and does nothing.
const packages = realpathSync(join(process.env.CHECKOUT, "tests/mcp/node_modules"));
const node = join(packages, "node24/bin/node");
const clients = join(packages, "@modelcontextprotocol/inspector/clients");
const employee = ["--employee", "amartin"];
const server = [process.execPath, program, "mcp", ...employee];

/** Where the inspector keeps what it writes. */
const home = mkdtempSync(join(tmpdir(), "inspector-"));
after(() => rmSync(home, { recursive: true, force: true }));

/** Runs one of the inspector's programs. @returns {Promise<{ code: number, output: string, errors: string }>} */
async function run(args, variables = {}) {
  const { PATH } = process.env;
  const child = spawn(node, args, { stdio: ["ignore", "pipe", "pipe"], env: { PATH, HOME: home, ...variables } });
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { code: child.exitCode, output, errors };
}

/** @param {string[]} where the command that starts a server, or its address @param {string} request the rest, by spaces */
async function inspect(where, request) {
  const { output, errors } = await run([join(clients, "cli/build/index.js"), ...where, ...request.split(" ")]);
  assert.notEqual(output, "", errors);
  return JSON.parse(output);
}

/** A connection that lasts for a test, and its user's commands. */
async function held(context, ...target) {
  const variables = {
    // Else all commands of a user share one process, and all their connections.
    MCP_INSPECTOR_DAEMON_DIR: mkdtempSync(join(home, "held-")),
    MCP_INSPECTOR_DAEMON_TOKEN: "of-this-test-and-nobody-else",
    MCP_INSPECTOR_SECRET_STORE: "file",
  };
  const command = (...args) => run([join(clients, "mcpdo/build/mcp-bin.js"), "--format", "json", ...args], variables);
  context.after(() => command("daemon", "stop"));
  const { code, output, errors } = await command("connect", ...target);
  assert.equal(code, 0, errors);
  const { name } = JSON.parse(output);
  const said = async (...args) => {
    const { output, errors } = await command("--connection", name, ...args);
    assert.notEqual(output, "", errors);
    return JSON.parse(output);
  };
  return {
    /** The data of a tool's answer, or the question that the server asks before it gives one. */
    async call(name, input) {
      const answer = await said("tools/call", name, JSON.stringify(input));
      return answer.elicitationPending ?? answer.structuredContent;
    },
    /** The person's answer to a question. */
    respond: async (question, ...answer) => {
      const { structuredContent } = await said("elicitation/respond", question.elicitationId, ...answer);
      return structuredContent;
    },
  };
}

/** Goes as far as the question whether the employee agrees. */
async function asked({ call }) {
  await call("diagnose_device", { playbook: "outlook" });
  const { proposalId } = await call("propose_remediation", { playbook: "outlook", rule: "offline" });
  return call("remediate", { proposalId });
}

test("the inspector lists the tools, and the prompt", async () => {
  const { tools } = await inspect(server, "--method tools/list");
  assert.equal(tools.length, 6);
  const { prompts } = await inspect(server, "--method prompts/list");
  assert.equal(prompts[0].name, "repair_my_device");
});

test("the inspector finds nothing in the tools' schemas that a client could not read", async () => {
  const { code, errors } = await run([
    ...[join(clients, "cli/build/index.js"), ...server],
    ...["--method", "tools/list", "--strict"],
  ]);
  assert.equal(code, 0, errors);
});

test("the inspector calls a tool, and sees its data", async () => {
  const call = "--method tools/call --tool-name";
  const diagnosed = await inspect(server, `${call} diagnose_device --tool-arg playbook=outlook`);
  assert.equal(diagnosed.isError, undefined);
  assert.equal(diagnosed.structuredContent.recommendations[0].rule, "offline");
  const refused = await inspect(server, `${call} remediate --tool-arg proposalId=p-0`);
  assert.deepEqual([refused.isError, refused.structuredContent.error.kind], [true, "not-found"]);
});

test("the inspector reaches the program over HTTP", async (context) => {
  const { url } = await serve(context, { args: [...employee, "--no-key"], variables: { NEXTHINK_MCP_KEY: "" } });
  const where = [url, "--transport", "http"];
  const { structuredContent } = await inspect(where, "--method tools/call --tool-name identify_devices");
  assert.equal(structuredContent.dataFromDevice["device-1"].name, "AMARTIN-LT");
});

test("the inspector's user finishes a whole repair with their consent", async (context) => {
  const { variables, pass, triggers } = await tenantOverHttp(context);
  const named = Object.entries(variables).flatMap(([name, value]) => ["-e", `${name}=${value}`]);
  const person = await held(context, ...named, "--", ...server);
  const question = await asked(person);
  assert.match(question.message, /^May I run “Set Outlook online” on your device “AMARTIN-LT”\?/);
  assert.equal(triggers(), 0);
  const { runId } = await person.respond(question, "agree:=true");
  let run = { ended: false };
  for (let looks = 0; !run.ended && looks < 10; looks++) {
    await pass();
    run = await person.call("check_progress", { runId });
  }
  assert.deepEqual([run.state, run.facts.ran, triggers()], ["succeeded", true, 1]);
});

test("nothing is triggered where the inspector's user declines", async (context) => {
  const { variables, triggers } = await tenantOverHttp(context);
  const named = Object.entries(variables).flatMap(([name, value]) => ["-e", `${name}=${value}`]);
  const person = await held(context, ...named, "--", ...server);
  const { error } = await person.respond(await asked(person), "--decline");
  assert.deepEqual([error.kind, triggers()], ["consent", 0]);
});
