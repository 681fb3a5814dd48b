// A client of the Model Context Protocol, made with the official SDK, and a person before it who answers its questions.

import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { ElicitRequestSchema } from "@modelcontextprotocol/sdk/types.js";

export const yes = () => ({ action: "accept", content: { agree: true } });

/**
 * Connects a client.
 * @param {import("node:test").TestContext} context closes the client with the test
 * @param {(question: object, extra: object) => object | Promise<object>} [answer] what the person does about a question;
 * without it, the client has no elicitation
 * @param {object} [elicitation] of which kind it is; by default as clients say it who know forms only
 */
export async function connect(context, transport, answer, elicitation = {}) {
  const capabilities = answer ? { elicitation } : {};
  const client = new Client({ name: "tests", version: "1.0.0" }, { capabilities });
  const questions = [];
  if (answer) {
    client.setRequestHandler(ElicitRequestSchema, ({ params }, extra) => {
      questions.push(params);
      return answer(params, extra);
    });
  }
  await client.connect(transport);
  context.after(() => client.close());
  return {
    client,
    /** What the person was asked. */
    questions,
    /** The data of a tool's answer, which the text repeats. */
    async call(name, input = {}, options = {}) {
      const {
        content,
        structuredContent,
        isError = false,
      } = await client.callTool({ name, arguments: input }, undefined, options);
      if (JSON.stringify(structuredContent) !== content[0].text) throw new Error("text and data differ");
      if (isError !== "error" in structuredContent) throw new Error("an error that is not told, or none that is");
      return structuredContent;
    },
  };
}

/** Goes as far as a proposal. @returns {Promise<string>} its ID */
export async function proposed({ call }, { playbook = "outlook", kind = "remote-action", risk } = {}) {
  const { deviceIds } = await call("identify_devices");
  const [deviceId] = deviceIds;
  const { recommendations } = await call("diagnose_device", { playbook, deviceId });
  const { rule } = recommendations.find((one) => one.kind === kind && (risk === undefined || one.risk === risk));
  const { proposalId } = await call("propose_remediation", { playbook, rule, deviceId });
  return proposalId;
}

/** Looks at a run until it has ended. @param {() => unknown} wait lets the tenant's time pass */
export async function ended({ call }, runId, wait) {
  for (let looks = 0; looks < 100; looks++) {
    const run = await call("check_progress", { runId });
    if (run.error || run.ended) return run;
    await wait();
  }
  throw new Error("the run has no end");
}
