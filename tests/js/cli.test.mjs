// The package's program: its commands, what it says, and how it ends.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { createSimulator } from "nexthink-chatbot/simulator";
import { manifest, program, serve } from "./served-tenant.mjs";

function run(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: "utf8" });
  return { status, stdout, stderr };
}

test("the program is a command of whoever installs the package", { skip: process.platform === "win32" }, () => {
  const command = join(dirname(dirname(dirname(program))), ".bin", "nexthink-chatbot");
  assert.equal(execFileSync(command, ["--version"], { encoding: "utf8" }), `${manifest.version}\n`);
});

test("the program tells its commands and its version", () => {
  const help = run("--help");
  assert.deepEqual([help.status, help.stderr], [0, ""]);
  assert.match(help.stdout, /^usage: nexthink-chatbot <command>[\s\S]*^ {2}chat {2}[\s\S]*^ {2}simulate {2}/m);
  assert.deepEqual(run("--version"), { status: 0, stdout: `${manifest.version}\n`, stderr: "" });
  assert.match(run("simulate", "--help").stdout, /--fault <form>[\s\S]* {2}429:0\.1 {2}/);
  assert.match(run("chat", "--help").stdout, /--employee NAME/);
});

test("an unknown command gives the usage and ends as every wrong call does", () => {
  for (const [args, message] of [
    [["serve"], "there is no command serve"],
    [["toString"], "there is no command toString"],
    [[], "which command?"],
  ]) {
    const { status, stdout, stderr } = run(...args);
    assert.deepEqual([status, stdout], [2, ""]);
    assert.ok(stderr.startsWith(`error: ${message}\n\nusage: nexthink-chatbot`), stderr);
  }
});

test("what an option cannot be is refused in one sentence, with exit code 2", () => {
  for (const [args, message] of [
    [["--port", "70000"], /^error: --port takes a whole number from 0 to 65535, not 70000 /],
    [["--port", "4e3"], /^error: --port takes a whole number from 0 to 65535, not 4e3 /],
    [["--devices", "many"], /^error: --devices takes a whole number/],
    [["--seed", ""], /^error: --seed takes a whole number/],
    [["--speed", "0"], /^error: --speed takes a number above 0, not 0 /],
    [["--speed", "Infinity"], /^error: --speed takes a number above 0, not Infinity /],
    [["--sped", "2"], /^error: .*--sped/],
    [["more"], /^error: .*more/],
  ]) {
    const { status, stdout, stderr } = run("simulate", ...args);
    assert.deepEqual([status, stdout], [2, ""], stderr);
    assert.match(stderr, message);
  }
});

test("a fault of no known form is refused with the list of forms", () => {
  for (const form of [
    ...["429", "429:0", "429:2", "429:x", "200:0.1", "600:0.1", "explosion:0.1", "constructor:0.1"],
    ...["latency:0.1", "latency=:0.1", "latency=-1:0.1", "latency=1e12:0.1", "html=5:0.1", ":0.1", ""],
  ]) {
    const { status, stderr } = run("simulate", "--port", "0", "--fault", form);
    assert.equal(status, 2, form);
    assert.ok(stderr.startsWith(`error: --fault ${form} has none of the forms:\n`), stderr);
    for (const known of ["429:0.1", "reset:0.05", "lost-answer:", "html:", "truncated:", "latency=2000:0.2"]) {
      assert.ok(stderr.includes(`  ${known}`), known);
    }
  }
});

test("a webhook that cannot be is refused with its file and the reason", (context) => {
  const folder = mkdtempSync(join(tmpdir(), "webhook-"));
  context.after(() => rmSync(folder, { recursive: true }));
  const good = { name: "w", query: "execution.crashes | list time", url: "https://bot.example", payload: "{{time}}" };
  for (const [text, message] of [
    [undefined, /cannot be read: ENOENT/],
    ["{", /cannot be read: .*JSON/],
    ["[]", /: invalid type/],
    [{ ...good, header: "x" }, /: unknown field `header`/],
    [{ ...good, query: "devices | list name" }, /: webhook `w`: `query`: a webhook cannot watch `devices`/],
    [{ ...good, payload: "{{colour}}" }, /: webhook `w`: `payload`: /],
  ]) {
    const file = join(folder, "webhook.json");
    if (text) writeFileSync(file, typeof text === "string" ? text : JSON.stringify(text));
    const { status, stdout, stderr } = run("simulate", "--port", "0", "--webhook", file);
    assert.deepEqual([status, stdout], [2, ""], stderr);
    assert.ok(stderr.startsWith(`error: --webhook ${file}`), stderr);
    assert.match(stderr, message);
  }
});

