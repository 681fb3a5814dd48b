// Everything but the simulated tenant, without the WebAssembly modules: the default entry is this with them (`complete/`),
// and `slim` is this with `init`.

export { type ApiAnswer, type ApiHeaders, type ApiOperations, type ApiRequest, type ApiTenant, api } from "./api.ts";
export type {
  Assistant,
  AssistantOptions,
  ConversationStart,
  EmployeeReply,
  NextTurnOptions,
  TurnOptions,
} from "./assistant.ts";
export type { AssistantState } from "./assistant-state.ts";
export type { ByteSource } from "./byte-source.ts";
export type { Campaigns } from "./campaigns.ts";
export { checkWording } from "./check-wording.ts";
export { createClient, type Identity, type NexthinkClient, type PersonalIdentity } from "./client.ts";
export type { ConsentKey } from "./consent-key.ts";
export { createDirectory, Directory, nql, playbooks, scan } from "./definitions.ts";
export type { DeviceDirectory } from "./device-directory.ts";
export type {
  DeviceLookup,
  DirectoryOptions,
  DirectoryProgress,
  DirectorySize,
} from "./directory.ts";
export type { Enrichments } from "./enrichment.ts";
export { NexthinkError } from "./errors.ts";
export type * from "./generated/conversation.ts";
export type * from "./generated/nql.ts";
export type * from "./generated/tenant.ts";
export type * from "./generated/types.ts";
export {
  type CorsOptions,
  createHandler,
  type DeliveryOptions,
  type EmployeeAnswer,
  type HandlerOptions,
  type HandlerRequest,
  type NodeIncoming,
  type NodeListenerOptions,
  type NodeOutgoing,
  type Problem,
  type ProblemKind,
  type RequestProblem,
  type ResponseMaker,
  toNodeListener,
  type WebhookDelivery,
} from "./handler.ts";
export type { Fetch, FetchAnswer, FetchInit, Host } from "./host.ts";
export type { ExportOptions, Nql, NqlResult, NqlRow } from "./nql.ts";
export type { CallOptions, ClientLimits, ClientOptions, ProvidedToken } from "./options.ts";
export {
  type HeldOutreach,
  type Outreach,
  type OutreachLimits,
  type OutreachMatch,
  type OutreachOptions,
  type OutreachPlan,
  planOutreach,
} from "./outreach.ts";
export type { PlaybookQueryText } from "./playbook-authoring.ts";
export type { PlaybookSummary } from "./playbook-summaries.ts";
export type { RemoteActions } from "./remote-actions.ts";
export { type BlockKitMessage, readReply, render, type TurnFormat } from "./rendering.ts";
export type { ExportedRow, RowSource } from "./row-source.ts";
export type { Scan, ScanMatch, ScanOptions, ScanProgress, ScanSummary } from "./scan.ts";
export type { Spark } from "./spark.ts";
export type { Store } from "./store.ts";
export type {
  Approve,
  DataFromDevice,
  ProposalToApprove,
  Tool,
  ToolAnnotations,
  ToolAnswer,
  ToolApproval,
  ToolCallOptions,
  ToolFailure,
  ToolInputSchema,
  ToolName,
  ToolPropertySchema,
  ToolsOptions,
} from "./tools.ts";
export type { EvaluationOptions, Verdicts, VerdictsOptions } from "./verdicts.ts";
export { verifyAudit } from "./verify-audit.ts";
export type { ReceivedWebhook } from "./webhook.ts";
export type { WebhookOptions, WebhookPayloadTemplate } from "./webhook-options.ts";
export type { WebhookRequest } from "./webhook-request.ts";
export type { Workflows } from "./workflows.ts";
