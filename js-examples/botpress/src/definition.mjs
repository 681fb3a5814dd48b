// What Botpress shows of the integration: what is configured where it is installed, and what its action takes and gives.

import { IntegrationDefinition, z } from "@botpress/sdk";
import { botpressAction } from "nexthink-chatbot/low-code";

const action = botpressAction(z);

export default new IntegrationDefinition({
  name: "acme/nexthink",
  title: "Nexthink",
  description: "Finds out what is wrong with an employee's device, and repairs it with their consent",
  version: "1.0.0",
  configuration: {
    schema: z.object({
      instance: z
        .string()
        .optional()
        .describe("The tenant: acme in https://acme.eu.nexthink.cloud; none: a simulated one"),
      region: z.string().optional().describe("us, eu, pac or meta"),
      clientId: z.string().optional().describe("Client ID of the API credentials"),
      clientSecret: z.string().secret().optional().describe("Client secret of the API credentials"),
      sessionKey: z.string().secret().min(32).describe("What your site signs its employees' sessions with"),
      apiUrl: z.string().optional().describe("Only behind a proxy"),
      tokenUrl: z.string().optional().describe("Only behind a proxy"),
    }),
  },
  actions: {
    converse: {
      ...action,
      input: {
        // Whoever could name the employee could repair anybody's device: a page, a flow, or the model that fills in the inputs.
        schema: action.input.schema.omit({ username: true, upn: true, email: true, sid: true }).extend({
          session: z.string().describe("Who is asking, as your site has signed it: user.data.nexthinkSession"),
        }),
      },
    },
  },
});
