// What a user of TypeScript may write and may not: every function of the package, and the exact type of what it gives. It is
// compiled and never run.

import {
  type AccessToken,
  type ApiRequest,
  type Assistant,
  type AssistantState,
  type AuditVerdict,
  api,
  type BlockKitMessage,
  checkWording,
  createClient,
  createDirectory,
  createHandler,
  type Device,
  type Diagnosis,
  Directory,
  type DoctorReport,
  type Employee,
  type EmployeeReply,
  type Escalation,
  type Evaluation,
  type JsonValue,
  type NexthinkClient,
  NexthinkError,
  type NodeIncoming,
  type NodeOutgoing,
  type NqlDiagnostic,
  type NqlQuery,
  type NqlResult,
  nql,
  type OutreachPlan,
  type Playbook,
  type PlaybookDiagnostic,
  type PlaybookSummary,
  type PlaybookTestRun,
  type Proposal,
  planOutreach,
  playbooks,
  type ReceivedWebhook,
  type RemoteAction,
  type Run,
  readReply,
  render,
  type Scan,
  type ScanMatch,
  scan,
  type TenantContent,
  type Tool,
  type Turn,
  toNodeListener,
  type UncoveredAnswer,
  type User,
  type Verdicts,
  verifyAudit,
  type WordingProblem,
  type Workflow,
} from "nexthink-chatbot";
import {
  forAiSdk,
  forLangChain,
  forModelContextProtocol,
  forOpenAiAgents,
  forOpenAiResponses,
} from "nexthink-chatbot/language-models";
import {
  botpressAction,
  converse,
  fromBotpress,
  fromDialogflowCx,
  fromRasa,
  toBotpress,
  toDialogflowCx,
  toRasa,
} from "nexthink-chatbot/low-code";
import {
  createSimulator,
  type Handoff,
  type RecordedRequest,
  type SimulatedDevice,
  type SimulatedRemoteAction,
  type SimulatedTenant,
} from "nexthink-chatbot/simulator";
import * as slim from "nexthink-chatbot/slim";

