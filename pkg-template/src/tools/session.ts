// What the tools of one conversation share: the employee, who is asked for approval, and a bounded memory in which a short
// ID stands for what a model must not hold, such as a token.

import type { NexthinkClient } from "../client.ts";
import { invalid } from "../errors.ts";
import type { Device, Diagnosis, Employee, Proposal, Recommendation, Run } from "../generated/types.ts";
import { requireFunction } from "../host.ts";
import { identityOf } from "../identity.ts";
import { notKnown } from "./failure.ts";
import { Latest } from "./latest.ts";
import type { Approve, ToolsOptions } from "./types.ts";

/** What the tools use of a client. */
export type Steps = Pick<
  NexthinkClient,
  "identify" | "diagnose" | "propose" | "remediate" | "progress" | "verify" | "escalation"
>;

/** A playbook, as a model may choose it. */
export interface Choosable {
  id: string;
  title: string;
}

/** A proposal with its token, which stays here. */
export interface KeptProposal {
  proposal: Proposal;
  recommendation: Recommendation & { description?: string };
  diagnosis: Diagnosis;
  deviceId: string;
  /** The one trigger under way: whoever calls meanwhile waits for the same. */
  underWay?: Promise<Run>;
}

/** A run, and what the one look at it that is under way will tell. */
export interface KeptRun {
  run: Run;
  underWay?: Promise<object>;
}

/** How many devices a model is shown. */
const mostDevices = 10;

/** One conversation of one employee. */
export class ToolSession {
  readonly steps: Steps;
  /** The client's clock, in milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
  readonly playbooks: readonly Choosable[];
  readonly employee: Employee;
  readonly approve: Approve | "by-kit";
  readonly reference: string | undefined;
  readonly devices = new Latest<Device>(50);
  /** The latest diagnosis of each device by each playbook. */
  readonly diagnoses = new Latest<Diagnosis>(20);
  readonly proposals = new Latest<KeptProposal>(20);
  readonly runs = new Latest<KeptRun>(20);
  #counted = 0;

  constructor(steps: Steps, now: () => number, playbooks: readonly Choosable[], options: ToolsOptions) {
    const { employee, approve, strict, reference, ...unknown } = options ?? {};
    const [name] = Object.keys(unknown);
    if (name !== undefined)
      throw invalid(`\`${name}\` is no option of \`tools\``, "give employee, approve, strict, reference");
    if (strict !== undefined && typeof strict !== "boolean") {
      throw invalid("`strict` is neither true nor false", "leave it out, or give true");
    }
    if (reference !== undefined && typeof reference !== "string") {
      throw invalid("`reference` is not a text", "give your ticket's number, or leave it out");
    }
    // Nobody to ask must never become everybody agrees.
    if (approve !== "by-kit") requireFunction("approve", approve);
    identityOf(employee);
    this.steps = steps;
    this.now = now;
    this.playbooks = playbooks;
    this.employee = { ...employee };
    this.approve = approve;
    this.reference = reference;
  }

  /**
   * The employee's devices, most recently seen first, each under the ID that it keeps in this conversation; and how many
   * there are besides, of which a question to the employee would be too long.
   */
  async identify(signal: AbortSignal | undefined): Promise<{ devices: [string, Device][]; others: number }> {
    const found = await this.steps.identify(identityOf(this.employee), { signal });
    const shown = found.slice(0, mostDevices);
    return { devices: shown.map((device) => [this.#keepDevice(device), device]), others: found.length - shown.length };
  }

  /** The device of an ID, or the only one of the employee. */
  async device(id: string | undefined, signal: AbortSignal | undefined): Promise<[string, Device]> {
    if (id !== undefined) {
      const device = this.devices.get(id);
      if (!device) throw notKnown("device", "call identify_devices and use an ID of its answer");
      return [id, device];
    }
    const known = this.devices.entries();
    const [first, ...others] = known.length > 0 ? known : (await this.identify(signal)).devices;
    if (!first) throw notKnown("device", "tell the employee that no device of theirs was found, and offer escalate");
    if (others.length > 0) {
      throw invalid(
        "the employee has several devices",
        "call identify_devices, ask the employee which one it is, and call again with its `deviceId`",
      );
    }
    return first;
  }

  keepDiagnosis(deviceId: string, diagnosis: Diagnosis): void {
    this.diagnoses.set(JSON.stringify([deviceId, diagnosis.playbook.id]), diagnosis);
  }

  diagnosis(deviceId: string, playbook: string): Diagnosis | undefined {
    return this.diagnoses.get(JSON.stringify([deviceId, playbook]));
  }

  keepRun(run: Run): Run {
    const kept = this.runs.get(run.id);
    if (kept) kept.run = run;
    else this.runs.set(run.id, { run });
    return run;
  }

  #keepDevice(device: Device): string {
    const known = this.devices.entries().find(([, { collectorUid }]) => collectorUid === device.collectorUid);
    const id = known?.[0] ?? `device-${++this.#counted}`;
    this.devices.set(id, device);
    return id;
  }
}
