// The package in the hands of a newcomer: what its pages show does when pasted what they say, importing does nothing, and the chat
// program plays its three conversations.

import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { createClient } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";
import { shown } from "./documented.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const home = dirname(createRequire(import.meta.url).resolve("nexthink-chatbot/package.json"));
const program = join(home, "cli", "nexthink-chatbot.mjs");

function run(type, code) {
  return execFileSync(process.execPath, [`--input-type=${type}`, "--eval", code], {
    cwd: here,
    encoding: "utf8",
  }).trim();
}

test("the example of the page for npm runs when pasted, in fifteen lines of code", () => {
  const code = shown("README.md", "## An example");
  const lines = code.split("\n").filter((line) => line.trim() !== "");
  assert.ok(lines.length <= 16, `${lines.length} lines`);
  const file = join(here, "pasted.mjs");
  // 20 times as fast as the world is too slow for a test.
  writeFileSync(file, code.replace("speed: 20", "speed: Number.POSITIVE_INFINITY"));
  const output = execFileSync(process.execPath, [file], { encoding: "utf8" });
  assert.match(output, /^May I run "Set Outlook online" on AMARTIN-LT\? Outlook is working offline\. \(Yes\.\)$/m);
  assert.match(output, /^accepted\n(?:waiting\n)?(?:running\n)?succeeded$/m);
  assert.match(output, /^Has it changed anything\? unknown$/m);
});

test("the example of the six steps is a function that repairs", async () => {
  const code = shown("docs/six-steps.md");
  const file = join(here, "page.mjs");
  const simulated = `import { createSimulator } from "nexthink-chatbot/simulator";
    const tenant = createSimulator({ speed: Infinity });\n`;
  writeFileSync(
    file,
    simulated + code.replace(/credentials: \{.*\},/, "credentials: tenant.credentials,\n  host: tenant.host,"),
  );
  const { repairOutlook } = await import(file);
  const result = await repairOutlook({ username: "amartin" }, async () => true);
  assert.deepEqual([result.state, result.solved], ["succeeded", true]);
  assert.equal(await repairOutlook({ username: "amartin" }, async () => false), "declined");
  assert.equal(await repairOutlook({ username: "nobody" }, async () => true), "no device");
});

test("the example of a conversation answers from the first word to the last", async () => {
  const file = join(here, "conversation-page.mjs");
  const simulated = `import { createSimulator } from "nexthink-chatbot/simulator";
    export const tenant = createSimulator({ speed: Infinity });\n`;
  const code = shown("docs/conversation.md")
    .replace(/const credentials = .*;/, "const { credentials, host } = tenant;")
    .replace("credentials })", "credentials, host })");
  writeFileSync(file, simulated + code);
  const { answer, tenant } = await import(file);
  const talk = {};
  const employee = { username: "amartin" };
  const said = [];
  let { markdown, again } = await answer(employee, talk, { text: "Outlook stürzt ab" });
  for (const reply of ["ja", "ja"]) {
    said.push(markdown);
    while (again !== undefined) {
      tenant.advance(again);
      ({ markdown, again } = await answer(employee, talk));
      said.push(markdown);
    }
    ({ markdown, again } = await answer(employee, talk, { text: reply }));
  }
  assert.equal(talk.state.phase, "solved", said.join("\n"));
  assert.equal(tenant.requests.filter(({ path }) => path.endsWith("/act/execute")).length, 1);
});

test("the example of NQL without a tenant tells what is wrong and what comes back", () => {
  const output = run("module", shown("docs/playbooks.md", "## NQL without a tenant"));
  assert.match(output, /^1:47 expected `where`, .* found `lst` \(did you mean `list`\?\)$/m);
  assert.match(output, /\[ 'device_name' \] \[ 'device\.name', 'device\.boot\.days_since_last_full_boot' \]/);
});

