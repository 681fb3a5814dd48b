// The same description as Swagger 2.0, with the extensions by which Power Platform names things in its designers: for
// custom connectors, and for the tools of Copilot Studio.

import type { OpenApi, OpenApiOperation, OpenApiResponse } from "./openapi.ts";
import type { Schema } from "./schema.ts";

/** A JSON object that is only written. */
type Json = Record<string, unknown>;

/** Renders an OpenAPI document of this door. Power Platform takes one way to authenticate: the header with the key. */
export function swaggerOf(document: OpenApi): object {
  const { info, servers, paths, components } = document;
  const [, scheme = "https", host, basePath] = /^(?:(https?):\/\/([^/]+))?(\/.*)?$/i.exec(servers[0]?.url ?? "") ?? [];
  return {
    swagger: "2.0",
    info,
    ...(host !== undefined && { host }),
    basePath: basePath ?? "/",
    schemes: [scheme.toLowerCase()],
    consumes: ["application/json"],
    produces: ["application/json"],
    paths: each(paths, (methods) => each(methods, operationOf)),
    definitions: each(components.schemas, (schema) => schemaOf(schema)),
    securityDefinitions: { apiKey: { type: "apiKey", in: "header", name: "x-api-key" } },
    security: [{ apiKey: [] }],
  };
}

function operationOf(operation: OpenApiOperation): Json {
  const { operationId, summary, description, security, parameters = [], requestBody, responses } = operation;
  const [type, body] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const all: Json[] = parameters.map(({ schema, ...rest }) => {
    const { title, type, pattern } = schema;
    return { ...rest, type, pattern, "x-ms-summary": title, "x-ms-url-encoding": "single" };
  });
  if (body) all.push({ name: "body", in: "body", required: true, schema: schemaOf(body.schema) });
  const isDelivery = type !== undefined && type !== "application/json";
  return {
    operationId,
    summary,
    description,
    // What the tenant sends is nothing to build a flow with.
    "x-ms-visibility": operationId.startsWith("Get") || operationId.startsWith("Receive") ? "internal" : "important",
    ...(security && { security }),
    ...(isDelivery && { consumes: Object.keys(requestBody?.content ?? {}) }),
    ...(all.length > 0 && { parameters: all }),
    responses: each(responses, responseOf),
  };
}

function responseOf({ description, content }: OpenApiResponse): Json {
  const schema = Object.values(content ?? {})[0]?.schema;
  return { description, ...(schema && { schema: schemaOf(schema) }) };
}

/** Swagger 2.0 knows neither `oneOf` and `anyOf` nor a choice of types: what has one is left open. */
function schemaOf(schema: Schema, name?: string): Json {
  if (schema.$ref) return { $ref: schema.$ref.replace("#/components/schemas/", "#/definitions/") };
  const { oneOf: _, anyOf: __, title, properties, additionalProperties, items, ...rest } = schema;
  const { enum: words, ...open } = rest;
  const isMixed = words?.some((word) => typeof word !== "string");
  return {
    ...(isMixed ? open : rest),
    ...(name !== undefined && { "x-ms-summary": title ?? spaced(name) }),
    ...(properties && { properties: each(properties, schemaOf) }),
    // `false` is refused by the importer; the door itself checks.
    ...(typeof additionalProperties === "object" && { additionalProperties: schemaOf(additionalProperties) }),
    ...(items && { items: schemaOf(items) }),
  };
}

/** `operatingSystem` as `Operating system`. */
function spaced(name: string): string {
  const words = name.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function each<From, To>(from: Readonly<Record<string, From>>, to: (value: From, name: string) => To) {
  return Object.fromEntries(Object.entries(from).map(([name, value]) => [name, to(value, name)]));
}
