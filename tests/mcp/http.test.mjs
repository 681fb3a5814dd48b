// `nexthink-chatbot mcp --http`: the program as a service that clients reach.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { program } from "../js/served-tenant.mjs";
import { connect, ended, proposed, yes } from "./official-client.mjs";
import { key, serve } from "./served-program.mjs";
import { tenantOverHttp } from "./tenant-over-http.mjs";

const withKey = { authorization: `Bearer ${key}` };

function reach(context, url, headers, answer) {
  const transport = new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } });
  return connect(context, transport, answer).then((person) => ({ ...person, transport }));
}

/** A request as anybody may send it, also what `fetch` would not. */
async function send(url, { method = "POST", headers = {}, body = initialize } = {}) {
  const sent = request(url, {
    method,
    headers: { accept: "application/json, text/event-stream", "content-type": "application/json", ...headers },
  });
  sent.end(method === "POST" ? body : undefined);
  const [answer] = await once(sent, "response");
  return { status: answer.statusCode, headers: answer.headers, text: await text(answer) };
}

/** A test that waits for what does not come must end, too. */
const options = { timeout: 60_000 };

const initialize = JSON.stringify({
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "tests", version: "1" } },
});

test("two people at once are two sessions: each repairs their own device with their own consent", async (context) => {
  const { variables, pass, triggers } = await tenantOverHttp(context);
  const { url } = await serve(context, { args: ["--employee-header", "X-Employee"], variables });
  const [anna, boris] = await Promise.all([
    reach(context, url, { ...withKey, "x-employee": "amartin" }, yes),
    reach(context, url, { ...withKey, "x-employee": "bkeller" }, () => ({ action: "decline" })),
  ]);
  assert.notEqual(anna.transport.sessionId, boris.transport.sessionId);
  const proposals = await Promise.all([proposed(anna), proposed(boris)]);
  const [repaired, declined] = await Promise.all([
    anna.call("remediate", { proposalId: proposals[0] }),
    boris.call("remediate", { proposalId: proposals[1] }),
  ]);
  assert.equal(declined.error.kind, "consent");
  const { state } = await ended(anna, repaired.runId, pass);
  assert.deepEqual([state, triggers()], ["succeeded", 1]);
  assert.match(anna.questions[0].message, /AMARTIN-LT/);
  assert.match(boris.questions[0].message, /BKELLER-LT/);
  // What one session knows by an ID is unknown in the other.
  assert.equal((await boris.call("check_progress", { runId: repaired.runId })).error.kind, "not-found");
});

test(
  "a question comes with the answer to the call that it belongs to, also to clients that listen to nothing else",
  options,
  async (context) => {
    const { variables, triggers } = await tenantOverHttp(context);
    const { url } = await serve(context, { args: ["--employee", "amartin"], variables });
    let session = {};
    const post = async (message) => {
      const headers = { ...withKey, ...session, accept: "application/json, text/event-stream" };
      const body = JSON.stringify({ jsonrpc: "2.0", ...message });
      const answer = await fetch(url, {
        method: "POST",
        headers: { ...headers, "content-type": "application/json" },
        body,
      });
      const id = answer.headers.get("mcp-session-id");
      if (id) session = { "mcp-session-id": id };
      return eventsOf(answer);
    };
    const call = async (id, name, input = {}) => {
      const answer = await (await post({ id, method: "tools/call", params: { name, arguments: input } })).next();
      return answer.value.result.structuredContent;
    };
    const { params } = JSON.parse(initialize);
    await post({ id: 1, method: "initialize", params: { ...params, capabilities: { elicitation: {} } } });
    await post({ method: "notifications/initialized" });
    await call(2, "diagnose_device", { playbook: "outlook" });
    const { proposalId } = await call(3, "propose_remediation", { playbook: "outlook", rule: "offline" });
    const events = await post({
      id: 4,
      method: "tools/call",
      params: { name: "remediate", arguments: { proposalId } },
    });
    const { value: question } = await events.next();
    assert.deepEqual([question.method, triggers()], ["elicitation/create", 0]);
    await post({ id: question.id, result: yes() });
    const { value: answer } = await events.next();
    assert.deepEqual([answer.id, answer.result.isError, triggers()], [4, undefined, 1]);
  },
);

