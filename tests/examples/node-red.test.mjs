// js-examples/node-red in the real Node-RED, without a browser: both flows over HTTP, with the simulated tenant inside or before
// them, and credentials that come in as the editor sends them.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { tenantOverHttp } from "../mcp/tenant-over-http.mjs";

const examples = fileURLToPath(new URL("../../js-examples", import.meta.url));
const packages = join(process.env.CHECKOUT, "tests/examples/node_modules");
const chatKey = "the-key-of-the-server-behind-the-chat";

/** A port that was free a moment ago: Node-RED does not tell which one it was given. */
async function freePort() {
  const server = createServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/** Starts the example in a copy of its folder, into which Node-RED writes. */
async function start(context, variables = {}) {
  const folder = mkdtempSync(join(examples, "node-red-"));
  cpSync(join(examples, "node-red"), folder, { recursive: true, filter: (file) => !file.endsWith("node_modules") });
  symlinkSync(packages, join(folder, "node_modules"), "junction");
  const port = await freePort();
  const program = join(packages, "node-red", "red.js");
  const { PATH } = process.env;
  const child = spawn(process.execPath, [program, "--settings", join(folder, "settings.js"), "--userDir", folder], {
    cwd: folder,
    env: { PATH, HOME: folder, PORT: String(port), CHAT_KEY: chatKey, ...variables },
  });
  const closed = once(child, "close");
  context.after(async () => {
    child.kill("SIGKILL");
    await closed;
    rmSync(folder, { recursive: true, force: true });
  });
  let output = "";
  let told = () => {};
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      output += text;
      told();
    });
  }
  /** Waits until the flows have been started so many times: deployed ones answer only then. */
  const started = async (times) => {
    while (output.split("Started flows").length <= times) {
      const printed = new Promise((resolve) => {
        told = resolve;
      });
      await Promise.race([printed, closed]);
      assert.equal(child.exitCode, null, output);
    }
  };
  await started(1);
  const url = `http://127.0.0.1:${port}`;
  /** One turn at a flow. @returns its status and JSON */
  const say = async (flow, body, { employee = "amartin", key = chatKey } = {}) => {
    const response = await fetch(`${url}/${flow}`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "x-employee": employee, "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
    return { status: response.status, json: await response.json() };
  };
  return { folder, url, say, started, output: () => output };
}

const said = ({ messages }) => messages.map(({ text }) => text).join("\n");
const choice = ({ messages }, label) => {
  const found = messages.flatMap(({ choices }) => choices).find((one) => one.label === label);
  assert.ok(found, `${label} cannot be chosen: ${JSON.stringify(messages)}`);
  return { choice: found.id };
};

/** A whole repair: the yes is delivered twice, as chat platforms do. @returns what was said, and how it ended */
async function repair(say, pass) {
  const turns = [];
  const next = async (body) => {
    const { status, json } = await say(body);
    assert.equal(status, 200, JSON.stringify(json));
    turns.push(said(json));
    return json;
  };
  let turn = await next({ text: "my Outlook is offline" });
  assert.equal(turn.status, "awaiting-consent");
  const yes = choice(turn, "Yes");
  turn = (await Promise.all([next(yes), next(yes)]))[0];
  for (let looks = 0; turn.status === "remediating" && looks < 60; looks += 1) {
    pass?.(turn.resumeAfterMs);
    turn = await next({});
  }
  assert.equal(turn.status, "confirming", turns.join("\n"));
  turn = await next(choice(turn, "Yes"));
  return { status: turn.status, said: turns.join("\n") };
}

for (const flow of ["function", "node"]) {
  test(`a whole repair by the ${flow}, with consent, triggers one remote action`, async (context) => {
    const { variables, pass, triggers } = await tenantOverHttp(context);
    const { say, output } = await start(context, variables);
    const repaired = await repair((body) => say(flow, body), pass);
    assert.equal(repaired.status, "solved");
    assert.match(repaired.said, /May I run “Set Outlook online” on AMARTIN-LT\?/);
    assert.equal(triggers(), 1);
    assert.ok(!output().includes(variables.NEXTHINK_CLIENT_SECRET));
  });
}