test("the example of events opens a span for each request, and ends it", async () => {
  const code = shown("docs/events.md", "## Events");
  const spans = [];
  const startSpan = (name, { attributes }) => {
    const span = { name, ...attributes, ended: 0, end: () => span.ended++ };
    span.setAttribute = (key, value) => Object.assign(span, { [key]: value });
    spans.push(span);
    return span;
  };
  const onEvent = new Function("tracer", `${code}; return onEvent;`)({ startSpan });
  const tenant = createSimulator({
    speed: Number.POSITIVE_INFINITY,
    faults: [{ kind: "status", status: 503, operation: "nql/execute" }],
  });
  const nexthink = createClient({ ...tenant.client, onEvent });
  await nexthink.identify({ username: "amartin" });
  assert.deepEqual(
    spans.map(({ name, attempt, ended, ...span }) => [name, attempt, ended, span["http.response.status_code"]]),
    [
      ["token.create", 1, 1, 200],
      ["nql.execute", 1, 1, 503],
      ["nql.execute", 2, 1, 200],
    ],
  );
});

test("the example without a client sends an operation by an HTTP step of the platform's own", async () => {
  const file = join(here, "without-a-client.mjs");
  writeFileSync(file, shown("docs/low-code.md", "## With the platform's own HTTP step"));
  const { step } = await import(file);
  const tenant = createSimulator({ speed: Number.POSITIVE_INFINITY });
  const send = async ({ url, ...init }) => {
    const answer = await tenant.fetch(url, init);
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() };
  };
  const { accessToken } = await step(send, "token.create", tenant.credentials);
  const query = { queryId: "#get_device_basic_infos", parameters: { username: "amartin" } };
  const { rows } = await step(send, "nql.execute", query, accessToken);
  assert.equal(rows[0]["device.name"], "AMARTIN-LT");
});

test("CommonJS and ES modules give the same repair", () => {
  const body = `(async () => {
    const nexthink = createClient(createSimulator({ speed: Infinity, now: 0 }).client);
    const [device] = await nexthink.identify({ username: "fweber" });
    const { findings } = await nexthink.diagnose("onedrive", device);
    console.log(JSON.stringify(findings));
  })()`;
  const names = "const { createClient } = chatbot; const { createSimulator } = simulator;";
  const cjs = `const chatbot = require("nexthink-chatbot"), simulator = require("nexthink-chatbot/simulator"); ${names} ${body}`;
  const esm = `import * as chatbot from "nexthink-chatbot"; import * as simulator from "nexthink-chatbot/simulator"; ${names} ${body}`;
  const output = run("commonjs", cjs);
  assert.match(output, /broken-onedrive/);
  assert.equal(run("module", esm), output);
});

test("importing starts nothing, sends nothing, says nothing", () => {
  const watch = `let started = 0;
    for (const name of ["Module", "Instance"]) {
      WebAssembly[name] = new Proxy(WebAssembly[name], { construct(target, args) { started++; return new target(...args); } });
    }
    globalThis.fetch = () => { throw new Error("fetch was called"); };`;
  const code = `${watch}
    const { createClient } = require("nexthink-chatbot");
    require("nexthink-chatbot/simulator");
    const before = started;
    createClient({ instance: "acme", region: "eu", credentials: { clientId: "a", clientSecret: "b" } });
    console.log(before, started > 0);`;
  assert.equal(run("commonjs", code), "0 true");
});

// Node shows the line of source from which an error came: of one long line that is all of it, and the message is lost.
test("an error that nobody catches shows its message and its hint, and no wall of code", () => {
  const code = 'import { createClient } from "nexthink-chatbot"; createClient({});';
  const { stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", code], {
    cwd: here,
    encoding: "utf8",
  });
  assert.ok(stderr.length < 2_000, `${stderr.length} characters`);
  assert.match(stderr, /NexthinkError: `createClient`: `instance` is missing\n {4}at /);
  assert.match(stderr, /hint: '/);
});

function runChat(options = {}) {
  const { args = [], env = {} } = options;
  const clean = Object.entries(process.env).filter(([name]) => !name.startsWith("NEXTHINK_"));
  return spawnSync(process.execPath, [program, "chat", ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...Object.fromEntries(clean), ...env },
  });
}

