// An assistant in the terminal: `npm start`. It starts the server as Claude Desktop does, by the same configuration, and calls
// the tools as a model would. The server's questions go to whoever sits here, and never to the model.

import { readFileSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { setTimeout } from "node:timers/promises";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { ElicitRequestSchema } from "@modelcontextprotocol/sdk/types.js";

const configuration = JSON.parse(readFileSync(new URL("clients/claude-desktop.json", import.meta.url), "utf8"));
const { command, args, env } = configuration.mcpServers.nexthink;
const terminal = createInterface(process.stdin, process.stdout);
terminal.on("close", () => process.exit());

const client = new Client({ name: "terminal", version: "1.0.0" }, { capabilities: { elicitation: {} } });
client.setRequestHandler(ElicitRequestSchema, async ({ params }) => {
  const answer = await terminal.question(`\nThe server asks: ${params.message}\n(yes/no) `);
  if (!/^(y|yes)$/i.test(answer.trim())) return { action: "decline" };
  return { action: "accept", content: { agree: true } };
});
await client.connect(new StdioClientTransport({ command, args, env: { ...process.env, ...env }, stderr: "ignore" }));

/** Calls a tool, and tells of it. */
async function call(name, input = {}) {
  console.log(`\nThe model calls ${name} ${JSON.stringify(input)}`);
  const { structuredContent } = await client.callTool({ name, arguments: input });
  if (structuredContent.error) console.log(`  ${structuredContent.error.message}`);
  return structuredContent;
}

const { deviceIds } = await call("identify_devices");
const { recommendations = [] } = await call("diagnose_device", { playbook: "outlook", deviceId: deviceIds[0] });
const repair = recommendations.find(({ kind }) => kind === "remote-action");
if (repair) {
  const proposal = await call("propose_remediation", {
    playbook: "outlook",
    rule: repair.rule,
    deviceId: deviceIds[0],
  });
  let run = await call("remediate", { proposalId: proposal.proposalId });
  while (run.lookAgainInSeconds) {
    // A model is told to wait for so long; a person at a terminal wants to see something.
    await setTimeout(Math.min(run.lookAgainInSeconds, 2) * 1_000);
    run = await call("check_progress", { runId: run.runId });
  }
  console.log(`\nThe model may say: ${run.mayBeSaid ?? "Nothing was triggered."}`);
} else console.log("\nThe model may say: There is nothing that could be repaired.");
await client.close();
terminal.close();