test("without a tenant both flows have a simulated one; each employee has a conversation of their own", async (context) => {
  const { say } = await start(context);
  for (const flow of ["function", "node"]) {
    const [anna, kim] = await Promise.all([
      say(flow, { text: "my Outlook is offline" }),
      say(flow, { text: "my Outlook is slow" }, { employee: "khuber" }),
    ]);
    assert.match(said(anna.json), /AMARTIN-LT/);
    assert.match(said(kim.json), /KHUBER-LT/);
    assert.doesNotMatch(said(kim.json), /AMARTIN-LT/);
    const { json } = await say(flow, choice(anna.json, "No"));
    assert.doesNotMatch(said(json), /was accepted/);
  }
});

test("what throws is answered, and the next message is answered as ever", async (context) => {
  const { say } = await start(context);
  for (const flow of ["function", "node"]) {
    const thrown = [await say(flow, { text: 7 })];
    assert.equal((await say(flow, { text: "my Outlook is offline" })).status, 200);
    thrown.push(await say(flow, { choice: { id: "1.yes" } }));
    assert.equal((await say(flow, { text: "what is this?" })).status, 200);
    for (const { status, json } of thrown) {
      assert.equal(status, 500, JSON.stringify(json));
      assert.match(json.error, /NexthinkError: `assistant`: `event\.\w+\.(?:text|choice)` is not a text/);
    }
  }
});

test("whoever lacks the key is nobody, whatever they write", async (context) => {
  const { say } = await start(context);
  for (const flow of ["function", "node"]) {
    for (const options of [{ key: "guessed" }, { employee: "" }]) {
      const { status, json } = await say(flow, { text: "hi", employee: { username: "amartin" } }, options);
      assert.deepEqual([status, json], [401, { error: "nobody is signed in" }]);
    }
    // What a message says of who wrote it counts for nothing.
    const { json } = await say(
      flow,
      { text: "my Outlook is slow", employee: { username: "amartin" } },
      { employee: "khuber" },
    );
    assert.match(said(json), /KHUBER-LT/);
  }
});

test("the palette has both nodes, with what the editor shows of them", async (context) => {
  const { url } = await start(context);
  const nodes = await (await fetch(`${url}/nodes`, { headers: { accept: "application/json" } })).json();
  const { types, enabled, err } = nodes.find(({ module }) => module === "@acme/node-red-nexthink");
  assert.deepEqual([types, enabled, err], [["nexthink-tenant", "nexthink-conversation"], true, undefined]);
  const shown = await (await fetch(`${url}/nodes`, { headers: { accept: "text/html" } })).text();
  for (const type of types) {
    assert.ok(shown.includes(`RED.nodes.registerType("${type}"`), type);
    assert.ok(shown.includes(`data-template-name="${type}"`), type);
  }
});

test("a secret that is typed into the editor lies encrypted in the credential store, and leads to the tenant", async (context) => {
  const { variables, triggers } = await tenantOverHttp(context);
  const { folder, url, say, started } = await start(context, { NODE_RED_CREDENTIAL_SECRET: "of-this-test" });
  const flows = JSON.parse(readFileSync(join(folder, "flows.json"), "utf8"));
  const tenant = flows.find(({ id }) => id === "tenant");
  Object.assign(tenant, {
    instance: variables.NEXTHINK_INSTANCE,
    region: variables.NEXTHINK_REGION,
    apiUrl: variables.NEXTHINK_API_URL,
    tokenUrl: variables.NEXTHINK_TOKEN_URL,
    credentials: { clientId: variables.NEXTHINK_CLIENT_ID, clientSecret: variables.NEXTHINK_CLIENT_SECRET },
  });
  const deployed = await fetch(`${url}/flows`, {
    method: "POST",
    headers: { "content-type": "application/json", "node-red-api-version": "v2" },
    body: JSON.stringify({ flows }),
  });
  assert.equal(deployed.status, 200, await deployed.text());
  await started(2);
  const { json } = await say("node", { text: "my Outlook is offline" });
  await say("node", choice(json, "Yes"));
  assert.equal(triggers(), 1);
  for (const file of ["flows.json", "flows_cred.json"]) {
    assert.ok(!readFileSync(join(folder, file), "utf8").includes(variables.NEXTHINK_CLIENT_SECRET), file);
  }
  // What an editor is given back.
  const shown = await (await fetch(`${url}/credentials/nexthink-tenant/tenant`)).json();
  assert.deepEqual(shown, { clientId: variables.NEXTHINK_CLIENT_ID, has_clientSecret: true });
});
