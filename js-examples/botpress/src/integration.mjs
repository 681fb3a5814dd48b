// The integration: what Botpress runs. It has no channel of its own; a bot calls its action, and says what comes back.

import { Integration, RuntimeError } from "@botpress/sdk";
import { createClient, NexthinkError } from "nexthink-chatbot";
import { converse, fromBotpress, toBotpress } from "nexthink-chatbot/low-code";
import { createSimulator } from "nexthink-chatbot/simulator";
import { employeeIn } from "./session.mjs";

/** A client keeps its access token, and knows what it has triggered: one for each tenant, as long as this process lives. */
const assistants = new Map();

function assistantOf({ instance, region, clientId, clientSecret, apiUrl, tokenUrl }) {
  const options = instance && { instance, region, credentials: { clientId, clientSecret }, apiUrl, tokenUrl };
  const key = JSON.stringify(options);
  if (!assistants.has(key))
    assistants.set(key, createClient(options || createSimulator({ speed: 60 }).client).assistant());
  return assistants.get(key);
}

export default new Integration({
  register: async () => {},
  unregister: async () => {},
  handler: async () => {},
  channels: {},
  actions: {
    async converse({ ctx: { configuration }, input }) {
      const employee = employeeIn(input.session, configuration.sessionKey);
      if (!employee) throw new RuntimeError("Nobody is signed in: `session` was not signed by your site, or is over");
      try {
        const turn = await converse(assistantOf(configuration), { ...fromBotpress(input), employee });
        return toBotpress(turn);
      } catch (error) {
        // Botpress shows a bot's author what it is told as a RuntimeError, and of anything else nothing.
        throw NexthinkError.is(error) ? new RuntimeError(`${error.message}: ${error.hint}`) : error;
      }
    },
  },
});
