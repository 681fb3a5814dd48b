// The door's own description, OpenAPI 3.1, made of the operations that it goes by.

import type { NextStep, Operation, TextBody } from "./operation.ts";
import { type ProblemKind, problemKinds, problemStatuses } from "./problem.ts";
import type { Schema } from "./schema.ts";
import { diagnosisSchemas } from "./schemas/diagnosis.ts";
import { problemSchema } from "./schemas/problem.ts";
import { named } from "./schemas/record.ts";
import { runSchemas } from "./schemas/run.ts";
import { turnSchemas } from "./schemas/turn.ts";

/** An OpenAPI document, as far as the door writes one. */
export interface OpenApi {
  readonly openapi: "3.1.0";
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly security: readonly Record<string, readonly string[]>[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components: {
    readonly securitySchemes: Readonly<Record<string, object>>;
    readonly schemas: Readonly<Record<string, Schema>>;
  };
}

export interface OpenApiOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly security?: readonly [];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, OpenApiResponse>>;
  /** Copilots ask their user before they call it. */
  readonly "x-openai-isConsequential"?: boolean;
}

export interface OpenApiResponse {
  readonly description: string;
  readonly headers?: Readonly<Record<string, { description: string; schema: Schema }>>;
  readonly content?: Content;
  readonly links?: Readonly<Record<string, Link>>;
}

/** How an answer leads to the next request. */
interface Link {
  readonly operationId: string;
  readonly description: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly requestBody?: Readonly<Record<string, unknown>>;
}

interface Parameter {
  readonly name: string;
  readonly in: "path";
  readonly required: true;
  readonly description: string;
  readonly schema: Schema;
}

type Content = Readonly<Record<string, { readonly schema: Schema }>>;

/** What the ID of a run looks like. */
export const runIdPattern = "^[A-Za-z0-9_-]{1,64}$";

/** @param base the address of the door. */
export function openApiOf(operations: readonly Operation[], base: string): OpenApi {
  const paths: Record<string, Record<string, OpenApiOperation>> = {};
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method.toLowerCase()]: described(operation) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Nexthink chatbot",
      version: "1",
      description:
        "Finds out what is wrong with an employee's device, proposes a repair, runs it with the employee's consent, and looks whether it helped. What is called `sealed` is sent back unchanged to the next step.",
    },
    servers: [{ url: base || "/" }],
    security: [{ apiKey: [] }, { bearer: [] }],
    paths,
    components: {
      securitySchemes: {
        apiKey: { type: "apiKey", in: "header", name: "x-api-key" },
        bearer: { type: "http", scheme: "bearer" },
      },
      schemas: { ...diagnosisSchemas, ...runSchemas, ...turnSchemas, Problem: problemSchema(problemKinds) },
    },
  };
}

/** How an operation can go wrong. */
export function problemsOf(operation: Operation): ProblemKind[] {
  const { path, isPublic, isPersonal, asksTenant, takes, takesText, problems = [] } = operation;
  return [
    // What is no ID of a run is no address either.
    ...(path.includes("{id}") ? (["no-such-route"] as const) : []),
    "not-acceptable",
    "internal",
    ...(isPublic ? [] : (["unauthorized"] as const)),
    ...(isPersonal ? (["forbidden"] as const) : []),
    ...(takes || takesText ? (["invalid", "too-large", "media-type", "aborted"] as const) : []),
    ...(asksTenant ? tenantProblems : []),
    ...problems,
  ];
}

const tenantProblems = [
  ...(["not-found", "rate-limited", "authentication", "permission", "network", "server", "malformed"] as const),
  ...(["aborted", "timeout"] as const),
];

function described(operation: Operation): OpenApiOperation {
  const { id, summary, description, isPublic, isConsequential, path, takesText } = operation;
  const content = contentOf(operation);
  return {
    operationId: id,
    summary,
    description,
    ...(isPublic && { security: [] }),
    ...(isConsequential && { "x-openai-isConsequential": true }),
    ...(path.includes("{id}") && { parameters: [runId] }),
    ...(content && { requestBody: { required: !takesText || hasTypes(takesText), content } }),
    responses: responsesOf(operation),
  };
}

const runId: Parameter = {
  name: "id",
  in: "path",
  required: true,
  description: "The `id` of the run.",
  schema: { type: "string", title: "Run ID", description: "The `id` of the run.", pattern: runIdPattern },
};

function contentOf({ takes, takesText }: Operation): Content | undefined {
  if (takes) return { "application/json": { schema: takes } };
  if (!takesText) return undefined;
  const types = hasTypes(takesText) ? takesText.types : { "*/*": {} };
  const { description } = takesText;
  return Object.fromEntries(
    Object.entries(types).map(([type, schema]) => [type, { schema: { description, ...schema } }]),
  );
}

const hasTypes = ({ types }: TextBody) => Object.keys(types).length > 0;

function responsesOf(operation: Operation): Record<string, OpenApiResponse> {
  const { gives, summary, leadsTo = [] } = operation;
  const links = Object.fromEntries(leadsTo.map((step) => [step.id, linkTo(step)]));
  const content = gives && { "application/json": { schema: gives } };
  const good: Record<string, OpenApiResponse> = gives
    ? { 200: { description: gives.description ?? summary, content, ...(leadsTo.length > 0 && { links }) } }
    : { 204: { description: "It was taken." } };
  const kinds = new Set(problemsOf(operation));
  for (const [status, all] of problemStatuses) {
    const possible = all.filter((kind) => kinds.has(kind));
    if (possible.length > 0) good[status] = failing(status, possible);
  }
  return good;
}

function linkTo({ id, body }: NextStep): Link {
  const description = "What was given is sent back.";
  const isRun = "run" in body;
  return {
    operationId: id,
    description,
    ...(isRun && { parameters: { id: "$response.body#/id" } }),
    requestBody: body,
  };
}

function failing(status: number, kinds: readonly ProblemKind[]): OpenApiResponse {
  const schema: Schema = { type: "integer", description: "Seconds to wait." };
  const mayWait = status === 429 || status === 502;
  return {
    description: `A problem of kind ${kinds.map((kind) => `\`${kind}\``).join(" or ")}.`,
    ...(mayWait && { headers: { "retry-after": { description: "When to try again.", schema } } }),
    content: { "application/problem+json": { schema: named("Problem") } },
  };
}
