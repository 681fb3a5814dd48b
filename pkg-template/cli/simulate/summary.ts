// What the simulator's server says of its tenant: how to reach it, and whom to try.

import type { SimulatedEmployee, SimulatedTenant } from "nexthink-chatbot/simulator";

/** How many employees are shown of the many. */
const few = 5;

/** How long a token holds, in seconds of the tenant's time. */
const tokenSeconds = 900;

export interface Setting {
  /** Where the tenant is served. */
  url: string;
  /** How much faster than ours its time passes. */
  speed: number;
  /** What was asked to go wrong, as it was asked for. */
  faults: readonly string[];
  /** Whether to show all employees. */
  all: boolean;
}

export function summary(tenant: SimulatedTenant, { url, speed, faults, all }: Setting): string {
  const { instance, region, credentials, employees } = tenant;
  const variables = {
    NEXTHINK_INSTANCE: instance,
    NEXTHINK_REGION: region,
    NEXTHINK_CLIENT_ID: credentials.clientId,
    NEXTHINK_CLIENT_SECRET: credentials.clientSecret,
    NEXTHINK_API_URL: url,
    NEXTHINK_TOKEN_URL: `${url}/oauth2/default/v1/token`,
  };
  const shown = all ? employees : worthTrying(employees);
  return [
    `instance       ${instance}`,
    `region         ${region}`,
    `client ID      ${credentials.clientId}`,
    `client secret  ${credentials.clientSecret} (good for this tenant only)`,
    "",
    "The same as variables for clients:",
    ...Object.entries(variables).map(([name, value]) => `  export ${name}=${value}`),
    "",
    all ? `All ${employees.length} employees:` : "Employees worth trying, and what is wrong:",
    ...lines(shown),
    ...(all ? [] : [`There are ${employees.length}; --all lists them.`]),
    ...(speed === 1
      ? []
      : ["", `Time passes at ${speed} times ours: a token ends after ${secondsOf(speed)} s of yours.`]),
    ...(faults.length === 0 ? [] : ["", `What goes wrong: ${faults.join(", ")}`]),
  ].join("\n");
}

/** First one for each playbook, then others of the scenarios. */
function worthTrying(employees: readonly SimulatedEmployee[]): SimulatedEmployee[] {
  const scenarios = employees.filter(({ isScenario }) => isScenario);
  const playbooks = new Set<string>();
  const first = scenarios.filter(({ rules: [rule] }) => {
    const playbook = rule?.split("/")[0];
    if (!playbook || playbooks.has(playbook)) return false;
    return playbooks.add(playbook);
  });
  return [...first, ...scenarios.filter((one) => !first.includes(one))].slice(0, few);
}

function lines(employees: readonly SimulatedEmployee[]): string[] {
  const width = Math.max(...employees.map(({ username }) => username.length));
  return employees.map(({ username, scenario }) => `  ${username.padEnd(width)}  ${scenario}`);
}

function secondsOf(speed: number): string {
  const seconds = tokenSeconds / speed;
  return seconds >= 10 ? String(Math.round(seconds)) : String(Number(seconds.toPrecision(2)));
}
