// A door over the simulated tenant, in this process. Every answer that comes out of it is held to the door's own OpenAPI
// document: its status has to be there, and its body may have no field that is not.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createClient, createHandler } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";

const require = createRequire(join(process.env.CHECKOUT, "tests", "low-code", "package.json"));
const { default: Ajv } = require("ajv/dist/2020");
const { default: addFormats } = require("ajv-formats");

export const apiKey = "the-key-of-the-door-of-these-tests";

/**
 * @param options of the handler, besides its key
 * @param clientOptions of the client
 */
export async function openDoor(options = {}, clientOptions = {}) {
  const tenant = createSimulator({ devices: 0, speed: Number.POSITIVE_INFINITY, now: "2026-11-18T09:00:00Z" });
  const nexthink = createClient({ ...tenant.client, ...clientOptions });
  const errors = [];
  const handler = createHandler(nexthink, {
    apiKey,
    employee: (request) => ({ username: request.headers.get("x-employee") ?? "amartin" }),
    onError: (error, operation) => errors.push({ error, operation }),
    ...options,
  });
  const base = `https://door.example${options.basePath ?? ""}`;
  const held = holderTo(await (await handler(requestOf(base, "/openapi.json", {}))).json());

  /** Sends a request: with a body it is a `POST` of JSON. @returns its status, headers, text and JSON */
  async function ask(path, { route = path, ...asked } = {}) {
    const request = requestOf(base, path, asked);
    const response = await handler(request);
    const text = await response.text();
    const answer = { status: response.status, headers: response.headers, text };
    assert.equal(response.headers.get("cache-control"), "no-store");
    assert.equal(response.headers.get("x-content-type-options"), "nosniff");
    if (text === "") return answer;
    const json = JSON.parse(text);
    held(request.method, route.replace(/\/runs\/[^/]+/, "/runs/{id}"), response, json);
    return { ...answer, json };
  }

  /** The JSON of an answer that has to be good. */
  const give = async (path, asked) => {
    const { status, json } = await ask(path, asked);
    assert.equal(status, 200, `${path}: ${JSON.stringify(json)}`);
    return json;
  };
  return { tenant, nexthink, handler, errors, base, ask, give };
}

function requestOf(base, path, { method, body, key = apiKey, headers = {}, signal }) {
  const isJson = body !== undefined && typeof body !== "string";
  return new Request(`${base}${path}`, {
    method: method ?? (body === undefined ? "GET" : "POST"),
    headers: { ...(key && { "x-api-key": key }), ...(isJson && { "content-type": "application/json" }), ...headers },
    ...(body !== undefined && { body: isJson ? JSON.stringify(body) : body }),
    ...(signal && { signal }),
  });
}

/** Holds answers to a document. Whatever is refused before an operation is found has to be a problem all the same. */
export function holderTo(document) {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addSchema(closed(structuredClone(document)), "door");
  const pointer = (...names) => names.map((name) => `/${String(name).replaceAll("/", "~1")}`).join("");
  return (method, route, response, json) => {
    const type = response.headers.get("content-type");
    const operation = document.paths[route]?.[method.toLowerCase()];
    const content = operation?.responses[response.status]?.content?.[type];
    if (!content) {
      const isBefore = operation === undefined && [401, 404, 405].includes(response.status);
      assert.ok(isBefore, `${method} ${route} has no answer ${response.status} of ${type}: ${JSON.stringify(json)}`);
    }
    const place = content
      ? pointer("paths", route, method.toLowerCase(), "responses", response.status, "content", type, "schema")
      : "/components/schemas/Problem";
    const fits = ajv.compile({ $ref: `door#${place.replaceAll("{", "%7B").replaceAll("}", "%7D")}` });
    assert.ok(fits(json), `${method} ${route} ${response.status}: ${ajv.errorsText(fits.errors)}`);
  };
}

/** The same schemas, which allow nothing that they do not name: what a type gains has to be described. */
function closed(node) {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== "object" || node === null) return node;
  const isClosable = node.type === "object" && node.properties && node.additionalProperties === undefined;
  const inner = Object.fromEntries(Object.entries(node).map(([name, value]) => [name, closed(value)]));
  return isClosable ? { ...inner, additionalProperties: false } : inner;
}

/** A whole repair through a door, up to where it was triggered. */
export async function remediated({ give }, { employee = "amartin", playbook = "outlook", rule = "offline" } = {}) {
  const headers = { "x-employee": employee };
  const { devices } = await give("/identify", { body: {}, headers });
  const diagnosis = await give("/diagnose", { body: { playbook, device: devices[0].sealed }, headers });
  const body = { diagnosis: diagnosis.sealed, rule, reference: "INC-1" };
  const proposal = await give("/propose", { body, headers });
  const confirmed = proposal.risk === "disruptive";
  const run = await give("/remediate", { body: { proposal: proposal.sealed, confirmed }, headers });
  return { device: devices[0], diagnosis, proposal, run };
}

/** What is in a sealed text. */
export const unsealed = (text) => JSON.parse(Buffer.from(text, "base64url").toString());

/** A text of the same kind with something else in it. */
export const sealedWith = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
