// The protocol's official inspector, by its command line, before the program. It cannot ask its user anything.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { program } from "../js/served-tenant.mjs";
import { serve } from "./served-program.mjs";

const inspector = join(process.env.CHECKOUT, "tests/mcp/node_modules/@modelcontextprotocol/inspector/cli/build/cli.js");
const server = [process.execPath, program, "mcp", "--employee", "amartin"];

/** @param {string[]} where the command that starts a server, or its address @param {string} request the rest, by spaces */
async function inspect(where, request) {
  const command = [inspector, "--cli", ...where, ...request.split(" ")];
  const { PATH } = process.env;
  const child = spawn(process.execPath, command, { stdio: ["ignore", "pipe", "pipe"], env: { PATH } });
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  assert.equal(child.exitCode, 0, errors);
  return JSON.parse(output);
}

test("the inspector lists the tools, and the prompt", async () => {
  const { tools } = await inspect(server, "--method tools/list");
  assert.equal(tools.length, 6);
  const { prompts } = await inspect(server, "--method prompts/list");
  assert.equal(prompts[0].name, "repair_my_device");
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
  const args = ["--employee", "amartin", "--no-key"];
  const { url } = await serve(context, { args, variables: { NEXTHINK_MCP_KEY: "" } });
  const where = [url, "--transport", "http"];
  const { structuredContent } = await inspect(where, "--method tools/call --tool-name identify_devices");
  assert.equal(structuredContent.dataFromDevice["device-1"].name, "AMARTIN-LT");
});
