// Made from the Rust structs by `npm run generate`. Do not edit.

/**
 * Any JSON value. Numbers are `f64`, as in JavaScript and NQL.
 */
export type JsonValue = null | boolean | number | string | Array<JsonValue> | { [name: string]: JsonValue };

/**
 * A point in time: milliseconds since 1970-01-01T00:00:00Z; in JSON its text, ISO 8601 in UTC.
 */
export type Timestamp = string;

/**
 * `true`, `false` or `"unknown"`.
 */
export type Certainty = boolean | "unknown";

/**
 * What went wrong, in one word.
 */
export type ErrorKind = "authentication" | "permission" | "not-found" | "invalid" | "rate-limited" | "timeout" | "aborted" | "network" | "server" | "malformed" | "refused" | "consent" | "internal";

/**
 * Whether something happened in the tenant although the call failed.
 */
export type SideEffect = "none" | "done" | "unknown";

/**
 * What an error says.
 */
export type ErrorDetails = { 
/**
 * What went wrong, for programs.
 */
kind: ErrorKind, 
/**
 * What went wrong and where, in one sentence.
 */
message: string, 
/**
 * What to do next, in one sentence.
 */
hint: string, 
/**
 * The HTTP status, where there was an answer.
 */
status?: number, 
/**
 * The tenant's own error code.
 */
code?: string, 
/**
 * The tenant's own words. They may repeat what was sent, so they stay out of the message and of logs.
 */
detail?: string, 
/**
 * The tenant's name for the request, for its support.
 */
requestId?: string, 
/**
 * How long the tenant asks to wait.
 */
retryAfterMs?: number, 
/**
 * Whether the same call can succeed later without a change. Never true where a side effect may have happened.
 */
retryable: boolean, 
/**
 * Whether something happened in the tenant all the same.
 */
sideEffect: SideEffect, };

/**
 * API credentials. They hold a secret, so they do not print themselves.
 */
export type Credentials = { 
/**
 * The client ID of the API credentials.
 */
clientId: string, 
/**
 * The client secret of the API credentials.
 */
clientSecret: string, };

/**
 * Which remote action, on what, and why.
 */
export type RemoteActionExecution = { 
/**
 * The NQL ID of the remote action.
 */
remoteActionId: string, 
/**
 * The Collector UIDs of 1 to 10,000 devices (`device.collector.uid`, not `device.uid`).
 */
devices: Array<string>, 
/**
 * The script's inputs; all values are text.
 */
params?: Record<string, string>, 
/**
 * After how many minutes a device that stays offline is given up: 60 to 10,080.
 */
expiresInMinutes?: number, 
/**
 * Who asked, why, and for which ticket.
 */
triggerInfo?: TriggerInfo, };

/**
 * Who asked for a remote action, why, and for which ticket.
 */
export type TriggerInfo = { 
/**
 * The program that triggered it.
 */
externalSource?: string, 
/**
 * Why; at most 500 characters.
 */
reason?: string, 
/**
 * The ticket or case.
 */
externalReference?: string, };

/**
 * The tenant has accepted the request.
 */
export type AcceptedRemoteAction = { 
/**
 * Finds the executions: `remote_action.executions | where request_id == …`.
 */
requestId: string, 
/**
 * After how many minutes a device that stays offline is given up.
 */
expiresInMinutes?: number, };

/**
 * An employee, by one or more of the identifiers that Nexthink knows.
 */
export type Employee = { 
/**
 * The name of the account.
 */
username?: string, 
/**
 * The user principal name.
 */
upn?: string, 
/**
 * The e-mail address.
 */
email?: string, 
/**
 * The security identifier.
 */
sid?: string, };

/**
 * The kinds of identity, named as in `Identity`.
 */
export type IdentifiedBy = "username" | "upn" | "email" | "sid" | "deviceName";

/**
 * A device of an employee.
 */
export type Device = { 
/**
 * The key by which remote actions are triggered: `device.collector.uid`.
 */
collectorUid: string, 
/**
 * The device's name. Names repeat after re-imaging.
 */
name: string, 
/**
 * `Windows`, `macOS`, …
 */
platform?: string, 
/**
 * The operating system's full name.
 */
operatingSystem?: string, 
/**
 * `laptop`, `desktop`, …
 */
type?: string, 
/**
 * Who made it.
 */
manufacturer?: string, 
/**
 * When it was last seen: ISO 8601 in UTC, or as the tenant wrote it where that has no zone.
 */
lastSeen?: string, 
/**
 * How it was found.
 */
identifiedBy?: IdentifiedBy, };

