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
 * The tenant's own error code; ours, which begins with `webhook-`, of a webhook that is not taken.
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
 * An access token and how long it holds.
 */
export type AccessToken = { 
/**
 * The bearer token.
 */
accessToken: string, 
/**
 * Seconds from now; 900 in the documentation.
 */
expiresInSeconds: number, };

/**
 * Which query, with what.
 */
export type NqlExecution = { 
/**
 * The ID of the saved query, with its `#`.
 */
queryId: string, 
/**
 * A value for each `$name` of the query, without the `$`. Values are text.
 */
parameters?: Record<string, string>, 
/**
 * Which of the two endpoints; v2 where it is not said.
 */
version?: NqlVersion, };

/**
 * The two endpoints: they differ in how they write the same rows.
 */
export type NqlVersion = "v1" | "v2";

/**
 * Which query, with what, and how its file is packed.
 */
export type NqlExport = { 
/**
 * The ID of the saved query, with its `#`.
 */
queryId: string, 
/**
 * A value for each `$name` of the query, without the `$`. Values are text.
 */
parameters?: Record<string, string>, 
/**
 * How the file is packed; not at all where it is not said.
 */
compression?: NqlCompression, };

/**
 * How the file of an export is packed.
 */
export type NqlCompression = "NONE" | "GZIP" | "ZSTD";

/**
 * The export has begun.
 */
export type StartedNqlExport = { 
/**
 * What `nql.status` asks for.
 */
exportId: string, };

/**
 * Which export.
 */
export type NqlExportId = { 
/**
 * What `nql.export` gave.
 */
exportId: string, };

/**
 * How far an export is.
 */
export type NqlExportStatus = { 
/**
 * `SUBMITTED`, `IN_PROGRESS`, `COMPLETED`, `ERROR`, or another word of a later version.
 */
status: string, 
/**
 * Where the file is, for 15 minutes, once it is there; it may be late. The address is signed: whoever has it
 * has the rows, and storage refuses an Authorization header beside the signature.
 */
resultsFileUrl?: string, 
/**
 * Why there will be no file.
 */
errorDescription?: string, 
/**
 * Whether rows are missing because the licence allows no more.
 */
truncated: boolean, };

/**
 * Which remote action.
 */
export type RemoteActionId = { 
/**
 * The NQL ID of the remote action.
 */
nqlId: string, };

/**
 * A remote action of the tenant.
 */
export type RemoteAction = { 
/**
 * The NQL ID: what `remoteActions.execute` takes. Empty where the tenant gives none.
 */
id: string, 
/**
 * The tenant's internal ID.
 */
uuid?: string, 
/**
 * The name that administrators see.
 */
name?: string, 
/**
 * What it does.
 */
description?: string, 
/**
 * Where it is from, such as Nexthink's library.
 */
origin?: string, 
/**
 * Its version in Nexthink's library.
 */
builtInContentVersion?: string, 
/**
 * `DATA_COLLECTION`, `REMEDIATION`, or both.
 */
purpose: Array<string>, 
/**
 * How it may be triggered.
 */
targeting: RemoteActionTargeting, 
/**
 * What runs on the device.
 */
scriptInfo: RemoteActionScript, };

/**
 * How a remote action may be triggered; what the tenant does not say is missing.
 */
export type RemoteActionTargeting = { 
/**
 * By the API: without it `remoteActions.execute` is refused.
 */
apiEnabled?: boolean, 
/**
 * By hand.
 */
manualEnabled?: boolean, 
/**
 * By workflows.
 */
workflowEnabled?: boolean, 
/**
 * By hand on many devices at once.
 */
manualAllowMultipleDevices?: boolean, };

/**
 * The script of a remote action.
 */
export type RemoteActionScript = { 
/**
 * The service that runs it, where it is delegated to one.
 */
executionServiceDelegate?: string, 
/**
 * `LOCAL_SYSTEM`, `INTERACTIVE_USER` or `DELEGATE_TO_SERVICE`.
 */
runAs?: string, 
/**
 * After how many seconds it is stopped.
 */
timeoutSeconds?: number, 
/**
 * Whether it runs on Windows.
 */
hasScriptWindows?: boolean, 
/**
 * Whether it runs on macOS.
 */
hasScriptMacOs?: boolean, 
/**
 * What it takes, by `params` of `remoteActions.execute`.
 */
inputs: Array<RemoteActionInput>, 
/**
 * What it reports.
 */
outputs: Array<RemoteActionOutput>, };

/**
 * An input of a script.
 */
export type RemoteActionInput = { 
/**
 * Its ID.
 */
id?: string, 
/**
 * Its name: the key in `params`.
 */
name?: string, 
/**
 * What it means.
 */
description?: string, 
/**
 * Whether the script for Windows takes it.
 */
usedByWindows?: boolean, 
/**
 * Whether the script for macOS takes it.
 */
usedByMacOs?: boolean, 
/**
 * The values to choose from.
 */
options: Array<string>, 
/**
 * Whether other values are taken too.
 */
allowCustomValue?: boolean, };

/**
 * An output of a script.
 */
export type RemoteActionOutput = { 
/**
 * Its ID.
 */
id?: string, 
/**
 * Its name: the key in an execution's `outputs`.
 */
name?: string, 
/**
 * Its type, such as `STRING`.
 */
type?: string, 
/**
 * What it means.
 */
description?: string, 
/**
 * Whether the script for Windows reports it.
 */
usedByWindows?: boolean, 
/**
 * Whether the script for macOS reports it.
 */
usedByMacOs?: boolean, };

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
 * Which workflows; all where nothing is said.
 */
