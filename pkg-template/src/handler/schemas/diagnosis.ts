// What is found and what would help: devices, diagnoses, proposals.

import type {
  ConditionPart,
  Device,
  Diagnosis,
  FactValue,
  Finding,
  MissingFact,
  PlaybookReference,
  Proposal,
  Recommendation,
  Supplier,
} from "../../generated/types.ts";
import type { Schema } from "../schema.ts";
import { anything, listOf, mapOf, named, number, optional, record, sealed, text, time, wordOf } from "./record.ts";

/** A device without the proof of where it is from: the seal holds that. */
export type ShownDevice = Omit<Device, "proof">;

/** A device as it is handed out. */
export type HandedDevice = ShownDevice & { sealed: string };

/** A diagnosis as it is handed out. */
export type HandedDiagnosis = Omit<Diagnosis, "proof" | "device"> & { device: ShownDevice; sealed: string };

/** A proposal as it is handed out: its token is under the seal. */
export type HandedProposal = Omit<Proposal, "token" | "device"> & { device: ShownDevice; sealed: string };

const deviceFields = {
  collectorUid: text("Nexthink's ID of the device.", "Collector UID"),
  name: text("The device's name.", "Device name"),
  platform: optional(text("Windows, macOS, …")),
  operatingSystem: optional(text("The operating system's full name.", "Operating system")),
  type: optional(text("laptop, desktop, …")),
  manufacturer: optional(text("Who made it.")),
  lastSeen: optional(text("When it was last seen, in UTC where the tenant tells the zone.", "Last seen")),
  identifiedBy: optional(wordOf(["username", "upn", "email", "sid", "deviceName"], "How it was found.")),
  identifiedAt: optional(time("When it was found.")),
  source: optional(wordOf(["directory"], "Where it was found, if not by asking the tenant.")),
};

const verdict = wordOf(["match", "no-match", "unknown"], "Whether the rule is fulfilled; unknown is not false.");
const risk = wordOf(["safe", "disruptive"], "`disruptive` interrupts the employee's work: ask a second time.");

export const diagnosisSchemas: Record<string, Schema> = {
  ShownDevice: record<ShownDevice>("A device.", deviceFields),
  Device: record<HandedDevice>("A device of the employee.", { ...deviceFields, sealed: sealed("device") }),
  PlaybookReference: record<PlaybookReference>("A playbook.", {
    id: text("Its name in code.", "Playbook"),
    version: text("Its version."),
    title: text("Its name for people.", "Playbook title"),
  }),
  Supplier: record<Supplier>("A scheduled remote action that supplies a fact.", {
    remoteActionId: text("Its NQL ID."),
    title: text("Its name."),
    schedule: wordOf(["hourly", "daily", "weekly"], "How often it runs."),
  }),
  MissingFact: record<MissingFact>("A fact that is not known.", {
    column: text("The column's name."),
    reason: wordOf(
      ["not-returned", "not-collected", "failed", "no-value", "unreadable", "stale", "age-unknown"],
      "Why it is not known.",
    ),
    suppliedBy: optional(named("Supplier")),
  }),
  FactValue: record<FactValue>("A fact as it was when the rule was evaluated.", {
    column: text("The column's name."),
    value: anything("Its value; null where it is not known."),
    collectedAt: optional(time("When it was collected.")),
    ageMs: optional(number("How old it was at the diagnosis, in milliseconds.")),
  }),
  ConditionPart: record<ConditionPart>("One comparison of a rule.", {
    condition: text("Its NQL text."),
    clause: wordOf(["when", "unless"], "Where it stands in the rule."),
    verdict,
    values: listOf(named("FactValue"), "The facts that it stands on."),
  }),
  Finding: record<Finding>("What one rule says of the device.", {
    rule: text("The rule's name.", "Rule"),
    verdict,
    reason: optional(text("Why, in words for the employee.", "Reason")),
    because: listOf(named("ConditionPart"), "The parts of the rule's conditions."),
    missing: listOf(named("MissingFact"), "The facts that are not known."),
  }),
  Recommendation: record<Recommendation>("What would help.", {
    rule: text("The rule that recommends it: send it as `rule` to propose it.", "Rule"),
    kind: wordOf(["remote-action", "advice"], "Whether a script does it, or the employee: advice is not proposed."),
    remoteActionId: optional(text("The NQL ID of the remote action.")),
    params: optional(mapOf(text("A value."), "The script's inputs.")),
    title: text("What it is called.", "Title"),
    description: optional(text("What it does, in words for the employee.", "Description")),
    risk,
    expectedSeconds: optional(number("How long it usually takes, in seconds.")),
    cooldownMs: optional(number("For how long it is not repeated, in milliseconds.")),
  }),
  Diagnosis: record<HandedDiagnosis>("What a playbook says of a device.", {
    playbook: named("PlaybookReference"),
    device: named("ShownDevice"),
    facts: mapOf(anything("A value; null where it is not known."), "The value of every column that was looked at."),
    findings: listOf(named("Finding"), "What each rule says."),
    recommendations: listOf(named("Recommendation"), "What would help, best first."),
    applicable: { type: "boolean", description: "Whether the playbook is for such a device." },
    agesKnown: { type: "boolean", description: "Whether the tenant told how old its data is." },
    diagnosedAt: time("When."),
    sealed: sealed("diagnosis"),
  }),
  Proposal: record<HandedProposal>("What the employee is asked to agree to.", {
    id: text("The ID of the proposal, and of the run that comes of it.", "Proposal ID"),
    device: named("ShownDevice"),
    remoteActionId: text("The NQL ID of the remote action."),
    params: mapOf(text("A value."), "The script's inputs."),
    title: text("What would be done: say it to the employee.", "Title"),
    reason: text("Why: say it to the employee.", "Reason"),
    risk,
    expectedSeconds: optional(number("How long it usually takes, in seconds.")),
    expiresAt: time("Until when the employee can agree."),
    sealed: sealed("proposal"),
  }),
};
