// Made from the Rust structs by `npm run generate`. Do not edit.

import type { Employee, ErrorKind, JsonValue, Playbook, Risk, Schedule, Timestamp } from "./types.ts";

/**
 * For which playbooks, and under which names.
 */
export type ContentOptions = { 
/**
 * Own playbooks, each as its file's text or as an object, with the text of its query. One with the name of a
 * built-in playbook takes its place.
 */
playbooks?: ReadonlyArray<Playbook | string>, 
/**
 * The names of the only playbooks that count, built-in and own.
 */
only?: Array<string>, 
/**
 * The tenant's IDs for saved queries, by our names for them.
 */
queryIds?: Record<string, string>, 
/**
 * The tenant's NQL IDs for remote actions, by the playbooks' names for them.
 */
remoteActionIds?: Record<string, string>, 
/**
 * The language of the playbooks' titles; `en` where there is none.
 */
locale?: string, };

/**
 * Everything that an administrator has to create.
 */
export type TenantContent = { 
/**
 * The playbooks that it is for.
 */
playbooks: Array<string>, 
/**
 * The permissions that the API credentials need.
 */
permissions: Array<string>, 
/**
 * The saved queries.
 */
queries: Array<RequiredQuery>, 
/**
 * The remote actions that collect data on a schedule.
 */
dataCollections: Array<RequiredDataCollection>, 
/**
 * The remote actions that are triggered.
 */
remoteActions: Array<RequiredRemoteAction>, 
/**
 * The data exporters: for looking up devices without calls, and for finding trouble before it is reported.
 */
dataExporters: Array<DataExporter>, 
/**
 * The webhooks: for hearing at once of what happens.
 */
webhooks: Array<WebhookTemplate>, 
/**
 * How webhooks and data exporters say who they are.
 */
connectorCredential: ConnectorCredential, 
/**
 * What could not be made, and why.
 */
notes: Array<string>, };

/**
 * A saved query that has to be there.
 */
export type RequiredQuery = { 
/**
 * Its key in `queryIds`.
 */
key: string, 
/**
 * Its ID in the tenant, with its `#`.
 */
id: string, 
/**
 * What it is, in a few words.
 */
title: string, 
/**
 * What happens by it.
 */
purpose: string, 
/**
 * Whether one can do without.
 */
need: QueryNeed, 
/**
 * The name of its one parameter, without the `$`.
 */
parameter: string, 
/**
 * Its NQL.
 */
text: string, 
/**
 * The columns that are read of its answer.
 */
columns: Array<RequiredColumn>, };

/**
 * Whether one can do without a saved query.
 */
export type QueryNeed = "always" | "one-of" | "recommended" | "optional";

/**
 * A column or an output that is read.
 */
export type RequiredColumn = { 
/**
 * Its name.
 */
name: string, 
/**
 * Whether something cannot be decided without it. Others are only shown, or have something that stands in.
 */
essential: boolean, };

/**
 * A remote action that collects data: it needs a schedule.
 */
export type RequiredDataCollection = { 
/**
 * Its NQL ID, as it stands in the queries.
 */
remoteActionId: string, 
/**
 * Its name in the Nexthink Library.
 */
title: string, 
/**
 * How often it has to run.
 */
schedule: Schedule, 
/**
 * The platforms for which it needs a script, where the playbooks name some.
 */
platforms: Array<string>, 
/**
 * The outputs that are read.
 */
outputs: Array<RequiredColumn>, 
/**
 * The playbooks that read them.
 */
usedBy: Array<string>, };

/**
 * A remote action that is triggered: it needs the API trigger.
 */
export type RequiredRemoteAction = { 
/**
 * The playbooks' name for it: its key in `remoteActionIds`.
 */
name: string, 
/**
 * Its NQL ID in the tenant.
 */
id: string, 
/**
 * Its name in the Nexthink Library.
 */
title: string, 
/**
 * Whether it interrupts the employee's work.
 */
risk: Risk, 
/**
 * The platforms for which it needs a script, where the playbooks name some.
 */
platforms: Array<string>, 
/**
 * The inputs of its script that are filled.
 */
inputs: Array<RequiredInput>, 
/**
 * The rules that recommend it: `outlook/offline`.
 */
usedBy: Array<string>, };

/**
 * An input of a script that a playbook fills.
 */
export type RequiredInput = { 
/**
 * Its name.
 */
name: string, 
/**
 * Always the same text, …
 */
text?: string, 
/**
 * … or the first of these columns that has a value on the device.
 */
columns: Array<string>, };

/**
 * A data exporter.
 */
export type DataExporter = { 
/**
 * What to call it.
 */
name: string, 
/**
 * What happens with its data.
 */
purpose: string, 
/**
 * How often it has to run. Nexthink wants the time of the query to be the same.
 */
schedule: string, 
/**
 * Its NQL.
 */
query: string, };

/**
 * A webhook.
 */