export type WorkflowFilter = { 
/**
 * What they run on.
 */
dependency?: WorkflowDependency, 
/**
 * By what they may be started.
 */
triggerMethod?: WorkflowTriggerMethod, 
/**
 * Whether only active ones are listed.
 */
fetchOnlyActiveWorkflows?: boolean, };

/**
 * What a workflow runs on.
 */
export type WorkflowDependency = "USER" | "DEVICE" | "USER_AND_DEVICE" | "NONE";

/**
 * By what a workflow may be started.
 */
export type WorkflowTriggerMethod = "API" | "MANUAL" | "MANUAL_MULTIPLE" | "SCHEDULER";

/**
 * Which workflow.
 */
export type WorkflowId = { 
/**
 * The NQL ID of the workflow.
 */
nqlId: string, };

/**
 * A workflow of the tenant.
 */
export type Workflow = { 
/**
 * The NQL ID: what `workflows.execute` takes. Empty where the tenant gives none.
 */
id: string, 
/**
 * What `workflows.trigger` takes.
 */
uuid?: string, 
/**
 * The name that administrators see.
 */
name?: string, 
/**
 * What it does.
 */
description?: string, 
/**
 * `ACTIVE` or `INACTIVE`.
 */
status?: string, 
/**
 * When it was last changed, ISO 8601.
 */
lastUpdateTime?: string, 
/**
 * By what it may be started, such as the API, as the tenant names it.
 */
triggerMethods: Record<string, boolean>, 
/**
 * Its versions.
 */
versions: Array<WorkflowVersion>, };

/**
 * A version of a workflow.
 */
export type WorkflowVersion = { 
/**
 * Its number or name.
 */
version?: string, 
/**
 * Its state.
 */
status?: string, 
/**
 * Whether it is complete.
 */
valid?: boolean, 
/**
 * Whether it runs on devices.
 */
hasDevice?: boolean, 
/**
 * Whether it runs on employees.
 */
hasUser?: boolean, 
/**
 * What `params` of `workflows.execute` may hold; its shape is not documented.
 */
parameters?: JsonValue, 
/**
 * Its steps; their shape is not documented.
 */
definition?: JsonValue, };

/**
 * Which workflow, on what. All devices and users are named in one way: by text or by objects.
 */
export type WorkflowExecution = { 
/**
 * The ID of the workflow.
 */
workflowId: string, 
/**
 * Up to 10,000 devices: Collector UIDs, or objects of whatever identifies them.
 */
devices?: string[] | WorkflowDevice[], 
/**
 * Up to 10,000 users: security IDs, or objects of whatever identifies them.
 */
users?: string[] | WorkflowUser[], 
/**
 * The workflow's parameters; all values are text.
 */
params?: Record<string, string>, };

/**
 * What identifies a device, at least one of these. Of several devices the one most recently seen is taken.
 */
export type WorkflowDevice = { 
/**
 * The Collector UID.
 */
collectorUid?: string, 
/**
 * The device's UID.
 */
uid?: string, 
/**
 * The device's name.
 */
name?: string, };

/**
 * What identifies a user, at least one of these. Of several users the one most recently seen is taken.
 */
export type WorkflowUser = { 
/**
 * The security ID.
 */
sid?: string, 
/**
 * The user principal name.
 */
upn?: string, 
/**
 * The user's UID.
 */
uid?: string, };

/**
 * The tenant has accepted the request.
 */
export type AcceptedWorkflow = { 
/**
 * Finds the executions: `workflow.executions | where request_id == …`.
 */
requestUuid: string, 
/**
 * One for each object: `workflow.executions.execution_id`.
 */
executionsUuids: Array<string>, };

/**
 * Which execution of which workflow, and what it waits for.
 */
export type WorkflowTrigger = { 
/**
 * The workflow's UUID, not its NQL ID.
 */
workflowUuid: string, 
/**
 * The execution's UUID: one of `executionsUuids`.
 */
executionUuid: string, 
/**
 * What the waiting step takes; all values are text, and none is empty.
 */
parameters?: Record<string, string>, };

/**
 * The tenant has accepted the request.
 */
export type AcceptedWorkflowTrigger = { 
/**
 * The requests that the tenant made of it, at least one.
 */
requestUuids: Array<string>, };

/**
 * Which campaign, to whom, and for how long.
 */
export type CampaignTrigger = { 
/**
 * The NQL ID of the campaign.
 */
campaignNqlId: string, 
/**
 * The security IDs of 1 to 10,000 users.
 */
userSid: Array<string>, 
/**
 * After how many minutes it is no longer shown: 1 to 525,600, a year. Counted from now, whether it was seen
 * or not.
 */
expiresInMinutes: number, 
/**
 * The campaign's parameters, all of them and no other: at most 30; all values are text.
 */
parameters?: Record<string, string>, };

/**
 * What became of the request, user by user.
 */
export type TriggeredCampaign = { 
/**
 * One for each user, users who were named twice only once.
 */
requests: Array<CampaignRequest>, };

/**
 * What became of the request for one user: an ID, or why there is none.
 */
export type CampaignRequest = { 
/**
 * The user's security ID.
 */
userSid: string, 
/**
 * Finds the user's answers; missing where nothing was sent to this user.
 */
requestId?: string, 
/**
 * Why nothing was sent to this user.
 */
message?: string, };

/**
 * Which fields of which objects.
 */
export type EnrichmentRequest = { 
/**
 * Where the values are from, for the tenant's own information.
 */
domain: string, 
/**
 * 1 to 10,000 objects.
 */
enrichments: Array<Enrichment>, };

/**
 * The fields of one object.
 */
export type Enrichment = { 
/**
 * What identifies the object: exactly one.
 */
identification: Array<EnrichmentIdentification>, 
/**
 * What is written: at least one.
 */
fields: Array<EnrichmentField>, };

