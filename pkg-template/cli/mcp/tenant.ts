// Which tenant the server's tools work on: the simulated one, or a real one from the environment.

import { createClient, type Employee, type NexthinkClient } from "nexthink-chatbot";
import { administrationOf, missingVariables } from "../administration.ts";
import { simulatedDesk } from "../chat/desk.ts";
import { type Environment, tenantOptions, tenantVariables, tenantVariablesOf } from "../environment.ts";

/** A tenant, and what the server must know of it. */
export interface McpTenant {
  nexthink: NexthinkClient;
  /** What to call it. */
  name: string;
  /** The employee of this name, or whoever is usual; nothing where it cannot have one. Real tenants are not asked. */
  employee(username: string | undefined): Employee | undefined;
}

/** How much faster than ours the simulated tenant's time passes, as in the chat. */
const speed = 20;

/** @throws Error where a tenant is named in part, or a file cannot be read */
export function mcpTenant(files: { playbooks?: string; config?: string }, environment: Environment): McpTenant {
  const administration = administrationOf(files);
  const missing = missingVariables(environment, administration);
  if (missing.length === 0) {
    const options = { ...tenantOptions(environment), ...administration };
    const nexthink = createClient(options);
    const name = `the tenant ${options.instance} (${options.region})`;
    return { nexthink, name, employee: (username) => (username === undefined ? undefined : { username }) };
  }
  if (missing.length < tenantVariables.length || tenantVariablesOf(environment).given.length > 0) {
    throw new Error(`for a real tenant, also set ${missing.join(", ")}`);
  }
  if (files.playbooks !== undefined || files.config !== undefined) {
    throw new Error(`--playbooks and --config are for a real tenant: set ${missing.join(", ")}`);
  }
  const desk = simulatedDesk({ speed }, "en");
  if (!desk?.simulation) throw new Error("the simulated tenant has lost its usual employee");
  const { simulation } = desk;
  const seated = (username: string | undefined) => (username === undefined ? desk : simulation.seat(username));
  return {
    nexthink: simulation.nexthink,
    name: "the simulated tenant",
    employee: (username) => seated(username)?.employee,
  };
}