test("without a terminal the chat plays one conversation per playbook", () => {
  const { status, stdout, stderr } = runChat();
  assert.equal(status, 0, stdout + stderr);
  assert.equal(stderr, "");
  const [before, ...parts] = stdout.split(/^={78}\n(\S+): .*\n={78}\n/m);
  assert.equal(before, "");
  assert.deepEqual(
    parts.filter((_, at) => at % 2 === 0),
    ["outlook", "onedrive", "slow-pc", "disk"],
  );
  for (const transcript of parts.filter((_, at) => at % 2 === 1)) {
    assert.match(transcript, /^I've found [\s\S]*^May I run “[\s\S]*^1\. Yes$/m);
    assert.match(transcript, /^> yes[\s\S]* was accepted [\s\S]* has finished running on \S+\.$/m);
    assert.match(transcript, /^Whether the cause is gone[\s\S]*^Did it help\?$/m);
    assert.match(transcript, /^Requests that triggered a remote action: 1$/m);
    assert.match(transcript, /^Outcome: solved$/m);
  }
  for (const line of stdout.split("\n")) assert.ok(line.length <= 80, line);
  assert.ok(!stdout.includes("\u001b"), "no colours");
});

/** Types the next answer whenever the chat asks for one, and ends the input after the last. */
async function typeAnswers(answers, args = []) {
  const pretend = 'data:text/javascript,Object.defineProperty(process.stdin, "isTTY", { value: true })';
  const child = spawn(process.execPath, ["--import", pretend, program, "chat", ...args], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const left = [...answers];
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    output += text;
    if (!output.endsWith("> ")) return;
    const answer = left.shift();
    if (answer === undefined) child.stdin.end();
    else child.stdin.write(`${answer}\n`);
  });
  const [code] = await once(child, "close");
  assert.deepEqual(left, []);
  assert.equal(code, 0);
  return output;
}

test("a person can be someone else, choose a device, decline, be vague, and stop", async () => {
  const output = await typeAnswers([
    ...["what can you do?", "employees", "employee nobody", "employee paula", "my pc is slow", "employee quentin"],
    ...["Outlook freezes", "1", "99", "QROUX-LT", "perhaps", "no", "Yes!", "stop"],
  ]);
  for (const expected of [
    /^I haven't understood that/m,
    /^ {2}Vera Kowalska {2}/m,
    /^There is no employee called nobody/m,
    /^You are Paula Jensen\./m,
    /“free space” is not known for this device/m,
    /^Which device is it about\?\n1\. QROUX-LT/m,
    /^- .*Zoom Outlook Plugin/m,
    /^May I run “Repair Outlook OST Problem”/m,
  ]) {
    assert.match(output, expected);
  }
});

test("the chat speaks other languages", async () => {
  const output = await typeAnswers(["quit"], ["--locale", "de"]);
  assert.match(output, /^1\. Probleme mit Outlook|^1\. Outlook/m);
  assert.doesNotMatch(output, /What is wrong/);
});

test("a chat whose input ends is over", async () => {
  assert.match(await typeAnswers([]), /What is wrong\?[\s\S]*> \n$/);
  assert.match(await typeAnswers(["my pc is slow"]), /Which device is it about\?[\s\S]*> \n$/);
});

test("the chat never plays its script with a real tenant", () => {
  const names = ["INSTANCE", "REGION", "CLIENT_ID", "CLIENT_SECRET"].map((name) => `NEXTHINK_${name}`);
  const env = Object.fromEntries(names.map((name) => [name, "acme"]));
  const { status, stdout, stderr } = runChat({ env });
  assert.equal(status, 2);
  assert.equal(stdout, "");
  assert.match(stderr, /^error: .*terminal.*\n$/);
  const { NEXTHINK_REGION: _, ...incomplete } = env;
  const second = runChat({ env: incomplete });
  assert.equal(second.status, 2);
  assert.match(second.stderr, /NEXTHINK_REGION/);
});

test("the chat explains its options", () => {
  assert.match(runChat({ args: ["--help"] }).stdout, /--employee NAME/);
  const { status, stderr } = runChat({ args: ["--emploee", "vera"] });
  assert.equal(status, 2);
  assert.match(stderr, /^error: .*--emploee/);
});
