// With the Microsoft 365 Agents SDK.

import { AgentApplication, CloudAdapter } from "@microsoft/agents-hosting";
import { createAgentRequestHandler } from "@microsoft/agents-hosting-express";
import { TeamsInfo } from "@microsoft/agents-hosting-extensions-teams";
import { botFor } from "./bot.mjs";
import { employeeBy } from "./employee.mjs";

/** @returns a handler for Express: `POST /api/messages` */
export function agentsHandler({ employeeOf, account, ...options }) {
  const { clientId, tenantId } = account;
  // Without an issuer's check a token of any tenant would do.
  const authentication = clientId ? { ...account, validateIssuer: true } : undefined;
  const adapter = new CloudAdapter(authentication);

  /** By the reference of a conversation it is continued at any time, long after what came in was answered. */
  const send = ({ identity, reference }, activity) =>
    adapter.continueConversation(identity, reference, (context) => context.sendActivity(activity));

  const getMember = (context, id) => TeamsInfo.getMember(context, id);
  const bot = botFor({ ...options, send, employeeOf: employeeOf ?? employeeBy(tenantId, getMember) });

  const agent = new AgentApplication({ adapter });
  agent.onActivity("message", (context) => {
    const { identity, activity } = context;
    return bot(context, { identity, reference: activity.getConversationReference() });
  });
  return createAgentRequestHandler(agent, authentication);
}