/** The messages of a stream of events, as they come. */
async function* eventsOf({ body }) {
  let rest = "";
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    rest += chunk;
    const events = rest.split("\n\n");
    rest = events.pop();
    for (const [, data] of events.join("\n").matchAll(/^data: (.+)$/gm)) yield JSON.parse(data);
  }
}

test("nothing is triggered over HTTP where the client cannot ask", async (context) => {
  const { variables, triggers } = await tenantOverHttp(context);
  const { url } = await serve(context, { args: ["--employee", "amartin"], variables });
  const person = await reach(context, url, withKey);
  const { error } = await person.call("remediate", { proposalId: await proposed(person) });
  assert.deepEqual([error.kind, triggers()], ["consent", 0]);
});

test("without the right key nobody gets in", async (context) => {
  const { url } = await serve(context);
  for (const authorization of [undefined, "", key, `Bearer ${key}x`, `Bearer ${key.slice(1)}`, `Basic ${key}`]) {
    const { status, headers, text } = await send(url, {
      headers: authorization === undefined ? {} : { authorization },
    });
    assert.deepEqual([status, headers["www-authenticate"]], [401, 'Bearer realm="nexthink-chatbot"'], authorization);
    assert.ok(!text.includes(key));
  }
  assert.equal((await send(url, { headers: withKey })).status, 200);
  assert.equal((await send(url, { headers: { ...withKey, authorization: `bearer ${key}` } })).status, 200);
});

test("pages in a browser are not served, by whatever name they come", async (context) => {
  const { url } = await serve(context, { args: ["--allow-host", "Desk.example"] });
  const { port } = new URL(url);
  for (const [headers, status] of [
    [{ origin: "https://evil.example" }, 403],
    [{ origin: "null" }, 403],
    [{ origin: `http://127.0.0.1:${port}` }, 403],
    [{ host: `evil.example:${port}` }, 403],
    [{ host: "127.0.0.1.evil.example" }, 403],
    [{ host: `localhost:${port}` }, 200],
    [{ host: "[::1]" }, 200],
    [{ host: "desk.example." }, 200],
  ]) {
    assert.equal((await send(url, { headers: { ...withKey, ...headers } })).status, status, JSON.stringify(headers));
  }
});

test("a session ends with DELETE, and is nobody else's before", async (context) => {
  const { url } = await serve(context, { args: ["--employee-header", "upn:x-upn"] });
  const anna = { ...withKey, "x-upn": "anna@acme.example" };
  const { client, transport } = await reach(context, url, anna);
  await client.ping();
  const session = { "mcp-session-id": transport.sessionId };
  const ping = (headers) => send(url, { headers, body: '{"jsonrpc":"2.0","id":2,"method":"ping"}' });
  assert.equal((await ping({ ...anna, ...session })).status, 200);
  const others = await ping({ ...withKey, "x-upn": "boris@acme.example", ...session });
  const nobodys = await ping({ ...anna, "mcp-session-id": "3b9ad2a5-6f0e-4cf5-9d0c-0d6a3a1cb0f1" });
  assert.deepEqual([others.status, others.text], [404, nobodys.text]);
  assert.equal(
    (await send(url, { method: "DELETE", headers: { ...withKey, "x-upn": "boris@acme.example", ...session } })).status,
    404,
  );
  await client.ping();
  await transport.terminateSession();
  assert.equal((await ping({ ...anna, ...session })).status, 404);
  assert.equal((await ping(anna)).status, 400);
});

test("a request that names no employee, or two, is refused", async (context) => {
  const { url } = await serve(context, { args: ["--employee-header", "x-employee"] });
  for (const headers of [{}, { "x-employee": "" }, { "x-employee": " " }, { "x-employee": ["amartin", "qroux"] }]) {
    const { status, text } = await send(url, { headers: { ...withKey, ...headers } });
    assert.equal(status, 400, JSON.stringify(headers));
    assert.match(text, /the header x-employee must be there once/);
  }
});

