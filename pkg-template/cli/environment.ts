// A real tenant by the variables of the environment: a secret on the command line would be seen by every process.

import type { ClientOptions } from "nexthink-chatbot";

/** The variables that name a tenant; all of them are needed. */
export const tenantVariables = [
  "NEXTHINK_INSTANCE",
  "NEXTHINK_REGION",
  "NEXTHINK_CLIENT_ID",
  "NEXTHINK_CLIENT_SECRET",
] as const;

/** The variables, as `process.env` has them. */
export type Environment = Record<string, string | undefined>;

/** Which of them are set, and which are not. */
export function tenantVariablesOf(environment: Environment): { given: string[]; missing: string[] } {
  const isGiven = (name: string) => Boolean(environment[name]);
  return { given: tenantVariables.filter(isGiven), missing: tenantVariables.filter((name) => !isGiven(name)) };
}

/** The options of a client for that tenant. */
export function tenantOptions(environment: Environment): ClientOptions {
  const text = (name: (typeof tenantVariables)[number]) => environment[name] ?? "";
  const { NEXTHINK_API_URL: apiUrl, NEXTHINK_TOKEN_URL: tokenUrl } = environment;
  return {
    instance: text("NEXTHINK_INSTANCE"),
    region: text("NEXTHINK_REGION"),
    credentials: { clientId: text("NEXTHINK_CLIENT_ID"), clientSecret: text("NEXTHINK_CLIENT_SECRET") },
    ...(apiUrl && { apiUrl }),
    ...(tokenUrl && { tokenUrl }),
  };
}
