// Who the employee is, and which tenant answers: the simulated one, or a real one from the environment.

import { type Assistant, createClient, type Employee, type NexthinkClient } from "nexthink-chatbot";
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
  assistant: Assistant;
  /** The employee, as this program takes them to be authenticated. */
  employee: Employee;
  /** What to call them. */
  name: string;
  /** How long somebody sits here, in milliseconds, while so much of the tenant's time passes. */
  waits(milliseconds: number): number;
  /** Has it passed in the tenant, too, once they have sat for that long. */
  pass(milliseconds: number): void;
  /** What only a simulated tenant can do. */
  simulation?: Simulation;
}

export interface Simulation {
  /** Those worth trying, and what is wrong with their devices. */
  employees: Pick<SimulatedEmployee, "name" | "scenario">[];
  /** The same tenant with another employee at the desk; nothing if there is none of that name. */
  seat(name: string): Desk | undefined;
  /** The client of all who sit there. */
  nexthink: NexthinkClient;
  /** How many requests to trigger a remote action it has had so far. */
  triggers(): number;
}

/** Whoever asks for nobody in particular sits here: three devices, and for each playbook something to find. */
const usual = "qroux";

/** Nobody sits longer than this, in milliseconds: what is left of the time passes at once. */
const patience = 2_000;

/**
 * The simulated tenant.
 *
 * @param options how fast its time passes, and from when on
 * @returns nothing if there is no such employee
 */
export function simulatedDesk(
  { speed, ...options }: SimulatorOptions & { speed: number },
  locale: string,
  employee = usual,
): Desk | undefined {
  const tenant = createSimulator({ speed, ...options });
  // As it comes, only this employee's start-up and disk are in trouble.
  tenant.set("QROUX-LT", {
    crashedPluginList: ["Zoom Outlook Plugin", "Salesforce Inbox"],
    oneDriveStatus: "OneDrive is installed but not running",
  });
  const nexthink = createClient({ ...tenant.client, locale });
  const assistant = nexthink.assistant();
  const waits = (milliseconds: number) => Math.min(milliseconds / speed, patience);
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
        assistant,
        employee: { username: found.username },
        name: found.name,
        waits,
        pass(milliseconds) {
          const passed = Number.isFinite(speed) ? waits(milliseconds) * speed : 0;
          if (passed < milliseconds) tenant.advance(milliseconds - passed);
        },
        simulation,
      };
    },
    nexthink,
    triggers: () => tenant.requests.filter(isTrigger).length,
  };
  return simulation.seat(employee);
}

/** A real tenant, for an employee by their username. */
export function realDesk(environment: Environment, locale: string, username: string): Desk {
  const nexthink = createClient({ ...tenantOptions(environment), locale });
  const assistant = nexthink.assistant();
  const waits = (milliseconds: number) => milliseconds;
  return { nexthink, assistant, employee: { username }, name: username, waits, pass() {} };
}