/**
 * What identifies an object.
 */
export type EnrichmentIdentification = { 
/**
 * `device/device/name`, `device/device/uid`, `user/user/sid`, `user/user/uid`, `user/user/upn`,
 * `binary/binary/uid` or `package/package/uid`.
 */
name: string, 
/**
 * Its value.
 */
value: string, };

/**
 * A field and its new value.
 */
export type EnrichmentField = { 
/**
 * Such as `device/device/configuration_tag`; a custom field as `device/device/#nql_id`.
 */
name: string, 
/**
 * A text, a whole number, or a date as text.
 */
value: string | number, };

/**
 * What became of the request.
 */
export type EnrichmentResult = { 
/**
 * `success`, or `partial_success` where some objects were not written.
 */
status: string, 
/**
 * The objects that were not written; empty after a success.
 */
errors: Array<EnrichmentObjectError>, };

/**
 * An object that was not written.
 */
export type EnrichmentObjectError = { 
/**
 * What identifies the object.
 */
identification: Array<EnrichmentIdentification>, 
/**
 * Why it was not written.
 */
errors: Array<EnrichmentError>, };

/**
 * Why an object was not written.
 */
export type EnrichmentError = { 
/**
 * The tenant's code, such as `ENRICH_011`.
 */
code?: string, 
/**
 * The tenant's words.
 */
message?: string, };

/**
 * Whose message, and what it says.
 */
export type SparkHandoff = { 
/**
 * The employee's user principal name.
 */
userPrincipalName: string, 
/**
 * The employee's time zone, such as `Europe/Zurich`.
 */
timezone?: string, 
/**
 * What the message consists of: at least one.
 */
parts: Array<SparkPart>, 
/**
 * What goes along with it; all values are text.
 */
metadata?: Record<string, string>, };

/**
 * A part of a message.
 */
export type SparkPart = { "type": "TEXT", 
/**
 * Not empty.
 */
text: string, } | { "type": "FILE", 
/**
 * The media type; not empty.
 */
mimeType: string, 
/**
 * The content, in Base64.
 */
fileContent: string, };

/**
 * Methods of HTTP. The operations that this package knows use the first two.
 */
export type HttpMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * A request to a path of the API.
 */
export type UncoveredRequest = { 
/**
 * The method. `GET` is taken to read, and sent again where that helps; all others are sent once.
 */
method: HttpMethod, 
/**
 * The path on the API host, such as `/api/v1/act/remote-action`, percent-encoded where it needs to be.
 */
path: string, 
/**
 * A value for each parameter of the query, unencoded.
 */
query?: Record<string, string>, 
/**
 * The body, sent as JSON.
 */
body?: JsonValue, };

/**
 * What was answered.
 */
export type UncoveredAnswer = { 
/**
 * The HTTP status, from 200 to 299.
 */
status: number, 
/**
 * The body: its JSON, its text where it is none, `null` where it is empty.
 */
body: JsonValue, };

/**
 * How far an export is.
 */
export type ExportProgress = { 
/**
 * The tenant's name for the export.
 */
exportId: string, 
/**
 * The tenant's word: `SUBMITTED`, `IN_PROGRESS`, `COMPLETED`.
 */
status: string, 
/**
 * Rows so far.
 */
rows: number, 
/**
 * Bytes of the file so far, unpacked.
 */
bytes: number, 
/**
 * Whether rows are missing because the tenant's licence allows no more.
 */
truncated: boolean, };

/**
 * Something that happened during a call. Times are milliseconds, by the host's clock.
 */
export type ClientEvent = { 
/**
 * Which of the client's calls; they are counted from 1.
 */
call: number, 
/**
 * The operation, such as `nql.execute`.
 */
operation: string, } & ({ "type": "request", 
/**
 * Which attempt, from 1.
 */
attempt: number, } | { "type": "response", 
/**
 * Which attempt, from 1.
 */
attempt: number, 
/**
 * The HTTP status, where an answer came.
 */
status?: number, 
/**
 * Why no answer came.
 */
error?: ErrorKind, 
/**
 * From sending to the end of the answer.
 */
durationMs: number, 
/**
 * The size of the answer's body, where it has one that was read at once.
 */
bytes?: number, 
/**
 * The tenant's name for the request.
 */
requestId?: string, } | { "type": "retry", 
/**
 * Which attempt comes next.
 */
attempt: number, 
/**
 * The pause before it.
 */
waitMs: number, } | { "type": "rate-limit", 
/**
 * For what.
 */
reason: LimitReason, 
/**
 * For how long, where that is known.
 */
waitMs?: number, } | { "type": "token", 
/**
 * From where.
 */
source: TokenSource, 
/**
 * For how long it holds, where that is known.
 */
expiresInSeconds?: number, } | { "type": "export", 
/**
 * The tenant's name for it.
 */
exportId: string, 
/**
 * The tenant's word for how far it is.
 */
status: string, 
/**
 * Rows so far.
 */
rows: number, 
/**
 * Bytes of the file so far, unpacked.
 */
bytes: number, 
/**
 * Whether rows are missing because the tenant's licence allows no more.
 */
truncated: boolean, });

/**
 * What a call waits for.
 */
export type LimitReason = "tenant" | "concurrent" | "per-second";

/**
 * From where an access token is.
 */
export type TokenSource = "credentials" | "provider" | "store";

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
 * Where a device is known from.
 */
export type DeviceSource = "directory";

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
identifiedBy?: IdentifiedBy, 
/**
 * When it was found; where it comes from a directory, of when what that knows of it is.
 */
