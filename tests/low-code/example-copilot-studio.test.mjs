// js-examples/copilot-studio: its connector, by validators of others and beside the door's own documents; and a whole repair, for
// which nothing is known but the connector, as Power Platform knows nothing else.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { doorOf } from "../../js-examples/copilot-studio/door.mjs";
import { sitBefore } from "../js/terminal-person.mjs";
import { tenantOverHttp } from "../mcp/tenant-over-http.mjs";

const require = createRequire(join(process.env.CHECKOUT, "tests", "low-code", "package.json"));
const { Validator } = await import(pathToFileURL(require.resolve("@seriousme/openapi-schema-validator")).href);
const SwaggerParser = require("@apidevtools/swagger-parser");
const { default: Ajv } = require("ajv");
const { default: addFormats } = require("ajv-formats");

const folder = new URL("../../js-examples/copilot-studio/", import.meta.url);
const read = (name) => JSON.parse(readFileSync(new URL(`connector/${name}`, folder), "utf8"));
const connector = read("apiDefinition.swagger.json");
const apiKey = "the-key-of-the-connection-of-these-tests";
const publicUrl = `https://${connector.host}`;

/** What a door says of itself. */
async function described(path) {
  const door = doorOf({}, { apiKey, publicUrl });
  return (await door(new Request(`${publicUrl}${path}`, { headers: { "x-api-key": apiKey } }))).json();
}

const operationsOf = ({ paths }) =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
  );

test("copilot-studio: the connector is what the door says of itself; `npm run connector` writes it anew", async () => {
  assert.deepEqual(connector, await described("/swagger.json"));
});

test("copilot-studio: the connector is valid Swagger 2.0, by two validators", async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(structuredClone(connector));
  assert.ok(valid, JSON.stringify(errors));
  assert.equal(validator.version, "2.0");
  await (SwaggerParser.default ?? SwaggerParser).validate(structuredClone(connector));
});

test("copilot-studio: the connector has the paths, operations and fields of the door's OpenAPI, and no others", async () => {
  const openApi = await described("/openapi.json");
  const named = (document) =>
    operationsOf(document).map(({ path, method, operationId }) => [path, method, operationId]);
  assert.deepEqual(named(connector), named(openApi));
  const fieldsOf = (schema, schemas) => {
    const name = schema?.$ref?.split("/").at(-1);
    const { properties, items } = name ? schemas[name] : (schema ?? {});
    return Object.keys(properties ?? (items ? { items } : {})).sort();
  };
  const bodies = operationsOf(connector).map(({ path, method, parameters = [], responses }) => {
    const operation = openApi.paths[path][method];
    const { schema } = parameters.find(({ in: place }) => place === "body") ?? {};
    const given = operation.requestBody?.content["application/json"].schema;
    assert.deepEqual(fieldsOf(schema, connector.definitions), fieldsOf(given, openApi.components.schemas), path);
    assert.deepEqual(Object.keys(responses), Object.keys(operation.responses), path);
    return schema;
  });
  assert.ok(bodies.filter(Boolean).length >= 10);
  assert.deepEqual(Object.keys(connector.definitions), Object.keys(openApi.components.schemas));
  for (const [name, schema] of Object.entries(connector.definitions)) {
    assert.deepEqual(fieldsOf(schema), fieldsOf(openApi.components.schemas[name]), name);
  }
});