type Same<One, Other> = (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false;

/** Takes what has exactly this type. */
declare function exactly<Expected>(): <Actual>(
  actual: Actual,
  ...different: Same<Actual, Expected> extends true ? [] : [never]
) => void;

declare const device: Device;
declare const diagnosis: Diagnosis;
declare const run: Run;
declare const turn: Turn;
declare const playbook: Playbook;
declare const state: AssistantState;
declare const employee: { username: string };
declare const thrown: unknown;
declare const bytes: Uint8Array;
declare const module: slim.CompiledModule;

// The client.
const nexthink = createClient({ instance: "acme", region: "eu", credentials: { clientId: "a", clientSecret: "b" } });
exactly<NexthinkClient>()(nexthink);
createClient({ instance: "acme", region: "eu", tokenProvider: async () => ({ accessToken: "a" }), consentKey: "k" });
// @ts-expect-error the region is missing
createClient({ instance: "acme" });
// @ts-expect-error there is no such option
createClient({ instance: "acme", region: "eu", secret: "b" });

// The six steps.
exactly<Promise<Device[]>>()(nexthink.identify({ username: "amartin" }, { timeoutMs: 1 }));
exactly<Promise<User | null>>()(nexthink.findUser({ upn: "a@acme.example" }));
exactly<Promise<Diagnosis>>()(nexthink.diagnose("outlook", device));
exactly<Proposal>()(nexthink.propose(diagnosis, "offline", { employee }));
exactly<Promise<Run>>()(nexthink.remediate("token", { confirmed: true }));
exactly<Promise<Run>>()(nexthink.progress(run));
exactly<AsyncIterable<Run>>()(nexthink.follow(run));
exactly<Promise<Run>>()(nexthink.verify(run));
exactly<Run>()(nexthink.solved(run, true));
exactly<string>()(nexthink.escalation([run], { format: "markdown" }));
exactly<Escalation>()(nexthink.escalation([run], { format: "json" }));
exactly<Promise<DoctorReport>>()(nexthink.doctor({ employee }));
// @ts-expect-error only `createDirectory` and `fromBytes` make one
new Directory();
// @ts-expect-error nobody is found by a name
nexthink.identify({ name: "Alice" });
// @ts-expect-error a device is not its name
nexthink.diagnose("outlook", "AMARTIN-LT");
// @ts-expect-error for whom is missing
nexthink.propose(diagnosis, "offline");
// @ts-expect-error a token is text
nexthink.remediate(nexthink.propose(diagnosis, "offline", { employee }));
// @ts-expect-error there is no such format
nexthink.escalation([run], { format: "html" });

// Nexthink's APIs.
exactly<Promise<NqlResult<{ name: string }>>>()(nexthink.nql.execute<{ name: string }>("#devices", { username: "a" }));
exactly<AsyncIterable<Record<string, string>>>()(nexthink.nql.export("#devices"));
exactly<Promise<RemoteAction[]>>()(nexthink.remoteActions.list());
exactly<Promise<RemoteAction>>()(nexthink.remoteActions.get("#action"));
nexthink.remoteActions.execute({ remoteActionId: "#action", devices: ["a"] });
exactly<Promise<Workflow[]>>()(nexthink.workflows.list());
exactly<Promise<Workflow>>()(nexthink.workflows.get("#workflow"));
nexthink.workflows.execute({ workflowId: "#workflow", devices: ["a"] });
nexthink.workflows.trigger({ workflowUuid: "a", executionUuid: "b" });
nexthink.campaigns.trigger({ campaignNqlId: "#campaign", userSid: ["S-1"], expiresInMinutes: 60 });
nexthink.enrichment.write({ domain: "desk", enrichments: [] });
exactly<Promise<void>>()(
  nexthink.spark.handoff({ userPrincipalName: "a@acme.example", parts: [{ type: "TEXT", text: "a" }] }),
);
exactly<Promise<UncoveredAnswer>>()(nexthink.request({ method: "GET", path: "/api/v1/act/remote-action" }));
// @ts-expect-error parameters are text
nexthink.nql.execute("#devices", { days: 7 });
// @ts-expect-error devices is a list
nexthink.remoteActions.execute({ remoteActionId: "#action", devices: "a" });

// The conversation.
const assistant = nexthink.assistant({ locale: "de" });
exactly<Assistant>()(assistant);
exactly<Promise<Turn>>()(assistant.start({ employee, text: "Outlook" }, { budgetMs: 2_500 }));
exactly<Promise<Turn>>()(assistant.reply(state, { choice: "yes" }));
exactly<Promise<Turn>>()(assistant.resume(state));
exactly<string>()(render(turn, "text"));
exactly<BlockKitMessage>()(render(turn, "block-kit"));
exactly<{ [name: string]: JsonValue }>()(render(turn, "adaptive-card"));
exactly<EmployeeReply>()(readReply("text", "yes"));
exactly<Promise<WordingProblem[]>>()(checkWording({}, "de"));
// @ts-expect-error it is either words or a choice
assistant.reply(state, { answer: "yes" });
// @ts-expect-error there is no such format
render(turn, "html");

// Many devices, and what the tenant sends.
const directory = Directory.fromBytes(new Uint8Array());
exactly<Directory>()(directory);
exactly<Promise<Directory>>()(createDirectory("device.collector.uid", { asOf: new Date(0), base: directory }));
exactly<Promise<Directory>>()(createDirectory(nexthink.nql.export("#devices"), { base: undefined }));
exactly<Employee[]>()(directory.employeesOf({ collectorUid: "a" }));
exactly<Device[]>()(directory.lookup({ collectorUid: "a" }));
exactly<ReturnType<Uint8Array["slice"]>>()(directory.toBytes());
directory.close();
createClient({ instance: "acme", region: "eu", credentials: { clientId: "a", clientSecret: "b" }, directory });
exactly<OutreachPlan<ScanMatch>>()(planOutreach([] as ScanMatch[], { now: new Date(0) }));
exactly<Promise<ReceivedWebhook>>()(nexthink.webhook({ headers: {}, body: "{}" }, { secret: "s" }));
// @ts-expect-error nobody is found by a name
directory.lookup({ name: "Alice" });
// @ts-expect-error there is no time
planOutreach([], {});
// @ts-expect-error anybody could send
nexthink.webhook({ headers: {} }, {});

// Tools, and the kits for language models.
const tools = nexthink.tools({ employee, approve: async ({ title }) => title !== "" });
exactly<Tool[]>()(tools);
forAiSdk(tools);
forLangChain(tools, { interrupt: async () => undefined });
forOpenAiAgents(tools);
forOpenAiResponses(tools);
forModelContextProtocol(tools);
// @ts-expect-error nobody approves
nexthink.tools({ employee });

// The service, and low-code platforms.
const handler = createHandler(nexthink, { apiKey: "key", employee: () => employee });
exactly<(request: Request) => Promise<Response>>()(handler);
// @ts-expect-error without a key anybody could ask
createHandler(nexthink, { employee: () => employee });
exactly<(incoming: NodeIncoming, outgoing: NodeOutgoing) => void>()(toNodeListener(handler));
toNodeListener(handler, { onError: (error: unknown, { url }) => console.error(url, error) });
converse(assistant, fromBotpress<AssistantState>({}));
toBotpress(turn);
toDialogflowCx(turn);
toRasa(turn);
fromDialogflowCx({});
fromRasa({});
botpressAction({ object: () => "", array: () => "", string: () => "", number: () => "" });

// Without a tenant.
exactly<ApiRequest>()(api.build("nql.execute", { queryId: "#devices" }, { instance: "acme", region: "eu" }));
exactly<AccessToken>()(api.parse("token.create", { status: 200, headers: {}, body: "{}" }));
exactly<NqlResult>()(api.parse("nql.execute", { status: 200 }));
exactly<NqlQuery>()(nql.parse("devices"));
exactly<NqlDiagnostic[]>()(nql.check("devices", { parameters: ["name"] }));
exactly<string>()(nql.format("devices"));
exactly<PlaybookSummary[]>()(playbooks.list());
exactly<PlaybookDiagnostic[]>()(playbooks.check(playbook, { query: "devices" }));
exactly<PlaybookTestRun>()(playbooks.test(playbook, "{}"));
exactly<Evaluation>()(playbooks.evaluate("outlook", {}));
exactly<Verdicts[]>()(playbooks.verdicts("outlook", bytes, { now: new Date() }));
exactly<TenantContent>()(playbooks.content());
exactly<string>()(playbooks.content({ format: "markdown" }));
const scanned = scan("name\n", "outlook");
exactly<Scan>()(scanned);
exactly<AsyncIterableIterator<ScanMatch>>()(scanned[Symbol.asyncIterator]());
exactly<Scan>()(scan(nexthink.nql.export("#devices"), "outlook"));
exactly<Scan>()(scan([{ "device.name": "a", free_space: 5 }], "outlook"));
exactly<AuditVerdict>()(verifyAudit([], "key"));
// @ts-expect-error there is no such operation
api.build("devices.delete", {}, { instance: "acme", region: "eu" });
// @ts-expect-error the query's name is missing
api.build("nql.execute", {}, { instance: "acme", region: "eu" });
// @ts-expect-error a time is a date
playbooks.verdicts("outlook", "[]", { now: "2026-01-01" });

// Errors.
if (NexthinkError.is(thrown)) {
  exactly<string>()(thrown.hint);
  exactly<"none" | "done" | "unknown">()(thrown.sideEffect);
  // @ts-expect-error there is no such kind
  if (thrown.kind === "unexpected") throw thrown;
}

// The simulated tenant.
const tenant = createSimulator({ devices: 0, speed: Number.POSITIVE_INFINITY, now: new Date() });
exactly<SimulatedTenant>()(tenant);
const { instance, region, credentials, host } = tenant;
createClient({ instance, region, credentials, host, fetch: tenant.fetch });
createClient({ ...tenant.client, locale: "de" });
exactly<SimulatedDevice | undefined>()(tenant.device("AMARTIN-LT"));
exactly<SimulatedRemoteAction>()(tenant.remoteAction("#action"));
exactly<RecordedRequest[]>()(tenant.requests);
exactly<Handoff[]>()(tenant.handoffs);
tenant.set("AMARTIN-LT", {});
tenant.inject({ kind: "status", status: 503 });
tenant.advance(1);
tenant.deny("nql");
// @ts-expect-error there is no such permission
tenant.deny("everything");

// Without the WebAssembly inside.
exactly<Promise<void>>()(slim.init(module));
slim.init({ core: fetch("/core.wasm"), fleet: new URL("https://acme.example/fleet.wasm"), authoring: bytes });
slim.init({ default: module });
exactly<typeof createClient>()(slim.createClient);
exactly<NexthinkClient>()(slim.createClient({ instance: "acme", region: "eu" }));
// @ts-expect-error a number is no module
slim.init(7);