identifiedAt?: Timestamp, 
/**
 * Where it was found, if not by asking the tenant.
 */
source?: DeviceSource, 
/**
 * Proves that it was found so, and by what; absent where it was found by its name. `propose` wants it, and the
 * rest of the device unchanged.
 */
proof?: string, };

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
export type Schedule = "hourly" | "daily" | "weekly";

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
export type MissingReason = "not-returned" | "not-collected" | "failed" | "no-value" | "unreadable" | "stale" | "age-unknown";

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
 * The conditions of a rule.
 */
export type ConditionClause = "when" | "unless";

/**
 * One comparison of a rule's conditions.
 */
export type ConditionPart = { 
/**
 * Its NQL text.
 */
condition: string, 
/**
 * Where it stands in the rule.
 */
clause: ConditionClause, 
/**
 * Whether it holds. What stands in `unless` keeps a rule from matching where it does.
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
 * The parts of the rule's conditions. Empty for a rule that always matches.
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
 * What the remote action does, in words for the employee, where the playbook says so: the end of a sentence that
 * begins with `title`.
 */
description?: string, 
/**
 * Whether the employee's work is interrupted.
 */
risk: Risk, 
/**
 * How long it usually takes.
 */
expectedSeconds?: number, 
/**
 * For how long it should not be recommended again once it was carried out, in milliseconds.
 */
cooldownMs?: number, };

/**
 * A row, and the circumstances in which it is judged.
 */
export type EvaluationInput = { 
/**
 * The row: its columns' values by name (v2), `headers` and `data` with one row (v1), or a whole answer with
 * one row. Names may be short or qualified, in any case; columns that the playbook does not know are passed over.
 */
row: { [column: string]: JsonValue } | { headers: Array<string>, data: Array<Array<JsonValue>> } | { data: Array<{ [column: string]: JsonValue }> }, 
/**
 * The time of the evaluation. Without it the age of nothing is known.
 */
now?: Timestamp, 
/**
 * When each data collection last succeeded, by its NQL ID.
 */
collected?: Record<string, Timestamp>, 
/**
 * The device's platform; without it the playbook is taken to apply.
 */
platform?: string, 
/**
 * The language of the texts; English where it is not said.
 */
locale?: string, 
/**
 * The tenant's NQL IDs for the playbook's remote actions.
 */
remoteActionIds?: Record<string, string>, };

/**
 * What a playbook says of a device.
 */
export type Evaluation = { 
/**
 * Whether the playbook applies to the device's platform.
 */
applicable: boolean, 
/**
 * What each rule says, in the playbook's order.
 */
findings: Array<Finding>, 
/**
 * What to do, best first; what always helps comes last.
 */
recommendations: Array<Recommendation>, };

/**
 * What a scan has read so far.
 */
export type ScanCounts = { 
/**
 * The rows that were read, without the malformed ones.
 */
rows: number, 
/**
 * Rows of which a rule matches that does not always match.
 */
matches: number, 
/**
 * Rows of devices of a platform that the playbook is not for. No rule was asked about them.
 */
notApplicable: number, 
/**
 * How many rows each rule matches.
 */
matchesPerRule: Record<string, number>, 
/**
 * For each column that a rule reads, in how many rows it kept a rule from telling.
 */
unknownPerFact: Record<string, number>, 
/**
 * The columns that a rule reads and no row had.
 */
notReturned: Array<string>, 
/**
 * How many rows could not be read.
 */
malformed: number, 
/**
 * The first of them, a hundred at most.
 */
malformedRows: Array<MalformedRow>, };

/**
 * A row that could not be read.
 */
export type MalformedRow = { 
/**
 * The line of the file, from 1, in which it begins.
 */
line: number, 
/**
 * What is wrong with it; never what it says.
 */
problem: string, };

/**
 * When employees may be told something unasked, and how often. Each limit has a default.
 */
export type OutreachLimitValues = { 
/**
 * How many employees are told something within any 60 minutes, from 1: as many as your service desk can bear to hear
 * from. Default: 200.
 */
perHour?: number, 
/**
 * How often one employee is told something. Default: once in 7 days.
 */
perEmployee?: EmployeeLimit, 
/**
 * For how many days an employee is not told again what they were told: the same rule of the same playbook, on whichever
 * device. 0 to 366; 0: no such limit. Default: 30.
 */
repeatAfterDays?: number, 
/**
 * The hours of each day in which nobody is told anything, by the employee's clock; `false`: none. Default: from 18:00 to
 * 08:00.
 */
quietHours?: QuietHours | false, 
/**
 * The days on which nobody is told anything, from midnight to midnight by the employee's clock. Default: Saturday and
 * Sunday.
 */
quietDays?: Array<Weekday>, 
/**
 * The time zone of employees of whom no other is known: an IANA name, such as `Europe/Zurich`, or an offset from UTC,
 * such as `+09:00`. Needed for quiet hours and days, unless there is another way to know each employee's.
 */
timeZone?: string, };

/**
 * How often one employee is told something.
 */
export type EmployeeLimit = { 
/**
 * So many messages, from 1,
 */
count: number, 
/**
 * within so many times 24 hours, 1 to 366.
 */
days: number, };

/**
 * Hours of a day by the employee's clock, over midnight where they end before they begin.
 */
export type QuietHours = { 
/**
 * When they begin: `HH:MM`, 00:00 to 23:59.
 */
from: TimeOfDay, 
/**
 * When they end: at this minute employees may be told something.
 */
to: TimeOfDay, };

/**
 * A minute of the day: `HH:MM` in JSON.
 */
export type TimeOfDay = string;

/**
 * A day of the week.
 */
export type Weekday = "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";

/**
 * What an employee is told about.
 */
