// The door: what Copilot Studio's connector calls, for any host that knows `Request` and `Response`.

import { createClient, createHandler } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";

/** @param {Record<string, string | undefined>} environment @param {{ apiKey: string, publicUrl?: string }} options */
export function doorOf(environment, { apiKey, publicUrl }) {
  const { NEXTHINK_INSTANCE: instance, NEXTHINK_REGION: region } = environment;
  const { NEXTHINK_CLIENT_ID: clientId, NEXTHINK_CLIENT_SECRET: clientSecret } = environment;
  const { NEXTHINK_API_URL: apiUrl, NEXTHINK_TOKEN_URL: tokenUrl } = environment;
  const tenant = { instance, region, apiUrl, tokenUrl, credentials: { clientId, clientSecret } };
  return createHandler(createClient(instance ? tenant : createSimulator({ speed: 60 }).client), {
    apiKey,
    // The agent names the employee, by System.User.PrincipalName. So nobody but your agent may have the key.
    trustCaller: true,
    // Power Platform gives an action up after 100 seconds, and would not know what became of it.
    timeoutMs: 60_000,
    ...(publicUrl && { publicUrl }),
    onError: (error, operation) => console.error(`${operation}: ${error.message}`),
  });
}
