// The two documents of the door: valid by the validators of others, and complete.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { apiKey, openDoor } from "./door.mjs";

const require = createRequire(join(process.env.CHECKOUT, "tests", "low-code", "package.json"));
const { Validator } = await import(pathToFileURL(require.resolve("@seriousme/openapi-schema-validator")).href);
const SwaggerParser = require("@apidevtools/swagger-parser");

const variants = [
  {},
  { trustCaller: true, onWebhook: () => {}, onExport: () => {}, basePath: "/nexthink" },
  { publicUrl: "https://chat.acme.com/nexthink", cors: { origins: [] } },
];

test("both documents are valid, whatever the handler was made with", async () => {
  for (const options of variants) {
    const { give } = await openDoor(options);
    for (const [path, version] of [
      ["/openapi.json", "3.1"],
      ["/swagger.json", "2.0"],
    ]) {
      const document = await give(path);
      const validator = new Validator();
      const { valid, errors } = await validator.validate(structuredClone(document));
      assert.ok(valid, `${path}: ${JSON.stringify(errors)}`);
      assert.equal(validator.version, version);
      await (SwaggerParser.default ?? SwaggerParser).validate(structuredClone(document));
    }
  }
});

test("both have the same operations, with names and words for those who build flows", async () => {
  const { give } = await openDoor(variants[1]);
  const [openApi, swagger] = [await give("/openapi.json"), await give("/swagger.json")];
  const operations = (document) =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
    );
  const names = operations(openApi).map(({ operationId }) => operationId);
  assert.deepEqual(
    operations(swagger).map(({ operationId }) => operationId),
    names,
  );
  assert.equal(new Set(names).size, names.length);
  for (const { operationId, summary, description, responses } of operations(openApi)) {
    assert.match(operationId, /^[A-Z][A-Za-z]+$/);
    assert.ok(summary.length < 80 && description.length > 20, operationId);
    for (const { links = {} } of Object.values(responses)) {
      for (const link of Object.values(links)) assert.ok(names.includes(link.operationId), link.operationId);
    }
  }
  const consequential = operations(openApi).filter((operation) => operation["x-openai-isConsequential"]);
  assert.ok(consequential.some(({ operationId }) => operationId === "Remediate"));
});

test("Power Platform gets a name for each field, and one way to authenticate", async () => {
  const { give } = await openDoor();
  const swagger = await give("/swagger.json");
  assert.deepEqual(Object.keys(swagger.securityDefinitions), ["apiKey"]);
  assert.equal(swagger.host, "door.example");
  assert.deepEqual([swagger.basePath, swagger.schemes], ["/", ["https"]]);
  const { parameters } = swagger.paths["/runs/{id}"].post;
  assert.deepEqual(
    parameters.map((parameter) => [parameter.in, parameter["x-ms-summary"]]),
    [
      ["path", "Run ID"],
      ["body", undefined],
    ],
  );
  for (const [name, { properties = {} }] of Object.entries(swagger.definitions)) {
    for (const [field, schema] of Object.entries(properties)) {
      assert.ok(schema.$ref || schema["x-ms-summary"], `${name}.${field}`);
    }
  }
  assert.doesNotMatch(JSON.stringify(swagger), /oneOf|anyOf|"const"/);
});

test("the address in the documents is the public one, where the host has told it", async () => {
  const told = await openDoor(variants[2]);
  assert.deepEqual((await told.give("/openapi.json")).servers, [{ url: "https://chat.acme.com/nexthink" }]);
  const { host, basePath } = await told.give("/swagger.json");
  assert.deepEqual([host, basePath], ["chat.acme.com", "/nexthink"]);
  const below = await openDoor({ basePath: "/nexthink" });
  assert.deepEqual((await below.give("/openapi.json")).servers, [{ url: "https://door.example/nexthink" }]);
  const headers = new Headers({ "x-api-key": apiKey });
  for (const [url, ...expected] of [
    ["/nexthink/swagger.json", undefined, "/nexthink", ["https"]],
    ["HTTP://Door.Example:8080/nexthink/swagger.json", "Door.Example:8080", "/nexthink", ["http"]],
  ]) {
    const read = await (await below.handler({ method: "GET", url, headers })).json();
    assert.deepEqual([read.host, read.basePath, read.schemes], expected);
  }
});