export type OutreachTopic = { 
/**
 * The playbook's ID: what to start a conversation with.
 */
playbook: string, 
/**
 * Its rules that match. None: the playbook as a whole.
 */
rules: Array<string>, };

/**
 * A device that a message is about.
 */
export type OutreachDevice = { 
/**
 * The collector UID, where the match tells it.
 */
collectorUid?: string, 
/**
 * The name, where the match tells it.
 */
name?: string, };

/**
 * That an employee was told something: what to keep of a message that has gone out, and to give to the next plan.
 */
export type OutreachRecord = { 
/**
 * The name of the message, as the plan gave it.
 */
key: string, 
/**
 * Who was told.
 */
employee: Employee, 
/**
 * About what.
 */
about: Array<OutreachTopic>, 
/**
 * When.
 */
at: Timestamp, };

/**
 * A message to one employee.
 */
export type PlannedOutreach = { 
/**
 * Names the message, for a queue that lets nothing through twice: the same until its `record` is among `sent`, in all
 * plans whose matches name the employee, by the same strongest identifier; then never again while that is kept. It is a
 * digest of that identifier, without a secret: whoever can guess an address can find its keys. Treat it as you treat
 * addresses.
 */
key: string, 
/**
 * Who is told.
 */
employee: Employee, 
/**
 * The playbook to start a conversation with.
 */
playbook: string, 
/**
 * What it is about, the worst first, without what the employee was told recently.
 */
about: Array<OutreachTopic>, 
/**
 * The devices that it is about, as far as the matches tell.
 */
devices: Array<OutreachDevice>, 
/**
 * The positions of its matches, the worst first.
 */
matches: Array<number>, 
/**
 * What to keep once the message has gone out.
 */
record: OutreachRecord, };

/**
 * Why a match is not told to anybody now.
 */
export type HeldReason = "no-match" | "no-employee" | "several-employees" | "opted-out" | "unknown-time-zone" | "told-recently" | "employee-limit" | "quiet-hours" | "hourly-limit";

/**
 * Matches that are not told to anybody now.
 */
export type HeldMatches = { 
/**
 * Why.
 */
reason: HeldReason, 
/**
 * The first time at which they can go out, as far as is known now. None: time alone will not do.
 */
until?: Timestamp, 
/**
 * Whom they concern; none where that is not one employee, or where there is nothing to tell.
 */
employee?: Employee, 
/**
 * The positions of the matches.
 */
matches: Array<number>, };

/**
 * The names of columns in a row; none where there is no such column.
 */
export type OutreachColumns = { 
/**
 * `user.name`.
 */
username?: string, 
/**
 * `user.upn`.
 */
upn?: string, 
/**
 * `user.ad.email_address`.
 */
email?: string, 
/**
 * `user.sid`.
 */
sid?: string, 
/**
 * `device.collector.uid`.
 */
collectorUid?: string, 
/**
 * `device.name`.
 */
deviceName?: string, };

/**
 * An employee and the positions of their matches.
 */
export type OutreachEmployee = { 
/**
 * Who it is.
 */
employee: Employee, 
/**
 * The positions of the matches.
 */
matches: Array<number>, };

/**
 * What may go out, without what is held: that is taken out in pieces.
 */
export type OutreachDecisions = { 
/**
 * The messages, the most urgent first.
 */
send: Array<PlannedOutreach>, 
/**
 * When something that is held can go out.
 */
nextAt?: Timestamp, 
/**
 * The keys of records that hold nothing back any more.
 */
forget: Array<string>, };

/**
 * What was read of an export for a directory.
 */
export type DirectorySummary = { 
/**
 * The rows that were read, without the malformed ones.
 */
rows: number, 
/**
 * The columns that a directory can use and no row had: devices are not described by them, or not found.
 */
notReturned: Array<string>, 
/**
 * How many rows could not be read, or have no Collector UID.
 */
malformed: number, 
/**
 * The first of them, a hundred at most.
 */
malformedRows: Array<MalformedRow>, };

/**
 * A remote action that collects data on a schedule.
 */
export type DataCollection = { 
/**
 * Its NQL ID, as it stands in the query's columns.
 */
remoteActionId: string, 
/**
 * Its name in the Nexthink Library.
 */
title: string, 
/**
 * How often it should run.
 */
schedule: Schedule, };

/**
 * A saved query: its ID in the tenant, and its text.
 */
export type PlaybookQuery = { 
/**
 * The ID, with its `#`.
 */
id: string, 
/**
 * The NQL; for a built-in playbook it stands in the file beside it.
 */
text?: string, };

/**
 * Where a script's input comes from.
 */
export type PlaybookParameter = string | { facts: Array<string> };

/**
 * A remote action that a rule recommends.
 */
export type PlaybookRemoteAction = { 
/**
 * Its name in the Nexthink Library.
 */
title: string, 
/**
 * What it does, in words for the employee, as the end of a sentence that begins with its title: `switches Outlook
 * back to online mode`; `{column}` is replaced by the column's value.
 */
description?: Record<string, string>, 
/**
 * Whether the employee's work is interrupted.
 */
risk: Risk, 
/**
 * How long it usually takes, in seconds.
 */
expectedSeconds?: number, 
/**
 * The script's inputs.
 */
parameters?: Record<string, PlaybookParameter>, 
/**
 * Its NQL ID, where that is not the name under which it stands here. A tenant's own choice in
 * `remoteActionIds` goes before.
 */
remoteActionId?: string, };

/**
 * How old a fact may be.
 */