/**
 * A playbook by its name and version.
 */
export type PlaybookReference = { 
/**
 * Its name in code.
 */
id: string, 
/**
 * Its version.
 */
version: string, 
/**
 * Its name for people.
 */
title: string, };

/**
 * How often data is collected.
 */
export type Schedule = "hourly" | "daily";

/**
 * Whether a remote action interrupts the employee's work.
 */
export type Risk = "safe" | "disruptive";

/**
 * What a rule or a part of it says of a device.
 */
export type Verdict = "match" | "no-match" | "unknown";

/**
 * Why a value is not known.
 */
export type MissingReason = "not-returned" | "not-collected" | "failed" | "no-value" | "unreadable";

/**
 * A scheduled remote action that supplies a fact.
 */
export type Supplier = { 
/**
 * Its NQL ID.
 */
remoteActionId: string, 
/**
 * Its name in the Nexthink Library.
 */
title: string, 
/**
 * How often it runs.
 */
schedule: Schedule, };

/**
 * A fact that is not known.
 */
export type MissingFact = { 
/**
 * The column's name.
 */
column: string, 
/**
 * Why it is not known.
 */
reason: MissingReason, 
/**
 * The scheduled remote action that would supply it.
 */
suppliedBy?: Supplier, };

/**
 * A fact as it was when the rule was evaluated.
 */
export type FactValue = { 
/**
 * The column's name.
 */
column: string, 
/**
 * Its value; null where it is not known.
 */
value: JsonValue, 
/**
 * When it was collected, where that is known.
 */
collectedAt?: Timestamp, 
/**
 * How old it was at the diagnosis, in milliseconds, where that is known.
 */
ageMs?: number, };

/**
 * One comparison of a rule's condition.
 */
export type ConditionPart = { 
/**
 * Its NQL text.
 */
condition: string, 
/**
 * Whether it holds.
 */
verdict: Verdict, 
/**
 * The facts that it stands on.
 */
values: Array<FactValue>, };

/**
 * What one rule says of a device, and why.
 */
export type Finding = { 
/**
 * The rule's name.
 */
rule: string, 
/**
 * What it says.
 */
verdict: Verdict, 
/**
 * Why, in words for the employee; only for a match.
 */
reason?: string, 
/**
 * The parts of the rule's condition. Empty for a rule that always matches.
 */
because: Array<ConditionPart>, 
/**
 * The facts that are not known, and what would supply them.
 */
missing: Array<MissingFact>, };

/**
 * Who carries out a recommendation.
 */
export type RecommendationKind = "remote-action" | "advice";

/**
 * What to do about a finding.
 */
export type Recommendation = { 
/**
 * The rule that recommends it.
 */
rule: string, 
/**
 * Whether a script does it or the employee.
 */
kind: RecommendationKind, 
/**
 * The NQL ID of the remote action, in this tenant.
 */
remoteActionId?: string, 
/**
 * The script's inputs.
 */
params?: Record<string, string>, 
/**
 * What it is called: the remote action's name, or the advice.
 */
title: string, 
/**
 * Whether the employee's work is interrupted.
 */
risk: Risk, 
/**
 * How long it usually takes.
 */
expectedSeconds?: number, };

/**
 * What a playbook says of a device, at a time.
 */
export type Diagnosis = { 
/**
 * Which playbook.
 */
playbook: PlaybookReference, 
/**
 * Which device.
 */
device: Device, 
/**
 * The value of every column of the diagnosis query; null where it is not known.
 */
facts: Record<string, JsonValue>, 
/**
 * What each rule says, in the playbook's order.
 */
findings: Array<Finding>, 
/**
 * What to do, best first.
 */
recommendations: Array<Recommendation>, 
/**
 * Whether the playbook applies to the device's platform; if not, there are no findings.
 */
applicable: boolean, 
/**
 * Whether the tenant told when data was collected. If not, ages are unknown.
 */
agesKnown: boolean, 
/**
 * When.
 */
diagnosedAt: Timestamp, };

