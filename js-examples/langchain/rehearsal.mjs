// A script in the place of a model, so that the chat can be tried without a key. It follows the tools' answers, as a model does.

import { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { AIMessage } from "@langchain/core/messages";

/** As LangChain knows models. */
export class Rehearsal extends BaseChatModel {
  _llmType() {
    return "rehearsal";
  }
  bindTools() {
    return this;
  }
  async _generate(messages) {
    const { call, text = "" } = nextStep(messages);
    const id = `call-${messages.length}`;
    const message = new AIMessage({ content: text, tool_calls: call ? [{ type: "tool_call", id, ...call }] : [] });
    return { generations: [{ message, text }] };
  }
}

/** What comes next: a call, or something to say. */
function nextStep(messages) {
  const isAnswer = (message) => message.getType() === "tool";
  const answers = messages.filter(isAnswer).map(({ content }) => JSON.parse(content));
  const latest = (field) => answers.findLast((answer) => answer[field] !== undefined)?.[field];
  const call = (name, args = {}) => ({ call: { name, args } });
  const runId = latest("runId");
  // The employee has said something.
  if (!isAnswer(messages.at(-1))) return runId ? call("check_progress", { runId }) : call("identify_devices");
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