export type PlaybookFreshness = { 
/**
 * The column.
 */
fact: string, 
/**
 * Its age at most: `30min`, `2h`, `1d`.
 */
maxAge: string, 
/**
 * The column that holds its time. An output or status of a remote action needs none: its time is the column
 * `remote_action.<id>.execution.time` where the query lists that, else the last run of its data collection.
 */
time?: string, };

/**
 * One thing to look for, and what to do about it.
 */
export type PlaybookRule = { 
/**
 * The rule's name in code, unique in the playbook. Lower-case letters, digits and hyphens.
 */
id: string, 
/**
 * An NQL condition over the query's columns.
 */
when?: string, 
/**
 * Instead of `when`: it always matches, and is recommended after all others.
 */
always?: boolean, 
/**
 * An NQL condition under which it does not match after all.
 */
unless?: string, 
/**
 * How old a fact may be at most: an older one, or one of unknown age, is unknown to this rule.
 */
freshness?: Array<PlaybookFreshness>, 
/**
 * For how long its recommendation is not repeated: `1d`, `12h`.
 */
cooldown?: string, 
/**
 * Why it matches, for the employee; `{column}` is replaced by the column's value.
 */
reason: Record<string, string>, 
/**
 * What to do: one of `remoteActions`, …
 */
remoteAction?: string, 
/**
 * … or something that the employee does; `{column}` is replaced by the column's value.
 */
advice?: Record<string, string>, };

/**
 * A playbook: a trouble that employees have with their PC, how to tell what causes it, and what to do about it.
 */
export type Playbook = { 
/**
 * For editors, which complete by it; otherwise it says nothing.
 */
$schema?: string, 
/**
 * The playbook's name in code: `slow-pc`. Lower-case letters, digits and hyphens.
 */
id: string, 
/**
 * Its version; it goes into every proposal.
 */
version: string, 
/**
 * Its name for people.
 */
title: Record<string, string>, 
/**
 * For administrators: what it is for, and where it differs from published content.
 */
description?: string, 
/**
 * Words by which employees call the trouble, per locale.
 */
symptoms?: Record<string, Array<string>>, 
/**
 * The platforms that it applies to, as `operating_system.platform` has them. Empty: all.
 */
platforms?: Array<string>, 
/**
 * The saved query that brings the facts.
 */
query: PlaybookQuery, 
/**
 * The columns that hold a list: in these, `[]`, `["-"]` and `"-"` are the known empty list.
 */
lists?: Array<string>, 
/**
 * The remote actions that must run on a schedule, so that their outputs are there to be read.
 */
dataCollection?: Array<DataCollection>, 
/**
 * The remote actions that rules recommend, by the playbook's own names for them.
 */
remoteActions?: Record<string, PlaybookRemoteAction>, 
/**
 * What to look for, in the order in which it is recommended.
 */
rules: Array<PlaybookRule>, };

/**
 * One row, and what the playbook must say of it.
 */
export type PlaybookTest = { 
/**
 * What it shows, in a sentence.
 */
name: string, 
/**
 * The row: its columns' values by name, short or qualified; or `headers` and `data` with one row. A column that
 * is left out was not returned by the tenant.
 */
row: { [column: string]: JsonValue } | { headers: Array<string>, data: Array<Array<JsonValue>> }, 
/**
 * The device's platform; without it the playbook is taken to apply.
 */
platform?: string, 
/**
 * The time of the diagnosis. Without it the age of nothing is known.
 */
now?: Timestamp, 
/**
 * When each data collection last succeeded, by its NQL ID.
 */
collected?: Record<string, Timestamp>, 
/**
 * What rules must say. Those that are not named must not match, except one that always does.
 */
verdicts?: Record<string, Verdict>, 
/**
 * Whether the playbook must apply to the platform; true where it is not said.
 */
applicable?: boolean, 
/**
 * The rules whose recommendations must come out, in this order.
 */
recommendations?: Array<string>, 
/**
 * The parameters that recommendations must fill, by rule.
 */
params?: Record<string, Record<string, string>>, };

/**
 * The file.
 */
export type PlaybookTests = { 
/**
 * For editors, which complete by it; otherwise it says nothing.
 */
$schema?: string, 
/**
 * The tests.
 */
tests: Array<PlaybookTest>, };

/**
 * What a test looks at.
 */
export type TestedProperty = "verdict" | "applicable" | "recommendations" | "params" | "test";

/**
 * One thing that is not as a test wants it.
 */
export type TestDifference = { 
/**
 * What differs.
 */
property: TestedProperty, 
/**
 * The rule that it is about.
 */
rule?: string, 
/**
 * In one sentence.
 */
message: string, 
/**
 * What the test wants.
 */
expected: JsonValue, 
/**
 * What came out.
 */
found: JsonValue, 
/**
 * The parts of the rule's conditions, with their values.
 */
because: Array<ConditionPart>, 
/**
 * The facts that the rule lacks.
 */
missing: Array<MissingFact>, };

/**
 * What one test has shown.
 */
export type PlaybookTestResult = { 
/**
 * Its name.
 */
name: string, 
/**
 * Whether everything is as it should be.
 */
ok: boolean, 
/**
 * What is not.
 */
differences: Array<TestDifference>, };

/**
 * One outcome of one part of a condition.
 */
export type ConditionBranch = { 
/**
 * The rule.
 */
rule: string, 
/**
 * Where in the rule the part stands.
 */
clause: ConditionClause, 
/**
 * The part's NQL.
 */
condition: string, 
/**
 * The outcome.
 */
verdict: Verdict, };

/**
 * How many of the branches the tests have reached: each part of each condition can hold, not hold, or be unknown.
 */
export type BranchCoverage = { 
/**
 * How many branches there are.
 */
total: number, 
/**
 * How many were reached.
 */
reached: number, 
/**
 * Those that were not.
 */
missed: Array<ConditionBranch>, };

