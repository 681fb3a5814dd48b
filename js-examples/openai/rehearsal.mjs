// A script in the place of a model, so that the chat can be tried without a key. It follows the tools' answers, as a model does.

import OpenAI from "openai";

/** OpenAI's own client, whose requests do not leave this process. */
export const rehearsal = () => new OpenAI({ apiKey: "none", fetch: async (_, { body }) => answerTo(JSON.parse(body)) });

function answerTo({ model, input }) {
  const { call, text } = nextStep(input);
  const id = input.length;
  const item = call
    ? {
        type: "function_call",
        id: `fc_${id}`,
        call_id: `call_${id}`,
        ...call,
        arguments: JSON.stringify(call.arguments),
      }
    : {
        type: "message",
        id: `msg_${id}`,
        role: "assistant",
        content: [{ type: "output_text", text, annotations: [] }],
      };
  return Response.json({ id: `resp_${id}`, object: "response", status: "completed", model, output: [item] });
}

/** What comes next: a call, or something to say. */
function nextStep(input) {
  const answers = input.filter(({ type }) => type === "function_call_output").map(({ output }) => JSON.parse(output));
  const latest = (field) => answers.findLast((answer) => answer[field] !== undefined)?.[field];
  const call = (name, given = {}) => ({ call: { name, arguments: given } });
  const { type, output } = input.at(-1);
  const runId = latest("runId");
  // The employee has said something.
  if (type !== "function_call_output") return runId ? call("check_progress", { runId }) : call("identify_devices");
  const { error, deviceIds, recommendations, proposalId, mayBeSaid } = JSON.parse(output);
  if (error) return { text: `That did not work: ${error.message}. Nothing was triggered.` };
  if (deviceIds) return call("diagnose_device", { playbook: "outlook", deviceId: deviceIds[0] });
  const repair = recommendations?.find(({ kind }) => kind === "remote-action");
  if (repair)
    return call("propose_remediation", { playbook: "outlook", rule: repair.rule, deviceId: latest("deviceId") });
  if (recommendations) return { text: "I found nothing that I could repair." };
  if (proposalId && !mayBeSaid) return call("remediate", { proposalId });
  return { text: `${mayBeSaid} Ask me again in a while, if you like.` };
}
