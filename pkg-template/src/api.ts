// The operations without a client, for who has an HTTP step of their own, as low-code platforms have: input → request,
// answer → output. It only carries values to the core and back.

import { bytesOf } from "./bytes.ts";
import { call } from "./core.ts";
import { encode, encodeText } from "./encode.ts";
import { invalid } from "./errors.ts";
import type {
  AcceptedRemoteAction,
  AcceptedWorkflow,
  AcceptedWorkflowTrigger,
  AccessToken,
  CampaignTrigger,
  Credentials,
  EnrichmentRequest,
  EnrichmentResult,
  HttpMethod,
  NqlExecution,
  NqlExport,
  NqlExportId,
  NqlExportStatus,
  Operation,
  RemoteAction,
  RemoteActionExecution,
  RemoteActionId,
  SparkHandoff,
  StartedNqlExport,
  TriggeredCampaign,
  Workflow,
  WorkflowExecution,
  WorkflowFilter,
  WorkflowId,
  WorkflowTrigger,
} from "./generated/types.ts";
import { type NqlResult, withNamedRows } from "./nql.ts";

/** What each operation takes and gives. Deleting devices is left out on purpose. */
export interface ApiOperations {
  /** Exchanges API credentials for an access token; all other operations need one. */
  "token.create": { input: Credentials; output: AccessToken };
  /** Executes a saved query. */
  "nql.execute": { input: NqlExecution; output: NqlResult };
  /** Starts a saved query whose rows become a file. */
  "nql.export": { input: NqlExport; output: StartedNqlExport };
  /** How far an export is. */
  "nql.status": { input: NqlExportId; output: NqlExportStatus };
  /** The tenant's remote actions. */
  "remoteActions.list": { input: Record<string, never> | undefined; output: RemoteAction[] };
  /** One remote action. */
  "remoteActions.get": { input: RemoteActionId; output: RemoteAction };
  /** Triggers a remote action. */
  "remoteActions.execute": { input: RemoteActionExecution; output: AcceptedRemoteAction };
  /** The tenant's workflows. */
  "workflows.list": { input: WorkflowFilter | undefined; output: Workflow[] };
  /** One workflow. */
  "workflows.get": { input: WorkflowId; output: Workflow };
  /** Starts a workflow. */
  "workflows.execute": { input: WorkflowExecution; output: AcceptedWorkflow };
  /** Lets an execution of a workflow go on. */
  "workflows.trigger": { input: WorkflowTrigger; output: AcceptedWorkflowTrigger };
  /** Sends a campaign. */
  "campaigns.trigger": { input: CampaignTrigger; output: TriggeredCampaign };
  /** Writes fields of objects. */
  "enrichment.write": { input: EnrichmentRequest; output: EnrichmentResult };
  /** Hands a conversation over to Spark. */
  "spark.handoff": { input: SparkHandoff; output: null };
}

/** Where the tenant is. */
export interface ApiTenant {
  /** The tenant's name: `acme` in `https://acme.eu.nexthink.cloud`. */
  instance: string;
  /** The tenant's region: `us`, `eu`, `pac` or `meta`. */
  region: string;
  /** The address of the API, where it is not the usual one. */
  apiUrl?: string;
  /** The address of the token endpoint, where it is not the usual one. */
  tokenUrl?: string;
}

/** A request, for any HTTP client. It may hold secrets. */
export interface ApiRequest {
  /** The method. */
  method: HttpMethod;
  /** The absolute address. */
  url: string;
  /** Header fields, names in lower case. All but those of `token.create` lack `authorization: Bearer <token>`. */
  headers: Record<string, string>;
  /** The body, where there is one. */
  body?: string;
}

/** Header fields, names in any case: an object, a `Headers`, a `Map`, or pairs. */
export type ApiHeaders =
  | Iterable<readonly [string, string]>
  | { readonly [name: string]: string | number | readonly string[] | null | undefined };

/** An answer, as an HTTP client has read it. */
export interface ApiAnswer {
  /** The HTTP status. */
  status: number;
  /** The header fields. Without them an error has no `requestId` and no `retryAfterMs`. */
  headers?: ApiHeaders | null | undefined;
  /** The body: text, bytes, or what its JSON says where the HTTP client has parsed it. */
  body?: unknown;
}

/** The operations of Nexthink's APIs, without a client and without sending anything. */
export const api = {
  /**
   * The request of an operation.
   *
   * @throws NexthinkError of kind `invalid` for an unknown operation and for an input that breaks a documented limit
   * @example
   * ```ts
   * const { method, url, headers, body } = api.build("nql.execute", { queryId: "#my_query" }, { instance, region });
   * ```
   */
  build<Name extends Operation>(operation: Name, input: ApiOperations[Name]["input"], tenant: ApiTenant): ApiRequest {
    return call((core) => core.build(String(operation), encode(input), encode(tenant)));
  },

  /**
   * What an answer to an operation says. The core checks it: the type holds for whatever the tenant has answered.
   *
   * @throws NexthinkError for what the answer says of an error, and of kind `malformed` for what is no answer of this
   * operation; `sideEffect` says whether something may have happened all the same
   * @example
   * ```ts
   * const { rows } = api.parse("nql.execute", { status: 200, headers, body });
   * ```
   */
  parse<Name extends Operation>(operation: Name, answer: ApiAnswer): ApiOperations[Name]["output"] {
    return call((core) => {
      const { status, headers, body } = answer ?? {};
      const whole = typeof body === "string" ? encodeText(body) : bytesOf(body);
      const head = { status, headers: fieldsOf(headers), body: whole ? undefined : parsed(body) };
      const output = core.parse(String(operation), encode(head), whole);
      return operation === "nql.execute" ? withNamedRows(output) : output;
    });
  },
};

/** Header fields as a plain object, whatever held them: of another realm, too. */
function fieldsOf(headers: ApiHeaders | null | undefined): Record<string, string> {
  const fields: [string, string][] = [];
  for (const pair of pairsOf(headers ?? {})) {
    const [name, value] = Array.isArray(pair) ? pair : [];
    if (typeof name !== "string") throw invalid("`headers` holds what is no pair of texts", hint);
    if (value != null) fields.push([name, String(value)]);
  }
  return Object.fromEntries(fields);
}

function pairsOf(headers: ApiHeaders): Iterable<unknown> {
  if (typeof headers !== "object") throw invalid("`headers` is not an object", hint);
  return Symbol.iterator in headers ? headers : Object.entries(headers);
}

const hint = "pass an object, a `Headers`, a `Map` or pairs of names and values";

/** A body that was parsed. One that is still to be read would look like an empty object. */
function parsed(body: unknown): unknown {
  const { getReader, arrayBuffer, then } = Object(body ?? {}) as Record<string, unknown>;
  if ([getReader, arrayBuffer, then].every((method) => typeof method !== "function")) return body;
  throw invalid("`body` has not been read yet", "pass what `await response.text()` gives");
}