/**
 * What the tests beside a playbook have shown.
 */
export type PlaybookTestReport = { 
/**
 * Whether all of them passed.
 */
ok: boolean, 
/**
 * How many passed.
 */
passed: number, 
/**
 * How many did not.
 */
failed: number, 
/**
 * Each test, in the order of the file.
 */
tests: Array<PlaybookTestResult>, 
/**
 * Which branches of the conditions they have reached.
 */
coverage: BranchCoverage, };

/**
 * How bad it is.
 */
export type PlaybookSeverity = "error" | "warning";

/**
 * In which file something is wrong.
 */
export type DiagnosticFile = "playbook" | "query" | "tests";

/**
 * What is wrong at one place of a playbook.
 */
export type PlaybookDiagnostic = { 
/**
 * Whether the playbook can be used all the same.
 */
severity: PlaybookSeverity, 
/**
 * In which file it is.
 */
file: DiagnosticFile, 
/**
 * The place in the file: a JSON pointer.
 */
pointer: string, 
/**
 * What is wrong, in one sentence.
 */
message: string, 
/**
 * What to do about it.
 */
help?: string, 
/**
 * Where in the text at the pointer it begins, as an index of that text.
 */
start?: number, 
/**
 * The index after its end.
 */
end?: number, 
/**
 * The line of the file in which it begins, from 1 on; only where the file was given as text.
 */
line?: number, 
/**
 * Where in this line, from 1 on.
 */
column?: number, };

/**
 * What the tests beside a playbook gave.
 */
export type PlaybookTestRun = { 
/**
 * What is wrong with the file of tests.
 */
diagnostics: Array<PlaybookDiagnostic>, 
/**
 * What the tests have shown.
 */
report: PlaybookTestReport, };

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
diagnosedAt: Timestamp, 
/**
 * Proves that `diagnose` made it. `propose` wants it, and the rest of the diagnosis unchanged.
 */
proof?: string, };

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
reference?: string, 
/**
 * After how many minutes a device that stays offline is given up: 60, or up to 1,440.
 */
expiresInMinutes?: number, 
/**
 * The host itself vouches that the device is the employee's: for a device that was found by its name, or comes
 * from the host's own records. Never take this from a message.
 */
trustCaller?: boolean, };

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
 * What a second person is asked to approve. It holds no token and no proof: whoever sees it can trigger nothing.
 */
export type ApprovalRequest = { 
/**
 * The proposal's ID.
 */
id: string, 
/**
 * Who has agreed to it.
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
 * The script's inputs.
 */
params: Record<string, string>, 
/**
 * The remote action's name.
 */
title: string, 
/**
 * Whether the employee's work is interrupted.
 */
risk: Risk, 
/**
 * The playbook that recommended it.
 */
playbook?: PlaybookReference, 
/**
 * What it stands on.
 */
evidence: Evidence, 
/**
 * The external reference that will be sent with it: the host's own and the proposal's ID.
 */
reference: string, 
/**
 * Until when it can be approved.
 */
expiresAt: Timestamp, };

/**
 * Where a run stands. It never goes backwards; `unknown` with `endedAt` is an end.
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
 * What a run can wait for.
 */
export type WaitingFor = "tenant" | "device" | "script" | "certainty";

/**
 * What a run waits for, and for how long that can be.
 */
export type Waiting = { 
/**
 * For whom or what.
 */
for: WaitingFor, 
/**
 * Since when, as far as anybody has looked.
 */
since: Timestamp, 
/**
 * How long the script usually takes, where it is running or is to run at once.
 */
expectedSeconds?: number, 
/**
 * Until when that can be; absent where the script is running.
 */
until?: Timestamp, };

/**
 * Where a chain has got to. It travels with the consent and the run.
 */
export type AuditHead = { 
/**
 * The place of the last record.
 */
sequence: number, 
/**
 * Its hash.
 */
hash: string, 
/**
 * Whether it was the end record.
 */
ended: boolean, };

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
outputs?: Record<string, JsonValue>, 
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
verification?: Verification, 
/**
 * What it waits for, and for how long that can be; absent where it has ended.
 */
waiting?: Waiting, 
/**
 * How far its audit has got, where there is one.
 */
audit?: AuditHead, };

/**
 * A user, as the tenant knows them.
 */
export type User = { 
/**
 * Nexthink's own ID.
 */
uid: string, 
/**
 * The security identifier.
 */
sid?: string, 
/**
 * The user principal name.
 */
upn?: string, 
/**
 * The e-mail address.
 */
email?: string, 
/**
 * The full name, or the name of the account where the directory tells none.
 */
name?: string, };

/**
 * What is recorded.
 */
export type AuditEvent = "proposed" | "refused" | "approved" | "denied" | "sent" | "accepted" | "lost" | "state" | "verified" | "solved" | "ended";

/**
 * A remote action on a device, as the audit names it.
 */
export type AuditedAction = { 
/**
 * The device's Collector UID.
 */
collectorUid: string, 
/**
 * The device's name.
 */
deviceName: string, 
/**
 * The NQL ID of the remote action.
 */
remoteActionId: string, 
/**
 * The script's inputs; in the first record.
 */
params?: Record<string, string>, 
/**
 * Whether the employee's work is interrupted; in the first record.
 */
risk?: Risk, 
/**
 * The external reference that the tenant is given.
 */
reference?: string, };

/**
 * What came of it: an error, or where the run stands.
 */