test("every form of a fault is taken, any number of times", async (context) => {
  const forms = ["429:0.001", "503:1e-9", "reset:0.001", "lost-answer:0.001", "truncated:0.001", "half-body:0.001"];
  forms.push("html:0.001", "wrong-type:0.001", "invalid-utf8:0.001", "token-revoked:0.001", "latency=2000:0.001");
  const served = await serve(context, ...forms.flatMap((form) => ["--fault", form]));
  assert.ok(served.output().includes(`What goes wrong: ${forms.join(", ")}\n`));
});

test("a port that is taken is told, and how to have another", async (context) => {
  const taken = createServer();
  context.after(() => taken.close());
  await new Promise((resolve) => taken.listen(0, "127.0.0.1", resolve));
  const { port } = taken.address();
  assert.deepEqual(run("simulate", "--port", String(port)), {
    status: 1,
    stdout: "",
    stderr: `error: port ${port} is taken: choose another with --port, or 0 for any that is free\n`,
  });
});

test("the tenant introduces itself with five employees worth trying", async (context) => {
  const served = await serve(context, "--devices", "300", "--speed", "60", "--seed", "7");
  const output = served.output();
  const { instance, region, credentials, employees } = createSimulator({ devices: 300, seed: 7 });
  for (const line of [
    `instance       ${instance}`,
    `region         ${region}`,
    `client ID      ${credentials.clientId}`,
    `client secret  ${credentials.clientSecret} (good for this tenant only)`,
    `There are ${employees.length}; --all lists them.`,
    "Time passes at 60 times ours: a token ends after 15 s of yours.",
    `Serving at ${served.url}; Ctrl+C ends it.`,
  ]) {
    assert.ok(output.split("\n").includes(line), line);
  }
  assert.deepEqual(served.variables, {
    NEXTHINK_INSTANCE: instance,
    NEXTHINK_REGION: region,
    NEXTHINK_CLIENT_ID: credentials.clientId,
    NEXTHINK_CLIENT_SECRET: credentials.clientSecret,
    NEXTHINK_API_URL: served.url,
    NEXTHINK_TOKEN_URL: `${served.url}/oauth2/default/v1/token`,
  });
  const shown = listed(output, employees);
  assert.equal(shown.length, 5);
  const playbooks = new Set(shown.flatMap(({ rules }) => rules).map((rule) => rule.split("/")[0]));
  assert.deepEqual([...playbooks].sort(), ["disk", "onedrive", "outlook", "slow-pc"]);
});

test("--all lists all employees", async (context) => {
  const { employees } = createSimulator({ devices: 60 });
  const served = await serve(context, "--devices", "60", "--all");
  assert.equal(listed(served.output(), employees).length, employees.length);
  assert.ok(!served.output().includes("--all"));
});

/** The employees who stand in an output with what is wrong. */
function listed(output, employees) {
  const lines = output.split("\n");
  return employees.filter(({ username, scenario }) =>
    lines.some((line) => line.startsWith(`  ${username} `) && line.endsWith(`  ${scenario}`)),
  );
}

test("Ctrl+C ends it cleanly, also while someone is being served", {
  skip: process.platform === "win32",
}, async (context) => {
  for (const signal of ["SIGINT", "SIGTERM"]) {
    const served = await serve(context, "--fault", "latency=3600000:1");
    const { port } = new URL(served.url);
    const socket = connect(Number(port), "127.0.0.1");
    const closed = once(socket, "close");
    // Who expects this is told that the request has arrived.
    socket.write("GET / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n\r\n");
    const [answer] = await once(socket, "data");
    assert.match(String(answer), /^HTTP\/1\.1 100 /);
    served.child.kill(signal);
    assert.equal(await served.ended(), 0);
    assert.match(served.output(), /\nStopped\.\n$/);
    await closed;
  }
});
