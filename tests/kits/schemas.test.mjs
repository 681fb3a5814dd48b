// The schemas of the tools, as a validator of draft 2020-12 reads them, and by what OpenAI's strict mode takes.

import assert from "node:assert/strict";
import { test } from "node:test";
import Ajv2020 from "ajv/dist/2020.js";
import { openDesk, propose, toolNamed } from "../js/tools-desk.mjs";

const ajv = new Ajv2020({ strict: true, allErrors: true, strictTypes: false });

function schemas(strict) {
  return openDesk({ strict }).tools.map(({ name, inputSchema }) => [name, inputSchema]);
}

/** Inputs that a tool takes, and by which dialect; `wrong` ones are taken by none. */
const inputs = {
  identify_devices: { both: [{}], wrong: [{ username: "amartin" }, []] },
  diagnose_device: {
    both: [{ playbook: "outlook", deviceId: "device-1" }],
    loose: [{ playbook: "outlook" }],
    strict: [{ playbook: "outlook", deviceId: null }],
    wrong: [{}, { playbook: "teams" }, { playbook: "outlook", deviceId: 1 }, { playbook: "outlook", employee: "x" }],
  },
  propose_remediation: {
    both: [{ playbook: "outlook", rule: "offline", deviceId: "device-1" }],
    loose: [{ playbook: "outlook", rule: "offline" }],
    strict: [{ playbook: "outlook", rule: "offline", deviceId: null }],
    wrong: [{ playbook: "outlook" }],
  },
  remediate: { both: [{ proposalId: "p-0" }], wrong: [{}, { proposalId: "p-0", confirmed: true }] },
  check_progress: { both: [{ runId: "p-0" }], wrong: [{}, { runId: null }] },
  escalate: { both: [{ symptoms: "slow" }], loose: [{}], strict: [{ symptoms: null }], wrong: [{ symptoms: 1 }] },
};

for (const dialect of ["loose", "strict"]) {
  test(`each ${dialect} schema is one of draft 2020-12, and takes what the tool takes`, () => {
    const other = dialect === "loose" ? "strict" : "loose";
    for (const [name, schema] of schemas(dialect === "strict")) {
      assert.ok(ajv.validateSchema(schema), `${name}: ${ajv.errorsText()}`);
      const validate = ajv.compile(schema);
      const cases = inputs[name];
      for (const input of [...cases.both, ...(cases[dialect] ?? [])]) {
        assert.ok(validate(input), `${name} ${JSON.stringify(input)}: ${ajv.errorsText(validate.errors)}`);
      }
      for (const input of [...cases.wrong, ...(cases[other] ?? [])]) {
        assert.ok(!validate(input), `${name} ${JSON.stringify(input)}`);
      }
    }
  });
}

test("the tools themselves take what either dialect allows, whichever they were made in", async () => {
  for (const strict of [false, true]) {
    const { tools } = openDesk({ strict });
    for (const [name, { both, loose = [], strict: nulls = [] }] of Object.entries(inputs)) {
      for (const input of [...both, ...loose, ...nulls]) {
        const { error } = await toolNamed(tools, name).execute(input);
        assert.notEqual(error?.kind, "invalid", `${name} ${JSON.stringify(input)}: ${error?.message}`);
      }
    }
  }
});

test("a strict schema holds to what OpenAI's strict mode takes", () => {
  // https://platform.openai.com/docs/guides/structured-outputs: supported schemas.
  const keywords = new Set(["type", "properties", "required", "additionalProperties", "description", "enum"]);
  for (const [name, schema] of schemas(true)) {
    const visit = (node) => {
      for (const keyword of Object.keys(node)) assert.ok(keywords.has(keyword), `${name}: ${keyword}`);
      if (node.type !== "object") return;
      assert.equal(node.additionalProperties, false, name);
      assert.deepEqual(node.required, Object.keys(node.properties), name);
      Object.values(node.properties).forEach(visit);
    };
    visit(schema);
    for (const { type, enum: values } of Object.values(schema.properties)) {
      if (values) assert.equal(values.includes(null), Array.isArray(type), name);
    }
  }
});

test("an answer is plain JSON", async () => {
  const { call, told } = openDesk();
  const { proposalId } = await propose(call);
  await call("remediate", { proposalId });
  for (const answer of told) assert.deepEqual(answer, JSON.parse(JSON.stringify(answer)));
});
