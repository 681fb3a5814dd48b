// The same with the Bot Framework SDK.

import { CloudAdapter, ConfigurationBotFrameworkAuthentication, TeamsInfo, TurnContext } from "botbuilder";
import { botFor } from "./bot.mjs";
import { employeeBy } from "./employee.mjs";

/** @returns a handler for Express: `POST /api/messages` */
export function botBuilderHandler({ employeeOf, account, ...options }) {
  const { clientId = "", clientSecret, tenantId } = account;
  const authentication = new ConfigurationBotFrameworkAuthentication({
    // Without an account of its own it takes everybody for Teams: for tries on this machine.
    ...(clientId && {
      MicrosoftAppType: "SingleTenant",
      MicrosoftAppId: clientId,
      MicrosoftAppPassword: clientSecret,
      MicrosoftAppTenantId: tenantId,
    }),
  });
  const adapter = new CloudAdapter(authentication);

  /** By the reference of a conversation it is continued at any time, long after what came in was answered. */
  const send = (reference, activity) =>
    adapter.continueConversationAsync(clientId, reference, (context) => context.sendActivity(activity));

  const getMember = (context, id) => TeamsInfo.getMember(context, id);
  const bot = botFor({ ...options, send, employeeOf: employeeOf ?? employeeBy(tenantId, getMember) });

  return (request, response) =>
    adapter.process(request, response, async (context) => {
      const { activity } = context;
      if (activity.type === "message") await bot(context, TurnContext.getConversationReference(activity));
    });
}
