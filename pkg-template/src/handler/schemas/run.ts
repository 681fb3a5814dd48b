// What became of a remote action, and what the service desk must know of it.

import type {
  Employee,
  EscalatedFinding,
  EscalatedRun,
  Escalation,
  Evidence,
  Run,
  Verification,
  Waiting,
} from "../../generated/types.ts";
import type { Schema } from "../schema.ts";
import type { ShownDevice } from "./diagnosis.ts";
import {
  anything,
  certainty,
  listOf,
  mapOf,
  named,
  number,
  optional,
  record,
  sealed,
  text,
  time,
  wordOf,
} from "./record.ts";

/** A run as it is handed out. What it reports and what was verified is there once it is known. */
export type HandedRun = Omit<Run, "device" | "audit"> & { device: ShownDevice; sealed: string };

const state = wordOf(
  ["pending", "unknown", "accepted", "waiting", "running", "succeeded", "failed", "expired", "cancelled"],
  "Where it stands. `unknown`: nobody knows whether it was sent; it is not sent again.",
);

const facts = {
  accepted: certainty("The tenant took the request."),
  ran: certainty("The script ran to its end."),
  changed: certainty("What was found wrong is gone."),
  solved: certainty("The employee says that it helped."),
};

export const runSchemas: Record<string, Schema> = {
  Employee: record<Employee>("An employee, by one or more identifiers.", {
    username: optional(text("The name of the account.", "User name")),
    upn: optional(text("The user principal name.", "UPN")),
    email: optional(text("The e-mail address.", "E-mail")),
    sid: optional(text("The security identifier.", "SID")),
  }),
  Evidence: record<Evidence>("What a remote action stood on.", {
    rule: optional(text("The rule that recommended it.")),
    reason: text("Why, in words."),
    because: listOf(named("ConditionPart"), "The parts of the rule's condition."),
  }),
  Verification: record<Verification>("A second look at what was found wrong.", {
    verifiedAt: time("When."),
    verdict: wordOf(["match", "no-match", "unknown"], "What the rule says now."),
    because: listOf(named("ConditionPart"), "The parts of its condition."),
    missing: listOf(named("MissingFact"), "The facts that are not known."),
    awaits: listOf(named("Supplier"), "The data collections that have to run first."),
  }),
  Waiting: record<Waiting>("What a run waits for.", {
    for: wordOf(["tenant", "device", "script", "certainty"], "For whom or what."),
    since: time("Since when."),
    expectedSeconds: optional(number("How long the script usually takes, in seconds.")),
    until: optional(time("Until when that can be.")),
  }),
  Run: record<HandedRun>("What became of a remote action.", {
    id: text("The ID of the proposal that was agreed to.", "Run ID"),
    state,
    requestId: optional(text("The tenant's ID for the request.")),
    reference: text("The external reference that was sent with it.", "Reference"),
    employee: named("Employee"),
    device: named("ShownDevice"),
    remoteActionId: text("The NQL ID of the remote action."),
    title: text("The remote action's name.", "Title"),
    playbook: optional(named("PlaybookReference")),
    rule: optional(text("The rule that recommended it.")),
    evidence: named("Evidence"),
    startedAt: time("When it was triggered."),
    endedAt: optional(time("When its end was seen: until then look again.")),
    expiresAt: time("When the tenant gives up on a device that stays offline."),
    expectedSeconds: optional(number("How long it usually takes, in seconds.")),
    statusDetails: optional(text("The tenant's own words on the status.", "Status details")),
    outputs: optional(mapOf(anything("A value."), "What the script reports, where it succeeded.")),
    ...facts,
    verification: optional(named("Verification")),
    waiting: optional(named("Waiting")),
    sealed: sealed("run"),
  }),
  EscalatedFinding: record<EscalatedFinding>("Something that was found, or could not be told.", {
    playbook: optional(named("PlaybookReference")),
    rule: optional(text("The rule.")),
    device: text("The device's name."),
    verdict: wordOf(["match", "no-match", "unknown"], "Whether it was found."),
    reason: optional(text("Why, in words.")),
    values: listOf(named("FactValue"), "What was measured."),
    missing: listOf(named("MissingFact"), "What is not known."),
  }),
  EscalatedRun: record<EscalatedRun>("Something that was tried, and how it ended.", {
    title: text("The remote action's name."),
    remoteActionId: text("Its NQL ID."),
    device: text("The device's name."),
    state,
    statusDetails: optional(text("The tenant's own words on that.")),
    startedAt: time("When it was triggered."),
    endedAt: optional(time("When its end was seen.")),
    ...facts,
    reference: text("The external reference."),
    requestId: optional(text("The tenant's ID for the request.")),
  }),
  Escalation: record<Escalation>("What the service desk must know. It holds personal data.", {
    employee: optional(named("Employee")),
    symptoms: optional(text("The employee's own words.")),
    devices: listOf(named("ShownDevice"), "The devices that were looked at."),
    findings: listOf(named("EscalatedFinding"), "What was found."),
    tried: listOf(named("EscalatedRun"), "What was done, in order."),
    advice: listOf(text("An advice."), "What the employee should do."),
    references: listOf(text("A reference."), "Under which references the tenant knows it."),
  }),
};
