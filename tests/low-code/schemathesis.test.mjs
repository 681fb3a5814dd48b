// Requests that schemathesis invents from the door's own document, right ones and wrong ones, one after the other and each
// with what another has given: no server error, and no answer that the document does not have.
//
// EXAMPLES=500 makes it longer than CI does.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { apiKey, serveDoor } from "./served-door.mjs";

const program = process.env.SCHEMATHESIS;
const count = process.env.EXAMPLES ?? "20";
const skip =
  !program && "schemathesis is not there: install Python 3.10 or later with venv, then run `npm test -- low-code`";

/**
 * What a platform sends back for a card is its own affair: no schema says which of it is an answer. Nor does one say which
 * of an export's lists is that of the rows.
 */
const settings = ["ReplyInConversation", "ReceiveExport"]
  .map(
    (operation) => `
[[operations]]
include-operation-id = "${operation}"
checks.positive_data_acceptance.expected-statuses = ["2xx", "400", "401", "403", "404", "409", "429"]
`,
  )
  .join("");

/** @param examples bodies that are right, by operation: of itself it does not come by what was sealed */
async function tryOut(context, url, examples, ...options) {
  const folder = mkdtempSync(join(tmpdir(), "schemathesis-"));
  context.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "openapi.json");
  const document = await (await fetch(`${url}/openapi.json`, { headers: { "x-api-key": apiKey } })).json();
  for (const { post } of Object.values(document.paths)) {
    const { id, ...body } = examples[post?.operationId] ?? {};
    if (examples[post?.operationId]) post.requestBody.content["application/json"].example = body;
    if (id) post.parameters[0].example = id;
  }
  writeFileSync(file, JSON.stringify(document));
  writeFileSync(join(folder, "schemathesis.toml"), settings);
  const fixed = [
    "--header",
    `x-api-key: ${apiKey}`,
    "--max-examples",
    count,
    "--seed",
    "7",
    "--no-color",
    "--warnings",
    "off",
  ];
  const child = spawn(program, ["run", file, "--url", url, ...fixed, ...options], {
    cwd: folder,
    env: { ...process.env, PYTHONIOENCODING: "utf8", COLUMNS: "120" },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
  }
  const [code] = await once(child, "close");
  // A body of its is as long as it likes.
  const short = output.replace(/.{300,}/g, (line) => `${line.slice(0, 300)} …`);
  assert.equal(code, 0, short);
  assert.match(output, /\d{3} generated, \d+ passed/);
}

/** What a platform sends in the course of a repair. */
async function repairAt(url) {
  const ask = async (path, body) => {
    const headers = { "x-api-key": apiKey, "content-type": "application/json" };
    return (await fetch(`${url}${path}`, { method: "POST", headers, body: JSON.stringify(body) })).json();
  };
  const { devices } = await ask("/identify", {});
  const diagnose = { playbook: "outlook", device: devices[0].sealed };
  const propose = { diagnosis: (await ask("/diagnose", diagnose)).sealed, rule: "offline" };
  const remediate = { proposal: (await ask("/propose", propose)).sealed };
  const { id, sealed: run } = await ask("/remediate", remediate);
  const start = { text: "Outlook does not work" };
  const { state } = await ask("/assistant/start", start);
  return {
    StartConversation: start,
    ReplyInConversation: { state, text: "yes", format: "adaptive-card" },
    ResumeConversation: { state },
    DiagnoseDevice: diagnose,
    ProposeRemediation: propose,
    Remediate: remediate,
    CheckProgress: { id, run },
    VerifyRun: { id, run },
    RecordSolved: { id, run, solved: true },
    Escalate: { runs: [run], diagnoses: [propose.diagnosis] },
  };
}

test("nothing that is invented breaks the door, or gets what the document does not have", { skip }, async (context) => {
  const employee = () => ({ username: "amartin" });
  const onExport = async (rows) => {
    for await (const row of rows) assert.equal(typeof row, "object");
  };
  const { url, errors, answered } = await serveDoor(context, { employee, onWebhook: () => {}, onExport });
  const examples = await repairAt(url);
  await tryOut(context, url, examples);
  assert.deepEqual(errors, []);
  // It was not only refused.
  const { id } = examples.CheckProgress;
  for (const path of [
    "/assistant/start",
    "/assistant/reply",
    "/assistant/resume",
    "/identify",
    "/diagnose",
    "/propose",
    "/remediate",
    `/runs/${id}`,
    `/runs/${id}/verify`,
    "/escalation",
  ]) {
    assert.ok(answered.get(`POST ${path} 200`) > 1, `${path} has given nothing`);
  }
});

test("nor where callers name the employee", { skip }, async (context) => {
  const { url, errors } = await serveDoor(context, { trustCaller: true });
  await tryOut(context, url, {}, "--phases", "coverage,fuzzing");
  assert.deepEqual(errors, []);
});