test("copilot-studio: the connector keeps to what Power Platform takes", () => {
  const text = JSON.stringify(connector);
  assert.ok(text.length < 1_000_000);
  assert.doesNotMatch(text, /"(?:oneOf|anyOf|const|nullable)":|"type":\[/);
  assert.deepEqual([connector.host.includes("/"), connector.schemes], [false, ["https"]]);
  assert.deepEqual(Object.values(connector.securityDefinitions), [{ type: "apiKey", in: "header", name: "x-api-key" }]);
  for (const { operationId, summary, description, parameters = [], responses } of operationsOf(connector)) {
    assert.match(operationId, /^[A-Z]\w+$/);
    assert.match(summary, /^[A-Z].{5,78}[^.]$/);
    assert.match(description, /\.$/);
    assert.ok(responses["200"]?.description, operationId);
    for (const parameter of parameters) assert.ok(parameter.in === "body" || parameter["x-ms-summary"], operationId);
  }
  const budget = connector.paths["/assistant/start"].post.parameters[0].schema.properties.budgetMs;
  assert.ok(budget.maximum <= 100_000);
  for (const [, summary] of text.matchAll(/"x-ms-summary":"([^"]*)"/g)) assert.match(summary, /^[A-Z]/);
  const { connectionParameters, iconBrandColor } = read("apiProperties.json").properties;
  assert.equal(connectionParameters.api_key.type, "securestring");
  assert.match(iconBrandColor, /^#[0-9a-f]{6}$/);
});

/** The connector as Power Platform uses it: an operation by its name, held to its schemas in both directions. */
function connectionTo(url, key) {
  const ajv = new Ajv({ strict: false });
  addFormats(ajv);
  const hold = (schema, value, what) => {
    const fits = ajv.compile({ ...schema, definitions: connector.definitions });
    assert.ok(fits(value), `${what}: ${ajv.errorsText(fits.errors)}`);
  };
  return async (operationId, input) => {
    const { path, method, parameters, responses } = operationsOf(connector).find(
      (one) => one.operationId === operationId,
    );
    hold(parameters.find(({ in: place }) => place === "body").schema, input, operationId);
    const { name } = connector.securityDefinitions.apiKey;
    const response = await fetch(`${url}${path}`, {
      method: method.toUpperCase(),
      headers: { "content-type": connector.consumes[0], [name]: key },
      body: JSON.stringify(input),
    });
    const json = await response.json();
    hold(responses[response.status].schema, json, `${operationId} ${response.status}`);
    return { status: response.status, json };
  };
}

/** The door in a process of its own. */
async function served(context, variables = {}) {
  const door = sitBefore(context, new URL("main.mjs", folder), { PORT: "0", ...variables });
  const [, url] = /The door is at (\S+)\n/.exec(await door.reads(/The door is at \S+\n/));
  return { url, door };
}

test("copilot-studio: the steps of the topic lead through a whole repair, which is triggered once", async (context) => {
  const { variables, pass, triggers } = await tenantOverHttp(context);
  const { url } = await served(context, { ...variables, DOOR_KEY: apiKey });
  const call = connectionTo(url, apiKey);
  const upn = "amartin@acme.example";
  let { json: turn } = await call("StartConversation", {
    text: "Outlook is offline",
    employee: { upn },
    budgetMs: 10_000,
  });
  const said = [];
  let asked = 0;
  for (let steps = 0; !["solved", "escalated", "ended"].includes(turn.status) && steps < 60; steps += 1) {
    said.push(...turn.messages.map(({ text }) => text));
    const common = { state: turn.state, employee: { upn } };
    if (turn.resumeAfterMs !== undefined) {
      pass(turn.resumeAfterMs);
      ({ json: turn } = await call("ResumeConversation", common));
      continue;
    }
    asked += 1;
    const [{ label, id }] = turn.messages.at(-1).choices;
    // By the words on a quick reply, and by its ID.
    const answer = asked === 1 ? { text: label } : { choice: id };
    ({ json: turn } = await call("ReplyInConversation", { ...common, ...answer }));
  }
  assert.equal(turn.status, "solved", said.join("\n"));
  assert.deepEqual([asked, triggers()], [2, 1]);
  assert.ok(said.some((text) => text === "May I run “Set Outlook online” on AMARTIN-LT?"));
});

test("copilot-studio: without the key, without an employee, or with another's state there is nothing", async (context) => {
  const { variables, triggers } = await tenantOverHttp(context);
  const { url } = await served(context, { ...variables, DOOR_KEY: apiKey });
  const employee = { username: "amartin" };
  const text = "Outlook is offline";
  assert.equal((await connectionTo(url, "guessed-key")("StartConversation", { text, employee })).status, 401);
  const call = connectionTo(url, apiKey);
  const nobody = await call("StartConversation", { text });
  assert.ok([400, 403].includes(nobody.status), JSON.stringify(nobody.json));
  let { json: turn } = await call("StartConversation", { text, employee });
  while (turn.resumeAfterMs !== undefined) {
    ({ json: turn } = await call("ResumeConversation", { state: turn.state, employee }));
  }
  const other = { state: turn.state, text: "yes", employee: { username: "khuber" } };
  const { status, json } = await call("ReplyInConversation", other);
  assert.deepEqual([status, json.kind, triggers()], [403, "consent", 0]);
});

test("copilot-studio: the door starts without a tenant, and prints the key of this start", async (context) => {
  const { url, door } = await served(context);
  const [, key] = /for now it is (\w{48})\n/.exec(await door.reads(/for now it is \w+\n/));
  const employee = { username: "amartin" };
  const { json } = await connectionTo(url, key)("StartConversation", {
    text: "Outlook is offline",
    employee,
    budgetMs: 10_000,
  });
  assert.equal(json.messages[0].text, "Hello, I help with problems with your PC.");
});