test("what is no request of the protocol is told so", async (context) => {
  const { url } = await serve(context);
  for (const [path, options, status] of [
    ["/", {}, 404],
    ["/mcp/x", {}, 404],
    ["/mcp?x=1", {}, 200],
    ["/mcp", { method: "GET" }, 400],
    ["/mcp", { method: "DELETE" }, 400],
    ["/mcp", { method: "PUT" }, 400],
    ["/mcp", { body: "{" }, 400],
    ["/mcp", { body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "x".repeat(300_000) }) }, 413],
    ["/mcp", { headers: { accept: "text/html" } }, 406],
  ]) {
    const { headers, ...rest } = options;
    const answer = await send(new URL(path, url), { ...rest, headers: { ...withKey, ...headers } });
    assert.equal(answer.status, status, `${path} ${JSON.stringify(options).slice(0, 80)}: ${answer.text}`);
  }
});

test("as many sessions as there can be are no reason to forget one", async (context) => {
  const { url } = await serve(context);
  const { client } = await reach(context, url, withKey);
  let status = 200;
  let begun = 1;
  for (; status === 200; begun++) ({ status } = await send(url, { headers: withKey }));
  assert.deepEqual([status, begun - 1], [503, 500]);
  await client.ping();
  await client.close();
});

test("a key is made where none is set, and told once", async (context) => {
  const { url, output } = await serve(context, { variables: { NEXTHINK_MCP_KEY: "" } });
  const [, made] = /^key, for this run only: (\S{32})$/m.exec(output());
  assert.equal((await send(url)).status, 401);
  assert.equal((await send(url, { headers: { authorization: `Bearer ${made}` } })).status, 200);
});

test("without a key it serves this machine only, and only who asks for that", async (context) => {
  const { url } = await serve(context, { args: ["--no-key"], variables: { NEXTHINK_MCP_KEY: "" } });
  assert.equal((await send(url)).status, 200);
  assert.equal((await send(url, { headers: { origin: "https://evil.example" } })).status, 403);
  for (const [args, environment, message] of [
    [["--http", "0.0.0.0:0", "--no-key"], {}, /--no-key is for this machine only, and 0\.0\.0\.0 is not/],
    [["--http", "desk.example:0"], {}, /set NEXTHINK_MCP_KEY/],
    [["--http", "0", "--no-key"], { NEXTHINK_MCP_KEY: key }, /--no-key or NEXTHINK_MCP_KEY, not both/],
    [["--http", "0"], { NEXTHINK_MCP_KEY: "short" }, /at least 16 characters/],
    [["--http", "0", "--no-key", "--employee-header", "x-user"], {}, /--employee-header needs a key/],
    [["--http", "0", "--employee", "qroux", "--employee-header", "x-user"], {}, /not both/],
    [["--http", "0", "--employee-header", "x user"], {}, /is no name of a header/],
    [["--http", "70000"], {}, /--http takes HOST:PORT or PORT, not 70000/],
    [["--http", "::1:4100"], {}, /--http takes HOST:PORT/],
  ]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, "mcp", ...args], {
      encoding: "utf8",
      env: environment,
    });
    assert.deepEqual([status, stdout], [2, ""], args.join(" "));
    assert.match(stderr, message);
  }
});

test("a port that is taken fails, and a signal ends the service with its sessions", async (context) => {
  const { url, child, closed, output } = await serve(context);
  const { port } = new URL(url);
  const second = spawnSync(process.execPath, [program, "mcp", "--http", port], { encoding: "utf8", env: {} });
  assert.deepEqual([second.status, second.stdout], [1, ""]);
  assert.match(
    second.stderr,
    new RegExp(`^error: port ${port} is taken: choose another with --http, or 0 for any that is free`),
  );
  const { client } = await reach(context, url, withKey, yes);
  await client.ping();
  child.kill("SIGTERM");
  const [code] = await closed;
  assert.equal(code, 0);
  assert.match(output(), /\nStopped\.\n$/);
});