export type WebhookTemplate = { 
/**
 * What to call it.
 */
name: string, 
/**
 * What happens by it.
 */
purpose: string, 
/**
 * Its NQL conditions.
 */
query: string, 
/**
 * How it sends.
 */
method: string, 
/**
 * What follows the address of the credential.
 */
resource: string, 
/**
 * What it sends; `{{…}}` stands for a column of the query.
 */
payload: string, 
/**
 * The columns that can be sent, by their full names.
 */
variables: Array<string>, 
/**
 * What has to be known about it.
 */
notes: Array<string>, };

/**
 * How webhooks and data exporters say who they are.
 */
export type ConnectorCredential = { 
/**
 * What to call it.
 */
name: string, 
/**
 * By which protocol it sends.
 */
protocol: string, 
/**
 * The address of the chatbot; the names between angle brackets are to be replaced.
 */
url: string, 
/**
 * The kinds of authorization that will do.
 */
authorization: Array<string>, 
/**
 * What has to be known about it.
 */
notes: Array<string>, };

/**
 * Whom the doctor examines, for what.
 */
export type DoctorCase = { 
/**
 * Own playbooks, each as its file's text or as an object, with the text of its query. One with the name of a
 * built-in playbook takes its place.
 */
playbooks?: ReadonlyArray<Playbook | string>, 
/**
 * The names of the only playbooks that count, built-in and own.
 */
only?: Array<string>, 
/**
 * How the client is set up.
 */
settings: DoctorSettings, 
/**
 * An employee with a device in Nexthink, by the identifiers that the chatbot has.
 */
employee?: Employee, };

/**
 * How the client is set up, as far as the doctor looks at it.
 */
export type DoctorSettings = { 
/**
 * The tenant's name.
 */
instance?: string, 
/**
 * The tenant's region.
 */
region?: string, 
/**
 * Whether `apiUrl` or `tokenUrl` leads elsewhere than to the usual addresses.
 */
ownAddresses?: boolean, 
/**
 * The tenant's IDs for saved queries, by our names for them.
 */
queryIds?: Record<string, string>, 
/**
 * The tenant's NQL IDs for remote actions, by the playbooks' names for them.
 */
remoteActionIds?: Record<string, string>, 
/**
 * Whether the client has a store that outlives its process.
 */
hasStore?: boolean, 
/**
 * Whether the client has a key for signing proposals.
 */
hasConsentKey?: boolean, 
/**
 * Whether the client has a client secret, from which such a key is derived.
 */
hasClientSecret?: boolean, 
/**
 * The language of the playbooks' titles.
 */
locale?: string, };

/**
 * A question to the tenant.
 */
export type DoctorProbe = { 
/**
 * By which its outcome is found.
 */
id: string, 
/**
 * The operation to call.
 */
operation: string, 
/**
 * Its input.
 */
input: JsonValue, };

/**
 * What came of a probe: an output, or an error.
 */
export type ProbeOutcome = { 
/**
 * The probe's.
 */
id: string, 
/**
 * What the operation gave, its rows as lists or as objects.
 */
output?: JsonValue, 
/**
 * What it failed with: a `NexthinkError`.
 */
error?: ProbeError, 
/**
 * When that was known, by the clock of this machine.
 */
at?: Timestamp, };

/**
 * What of an error the doctor looks at.
 */
export type ProbeError = { 
/**
 * What went wrong.
 */
kind: ErrorKind, 
/**
 * What went wrong, in a sentence.
 */
message: string, 
/**
 * What to do next, in a sentence.
 */
hint?: string, 
/**
 * The HTTP status, where there was an answer.
 */
status?: number, 
/**
 * The tenant's own error code.
 */
code?: string, };

/**
 * What the doctor found.
 */
export type DoctorReport = { 
/**
 * Whether all that could be asked for was checked, and nothing of it is an error.
 */
ok: boolean, 
/**
 * What was checked. What is well is one check; of what is not, each trouble is one, its name after the colon.
 */
checks: Array<DoctorCheck>, 
/**
 * What was not checked.
 */
notChecked: Array<NotChecked>, };

/**
 * One thing that was checked.
 */
export type DoctorCheck = { 
/**
 * What, for programs: `query:outlook`, `remote-action:disk_cleanup:api-trigger`.
 */
id: string, 
/**
 * How it is.
 */
status: CheckStatus, 
/**
 * What, for people.
 */
title: string, 
/**
 * What was found.
 */
detail: string, 
/**
 * What to do, in the words of Nexthink's user interface; empty where nothing is to be done.
 */
fix: string, };

/**
 * How a thing is.
 */
export type CheckStatus = "ok" | "warning" | "error";

/**
 * One thing that was not checked.
 */
export type NotChecked = { 
/**
 * What, for programs.
 */
id: string, 
/**
 * Why, for programs.
 */
reason: NotCheckedReason, 
/**
 * What, for people.
 */
title: string, 
/**
 * Why, for people.
 */
detail: string, 
/**
 * What to do so that it can be checked.
 */
fix: string, };

/**
 * Why a thing was not checked.
 */
export type NotCheckedReason = "try-again" | "blocked" | "needs-employee" | "not-told";