/**
 * A remote action that the employee asked for.
 */
export type RemoteActionRequest = { 
/**
 * On which device.
 */
device: Device, 
/**
 * The NQL ID of the remote action.
 */
remoteActionId: string, 
/**
 * The script's inputs.
 */
params?: Record<string, string>, 
/**
 * What the employee asked for; it is shown in the tenant as the reason.
 */
reason: string, };

/**
 * For whom, and for which ticket.
 */
export type ProposeOptions = { 
/**
 * The employee, as the host has authenticated them.
 */
employee: Employee, 
/**
 * The host's own ticket or case.
 */
reference?: string, };

/**
 * What a remote action stands on: the rule and its facts, or the employee's own request.
 */
export type Evidence = { 
/**
 * The rule that recommended it; absent for the employee's own request.
 */
rule?: string, 
/**
 * Why, in words.
 */
reason: string, 
/**
 * The parts of the rule's condition with their values.
 */
because: Array<ConditionPart>, };

/**
 * What the employee is asked to agree to.
 */
export type Proposal = { 
/**
 * Its ID; it is part of the run's reference.
 */
id: string, 
/**
 * What `remediate` takes. Whoever holds it can trigger exactly this, once, until it expires.
 */
token: string, 
/**
 * On which device.
 */
device: Device, 
/**
 * The NQL ID of the remote action.
 */
remoteActionId: string, 
/**
 * The script's inputs.
 */
params: Record<string, string>, 
/**
 * The remote action's name.
 */
title: string, 
/**
 * Why.
 */
reason: string, 
/**
 * Whether the employee's work is interrupted; then `remediate` wants `confirmed: true`.
 */
risk: Risk, 
/**
 * How long it usually takes.
 */
expectedSeconds?: number, 
/**
 * Until when the employee can agree.
 */
expiresAt: Timestamp, };

/**
 * Where a run stands. It never goes backwards.
 */
export type RunState = "pending" | "unknown" | "accepted" | "waiting" | "running" | "succeeded" | "failed" | "expired" | "cancelled";

/**
 * A second look at the finding that a run was to mend.
 */
export type Verification = { 
/**
 * When.
 */
verifiedAt: Timestamp, 
/**
 * What the rule says now; of data as old as it may be.
 */
verdict: Verdict, 
/**
 * The parts of its condition.
 */
because: Array<ConditionPart>, 
/**
 * The facts that are not known.
 */
missing: Array<MissingFact>, 
/**
 * The data collections that have to run again before anything can be said.
 */
awaits: Array<Supplier>, };

/**
 * What became of a remote action. Holds no secret.
 */
export type Run = { 
/**
 * The proposal's ID.
 */
id: string, 
/**
 * Where it stands.
 */
state: RunState, 
/**
 * The tenant's ID for the request, once it was accepted.
 */
requestId?: string, 
/**
 * The external reference that was sent with it: the host's own and the proposal's ID.
 */
reference: string, 
/**
 * Who agreed to it.
 */
employee: Employee, 
/**
 * On which device.
 */
device: Device, 
/**
 * The NQL ID of the remote action.
 */
remoteActionId: string, 
/**
 * The remote action's name.
 */
title: string, 
/**
 * The playbook that recommended it.
 */
playbook?: PlaybookReference, 
/**
 * The rule that recommended it.
 */
rule?: string, 
/**
 * What it stood on.
 */
evidence: Evidence, 
/**
 * When it was triggered.
 */
startedAt: Timestamp, 
/**
 * When its end was seen.
 */
endedAt?: Timestamp, 
/**
 * When the tenant gives up on a device that stays offline.
 */
expiresAt: Timestamp, 
/**
 * How long it usually takes.
 */
expectedSeconds?: number, 
/**
 * The tenant's own words on the status, where it has some.
 */
statusDetails?: string, 
/**
 * The script's outputs; only of a run that succeeded.
 */
outputs: Record<string, JsonValue>, 
/**
 * The tenant took the request.
 */
accepted: Certainty, 
/**
 * The script ran to its end.
 */
ran: Certainty, 
/**
 * The finding that it was to mend is gone.
 */
changed: Certainty, 
/**
 * The employee says that it helped.
 */
solved: Certainty, 
/**
 * What the last `verify` saw.
 */
verification: Verification, };
