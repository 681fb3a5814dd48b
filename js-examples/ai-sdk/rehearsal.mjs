// A script in the place of a model, so that the chat can be tried without a key. It follows the tools' answers, as a model does.

const usage = { inputTokens: { total: 0 }, outputTokens: { total: 0 } };

/** As the AI SDK knows models. */
export const rehearsal = {
  specificationVersion: "v3",
  provider: "rehearsal",
  modelId: "script",
  supportedUrls: {},
  async doGenerate({ prompt }) {
    const { call, text } = nextStep(prompt);
    const reason = call ? { unified: "tool-calls", raw: "tool_calls" } : { unified: "stop", raw: "stop" };
    const part = call ? { type: "tool-call", toolCallId: `call-${prompt.length}`, ...call } : { type: "text", text };
    return { content: [part], finishReason: reason, usage, warnings: [] };
  },
};

/** What comes next: a call, or something to say. */
function nextStep(prompt) {
  const outputs = prompt
    .filter(({ role }) => role === "tool")
    .flatMap(({ content }) => content.map(({ output }) => output));
  const answers = outputs.map(({ value }) => value ?? {});
  const latest = (field) => answers.findLast((answer) => answer[field] !== undefined)?.[field];
  const call = (toolName, given = {}) => ({ call: { toolName, input: JSON.stringify(given) } });
  const runId = latest("runId");
  // The employee has said something.
  if (prompt.at(-1).role !== "tool") return runId ? call("check_progress", { runId }) : call("identify_devices");
  if (outputs.at(-1).type === "execution-denied") return { text: "As you like. Nothing was triggered." };
  const { error, deviceIds, recommendations, proposalId, mayBeSaid } = answers.at(-1);
  if (error) return { text: `That did not work: ${error.message}. Nothing was triggered.` };
  if (deviceIds) return call("diagnose_device", { playbook: "outlook", deviceId: deviceIds[0] });
  const repair = recommendations?.find(({ kind }) => kind === "remote-action");
  if (repair)
    return call("propose_remediation", { playbook: "outlook", rule: repair.rule, deviceId: latest("deviceId") });
  if (recommendations) return { text: "I found nothing that I could repair." };
  if (proposalId && !mayBeSaid) return call("remediate", { proposalId });
  return { text: `${mayBeSaid} Ask me again in a while, if you like.` };
}