export type AuditOutcome = { 
/**
 * The kind of the error.
 */
error?: ErrorKind, 
/**
 * The error's message, or the tenant's own words on the status.
 */
message?: string, 
/**
 * Where the run stands.
 */
state?: RunState, 
/**
 * The tenant's ID for the request.
 */
requestId?: string, 
/**
 * The tenant took the request.
 */
accepted?: Certainty, 
/**
 * The script ran to its end.
 */
ran?: Certainty, 
/**
 * The finding is gone.
 */
changed?: Certainty, 
/**
 * The employee says that it helped.
 */
solved?: Certainty, };

/**
 * One decision or action. It holds personal data: the employee's identifiers, the device's name, what was measured
 * on it, and the script's inputs.
 */
export type AuditRecord = { 
/**
 * The proposal's ID: all records of one chain have the same.
 */
id: string, 
/**
 * Its place in the chain, from 0.
 */
sequence: number, 
/**
 * When.
 */
at: Timestamp, 
/**
 * The tenant: instance and region.
 */
tenant: string, 
/**
 * What happened.
 */
event: AuditEvent, 
/**
 * Who is repaired, and who agreed.
 */
who: Employee, 
/**
 * What is to be done; absent where it could not be told.
 */
what?: AuditedAction, 
/**
 * Why, in words.
 */
why?: string, 
/**
 * The playbook that recommended it, with its version; absent for the employee's own request.
 */
playbook?: PlaybookReference, 
/**
 * What it stands on.
 */
evidence?: Evidence, 
/**
 * What came of it.
 */
outcome?: AuditOutcome, 
/**
 * The hash of the record before; absent in the first.
 */
previous?: string, 
/**
 * The keyed hash of this record, `previous` included.
 */
hash: string, };

/**
 * What can be said of records of the audit.
 */
export type AuditVerdict = { 
/**
 * Every record is as it was written and follows the one before of its chain. Of a chain that is all gone
 * nothing can be said.
 */
ok: boolean, 
/**
 * And every chain has its end: nothing was cut off, and nothing can follow. False for no records at all.
 */
complete: boolean, 
/**
 * The position of the first record that is not what should stand there.
 */
firstBroken?: number, };

/**
 * As what the hand-over is given.
 */
export type EscalationFormat = "json" | "markdown" | "text";

/**
 * How to hand over, and what the runs do not tell.
 */
export type EscalationOptions = { 
/**
 * As what.
 */
format: EscalationFormat, 
/**
 * Whose trouble it is; without it, the first run's employee.
 */
employee?: Employee, 
/**
 * The employee's own words for it.
 */
symptoms?: string, 
/**
 * The diagnoses that were made: their findings, what they could not tell, and their advice.
 */
diagnoses?: Array<Diagnosis>, };

/**
 * Something that was found, or could not be told.
 */
export type EscalatedFinding = { 
/**
 * The playbook that looked for it; absent for what the employee asked for.
 */
playbook?: PlaybookReference, 
/**
 * The rule.
 */
rule?: string, 
/**
 * The device's name.
 */
device: string, 
/**
 * Whether it was found.
 */
verdict: Verdict, 
/**
 * Why, in words.
 */
reason?: string, 
/**
 * What was measured.
 */
values: Array<FactValue>, 
/**
 * What is not known.
 */
missing: Array<MissingFact>, };

/**
 * Something that was tried, and how it ended.
 */
export type EscalatedRun = { 
/**
 * The remote action's name.
 */
title: string, 
/**
 * Its NQL ID.
 */
remoteActionId: string, 
/**
 * The device's name.
 */
device: string, 
/**
 * Where it stands.
 */
state: RunState, 
/**
 * The tenant's own words on that.
 */
statusDetails?: string, 
/**
 * When it was triggered.
 */
startedAt: Timestamp, 
/**
 * When its end was seen.
 */
endedAt?: Timestamp, 
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
 * The external reference.
 */
reference: string, 
/**
 * The tenant's ID for the request.
 */
requestId?: string, };

/**
 * What the service desk must know. Holds personal data, and no proof or token.
 */
export type Escalation = { 
/**
 * Whose trouble it is.
 */
employee?: Employee, 
/**
 * The employee's own words for it.
 */
symptoms?: string, 
/**
 * The devices that were looked at or repaired.
 */
devices: Array<Device>, 
/**
 * What was found, and what could not be told.
 */
findings: Array<EscalatedFinding>, 
/**
 * What was done, in the order in which it was.
 */
tried: Array<EscalatedRun>, 
/**
 * What the employee was or should be advised to do.
 */
advice: Array<string>, 
/**
 * Under which external references the tenant knows it.
 */
references: Array<string>, };

/**
 * What a webhook is about.
 */
export type WebhookKind = "other" | "remote-action" | "alert";

/**
 * What a webhook says. Nothing of it is proven but that the sender knows the secret.
 */
export type WebhookEvent = { 
/**
 * What it is about.
 */
kind: WebhookKind, 
/**
 * Which event it is: the payload's own `id`; the `webhook-id` of a signed one; else a digest of the body.
 */
id: string, 
/**
 * When it happened, as the payload says; absent where that cannot be told.
 */
time?: Timestamp, 
/**
 * Whether it is older than `maxAgeMs`, or of a time that is yet to come; absent where no time could be read, which is
 * not the same as fresh.
 */
stale?: boolean, 
/**
 * What the payload says, by our names where a field is known, and by the payload's own where not.
 */
data: Record<string, JsonValue>, };

/**
 * The operations of Nexthink's APIs.
 */
export type Operation = "token.create" | "nql.execute" | "nql.export" | "nql.status" | "remoteActions.list" | "remoteActions.get" | "remoteActions.execute" | "workflows.list" | "workflows.get" | "workflows.execute" | "workflows.trigger" | "campaigns.trigger" | "enrichment.write" | "spark.handoff";
