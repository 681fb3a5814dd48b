// Who the employee is, and which tenant answers: the simulated one, or a real one from the environment.

import { createClient, type Employee, type Identity, type NexthinkClient } from "nexthink-chatbot";
import {
  createSimulator,
  type RecordedRequest,
  type SimulatedEmployee,
  type SimulatorOptions,
} from "nexthink-chatbot/simulator";
import { type Environment, tenantOptions } from "../environment.ts";

/** A place at the service desk: one employee, one tenant. */
export interface Desk {
  nexthink: NexthinkClient;
  /** The employee, as this program takes them to be authenticated. */
  employee: Employee & Identity;
  /** What to call them. */
  name: string;
  /** The tenant's time, in milliseconds since 1970-01-01 UTC. */
  now(): number;
  /** What only a simulated tenant can do. */
  simulation?: Simulation;
}

export interface Simulation {
  /** Those worth trying, and what is wrong with their devices. */
  employees: Pick<SimulatedEmployee, "name" | "scenario">[];
  /** The same tenant with another employee at the desk; nothing if there is none of that name. */
  seat(name: string): Desk | undefined;
  /** Lets time pass, in milliseconds. */
  advance(milliseconds: number): void;
  /** How many requests to trigger a remote action it has had so far. */
  triggers(): number;
}

/** Whoever asks for nobody in particular sits here: three devices, and for each playbook something to find. */
const usual = "qroux";

/**
 * The simulated tenant.
 *
 * @param options how fast its time passes, and from when on
 * @returns nothing if there is no such employee
 */
export function simulatedDesk(options: SimulatorOptions, employee = usual): Desk | undefined {
  const tenant = createSimulator(options);
  // As it comes, only this employee's start-up and disk are in trouble.
  tenant.set("QROUX-LT", {
    crashedPluginList: ["Zoom Outlook Plugin", "Salesforce Inbox"],
    oneDriveStatus: "OneDrive is installed but not running",
  });
  const { instance, region, credentials, host } = tenant;
  const nexthink = createClient({ instance, region, credentials, host });
  const isTrigger = ({ path }: RecordedRequest) => path.endsWith("/act/execute");
  const simulation: Simulation = {
    employees: tenant.employees.filter(({ isScenario }) => isScenario),
    seat(wanted) {
      const name = wanted.trim().toLowerCase();
      const found =
        tenant.employees.find(({ username }) => username === name) ??
        tenant.employees.find((one) => one.name.toLowerCase().includes(name));
      if (!found || name === "") return undefined;
      return {
        nexthink,
        employee: { username: found.username },
        name: found.name,
        now: () => tenant.now(),
        simulation,
      };
    },
    advance: (milliseconds) => tenant.advance(milliseconds),
    triggers: () => tenant.requests.filter(isTrigger).length,
  };
  return simulation.seat(employee);
}

/** A real tenant, for an employee by their username. */
export function realDesk(environment: Environment, username: string): Desk {
  const nexthink = createClient(tenantOptions(environment));
  return { nexthink, employee: { username }, name: username, now: () => Date.now() };
}
