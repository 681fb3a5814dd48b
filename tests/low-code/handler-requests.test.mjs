// What the door says to requests before any step is taken: keys, methods, types, sizes, origins, hosts.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createHandler } from "nexthink-chatbot";
import { apiKey, openDoor } from "./door.mjs";

test("a key opens the door in either header, any of several does, and nothing else", async () => {
  const old = "the-key-of-last-year-which-still-holds";
  const door = await openDoor({ apiKey: [apiKey, old] });
  const asked = (headers) => door.ask("/identify", { key: null, body: {}, headers });
  for (const headers of [
    { "x-api-key": apiKey },
    { "x-api-key": old },
    { authorization: `Bearer ${apiKey}` },
    { authorization: `bearer  ${old}` },
  ]) {
    assert.equal((await asked(headers)).status, 200);
  }
  for (const headers of [
    {},
    { "x-api-key": apiKey.slice(0, -1) },
    { "x-api-key": `${apiKey}x` },
    { "x-api-key": `${apiKey}, ${old}` },
    { "x-api-key": apiKey.toUpperCase() },
    { authorization: apiKey },
    { authorization: `Basic ${btoa(`x:${apiKey}`)}` },
    { authorization: "Bearer wrong", "x-api-key": apiKey },
  ]) {
    const { status, json, headers: answered } = await asked(headers);
    assert.deepEqual([status, json.kind], [401, "unauthorized"], JSON.stringify(headers));
    assert.equal(answered.get("www-authenticate"), "Bearer");
  }
  for (const path of ["/nothing", "/openapi.json", "/swagger.json", "/runs/p-1"]) {
    assert.equal((await door.ask(path, { key: null })).status, 401, path);
  }
});

test("the door is healthy without a key", async () => {
  const { ask } = await openDoor();
  assert.deepEqual((await ask("/health", { key: null })).json, { status: "ok" });
  const head = await ask("/health", { key: null, method: "HEAD" });
  assert.deepEqual([head.status, head.text, head.headers.get("content-type")], [200, "", "application/json"]);
});

test("an address takes its own methods and says which", async () => {
  const door = await openDoor({ cors: { origins: ["https://chat.example"] } });
  for (const [path, method, allow] of [
    ["/identify", "GET", "POST, OPTIONS"],
    ["/identify", "DELETE", "POST, OPTIONS"],
    ["/identify", "OPTIONS", "POST, OPTIONS"],
    ["/health", "DELETE", "GET, HEAD, OPTIONS"],
    ["/openapi.json", "POST", "GET, HEAD, OPTIONS"],
    ["/runs/p-1/verify", "PUT", "POST, OPTIONS"],
  ]) {
    const { status, headers } = await door.ask(path, { method });
    assert.deepEqual([status, headers.get("allow")], [405, allow], `${method} ${path}`);
  }
  const without = await openDoor();
  assert.equal((await without.ask("/identify", { method: "OPTIONS" })).headers.get("allow"), "POST");
  assert.equal((await without.ask("/identify", { method: "HEAD" })).status, 405);
});

test("there is nothing at other addresses, however they are written", async () => {
  const door = await openDoor({ basePath: "/nexthink/v1" });
  assert.equal((await door.ask("/health")).status, 200);
  for (const path of ["/", "/health/", "//health", "/x/../health", "/runs/", "/runs/a%2Fb", "/runs/a/b/c", "/HEALTH"]) {
    // As a host hands it over, which need not have tidied it.
    const request = { method: "GET", url: `/nexthink/v1${path}`, headers: new Headers({ "x-api-key": apiKey }) };
    assert.equal((await door.handler(request)).status, 404, path);
  }
  for (const url of ["/health", "/nexthink/health", "/nexthink/v1", "/nexthink/v1health", "health", ""]) {
    const request = { method: "GET", url, headers: new Headers({ "x-api-key": apiKey }) };
    assert.equal((await door.handler(request)).status, 404, url);
  }
  assert.equal((await door.ask("/health?probe=1", { route: "/health" })).status, 200);
});

test("who does not take JSON gets none", async () => {
  const { ask } = await openDoor();
  for (const accept of [
    "application/json",
    "*/*",
    "text/html, application/*;q=0.5",
    "APPLICATION/JSON;charset=utf-8",
    "",
  ]) {
    assert.equal((await ask("/health", { headers: { accept } })).status, 200, accept);
  }
  for (const accept of ["text/html", "application/xml", "application/json;q=0", "*/*; q=0.000"]) {
    const { status, json } = await ask("/health", { headers: { accept } });
    assert.deepEqual([status, json.kind], [406, "not-acceptable"], accept);
  }
});

test("a body is JSON in UTF-8, not packed, not large, not deep, and has nothing more than it should", async () => {
  const door = await openDoor({ maxBodyBytes: 2_000 });
  const json = { "content-type": "application/json; charset=utf-8" };
  const send = (body, headers = json) => door.ask("/diagnose", { method: "POST", body, headers });
  for (const [expected, body, headers] of [
    [415, "{}", { "content-type": "text/plain" }],
    [415, "playbook=outlook", { "content-type": "application/x-www-form-urlencoded" }],
    [415, "{}", { "content-type": "" }],
    [415, "{}", { ...json, "content-encoding": "gzip" }],
    [413, JSON.stringify({ playbook: "x".repeat(2_000) })],
    [400, ""],
    [400, "{"],
    [400, "undefined"],
    [400, "[]"],
    [400, "null"],
    [400, '"text"'],
    [400, "{}"],
    [400, '{"playbook":7,"device":"e30"}'],
    [400, '{"playbook":"","device":"e30"}'],
    [400, '{"playbook":"outlook","device":{}}'],
    [400, '{"playbook":"outlook","device":"not a seal"}'],
    [400, '{"playbook":"outlook","device":"e30","more":1}'],
    [400, '{"playbook":"outlook","device":"e30","__proto__":{}}'],
    [400, '{"playbook":"outlook","device":"e30","employee":{"username":"vera"}}'],
    [400, `{"playbook":"outlook","device":"e30","more":${"[".repeat(900)}${"]".repeat(900)}}`],
    [400, "[".repeat(1_900)],
    [403, '{"playbook":"outlook","device":"e30"}'],
  ]) {
    const { status, json: problem, text } = await send(body, headers);
    assert.equal(status, expected, `${body.slice(0, 60)}: ${text}`);
    assert.equal(problem.status, expected);
    assert.ok(problem.detail && problem.hint && problem.title);
    assert.doesNotMatch(text, /vera|\bat .*\.mjs/);
  }
  const broken = new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]);
  const request = new Request(`${door.base}/diagnose`, {
    method: "POST",
    body: broken,
    headers: { ...json, "x-api-key": apiKey },
  });
  assert.equal((await door.handler(request)).status, 400);
  assert.equal(door.tenant.requests.length, 0);
});

test("a body that does not say how large it is, or lies, is read no further than allowed", async () => {
  const door = await openDoor({ maxBodyBytes: 2_000 });
  let pulled = 0;
  const body = new ReadableStream({
    pull(controller) {
      pulled += 1;
      controller.enqueue(new Uint8Array(1_000).fill(0x20));
    },
  });
  const headers = new Headers({ "x-api-key": apiKey, "content-type": "application/json", "content-length": "10" });
  const request = { method: "POST", url: "/identify", headers, body };
  assert.equal((await door.handler(request)).status, 413);
  assert.ok(pulled < 8, `${pulled} pieces were read`);
  const announced = new Headers({ ...Object.fromEntries(headers), "content-length": "2001" });
  const unread = { method: "POST", url: "/identify", headers: announced, text: () => assert.fail("it was read") };
  assert.equal((await door.handler(unread)).status, 413);
});

test("a body whose end never comes is let go of when its sender is gone", async () => {
  const door = await openDoor({ onWebhook: () => assert.fail("it was taken") });
  const headers = new Headers({ "x-api-key": apiKey, "content-type": "application/json" });
  for (const url of ["/identify", "/webhook"]) {
    for (const ends of [() => {}, (controller) => controller.error(new TypeError("terminated"))]) {
      const leaving = new AbortController();
      let isCancelled = false;
      let controller;
      const body = new ReadableStream({
        start: (own) => {
          controller = own;
          own.enqueue(new TextEncoder().encode("{}"));
        },
        // The second piece is asked for: now it is waited for.
        pull: () =>
          setImmediate(() => {
            ends(controller);
            leaving.abort();
          }),
        cancel: () => {
          isCancelled = true;
        },
      });
      const response = await door.handler({ method: "POST", url, headers, body, signal: leaving.signal });
      assert.deepEqual([response.status, (await response.json()).kind], [503, "aborted"]);
      assert.equal(isCancelled, ends.length === 0);
    }
  }
  const gone = new Request("https://door.example/identify", {
    method: "POST",
    headers,
    body: "{}",
    signal: AbortSignal.abort(),
  });
  assert.equal((await door.handler(gone)).status, 503);
  assert.deepEqual([door.errors, door.tenant.requests], [[], []], "no fault, and nothing is asked");
});

test("any host's request will do, and any host's answer", async () => {
  const door = await openDoor();
  class Answer {
    constructor(body, { status, headers }) {
      Object.assign(this, { body, status, headers });
    }
  }
  const handler = createHandler(door.nexthink, { apiKey, employee: () => ({ username: "amartin" }), Response: Answer });
  const headers = { get: (name) => ({ "x-api-key": apiKey, "content-type": "application/json" })[name] ?? null };
  for (const request of [
    { method: "POST", url: "/identify", headers, text: async () => "{}" },
    {
      method: "POST",
      url: "http://host/identify",
      headers,
      arrayBuffer: async () => new TextEncoder().encode("{}").buffer,
    },
    { method: "POST", url: "/identify?x=1", headers, body: new Response("{}").body },
    {
      method: "POST",
      url: "/identify",
      headers: { get: (name) => headers.get(name) ?? undefined },
      text: async () => "{}",
    },
  ]) {
    const answer = await handler(request);
    assert.ok(answer instanceof Answer);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers["content-type"], "application/json");
    assert.equal(JSON.parse(answer.body).devices[0].name, "AMARTIN-LT");
  }
  const broken = { method: "POST", url: "/identify", headers, text: () => Promise.reject(new Error("the secret")) };
  const answer = await handler(broken);
  assert.equal(answer.status, 500);
  assert.ok(!answer.body.includes("secret"));
  const open = await openDoor({ cors: { origins: ["https://chat.example"] } });
  for (const one of [
    undefined,
    null,
    {},
    { method: "GET", url: "/health" },
    { method: "GET", url: "/health", headers: {} },
  ]) {
    assert.equal((await open.handler(one)).status, 500, "what is no request is answered, too");
  }
});

test("pages of other origins may call only where the host names them", async () => {
  const origin = "https://chat.example";
  const preflight = (headers = {}) => ({
    method: "OPTIONS",
    key: null,
    headers: { origin, "access-control-request-method": "POST", ...headers },
  });
  const closed = await openDoor();
  const refused = await closed.ask("/identify", preflight());
  assert.equal(refused.status, 401);
  assert.equal(refused.headers.get("access-control-allow-origin"), null);

  const door = await openDoor({ cors: { origins: [origin], headers: ["x-employee"], maxAgeSeconds: 60 } });
  const { status, text, headers } = await door.ask("/identify", preflight());
  assert.deepEqual([status, text], [204, ""]);
  assert.equal(headers.get("access-control-allow-origin"), origin);
  assert.equal(headers.get("access-control-allow-methods"), "POST");
  assert.equal(headers.get("access-control-allow-headers"), "authorization, content-type, x-api-key, x-employee");
  assert.equal(headers.get("access-control-max-age"), "60");
  assert.equal(headers.get("access-control-allow-credentials"), null);
  const answered = await door.ask("/identify", { body: {}, headers: { origin } });
  assert.equal(answered.headers.get("access-control-allow-origin"), origin);
  assert.equal(answered.headers.get("vary"), "origin");
  for (const other of ["https://evil.example", "null", `${origin}.evil.example`, "http://chat.example"]) {
    for (const asked of [preflight({ origin: other }), { body: {}, headers: { origin: other } }]) {
      const foreign = await door.ask("/identify", asked);
      assert.equal(foreign.headers.get("access-control-allow-origin"), null, other);
      assert.equal(foreign.headers.get("vary"), "origin");
    }
  }
  const problem = await door.ask("/identify", { key: "wrong", body: {}, headers: { origin } });
  assert.equal(problem.headers.get("access-control-allow-origin"), origin, "a page may read what was wrong");
  assert.equal((await door.ask("/nothing", preflight())).status, 401, "nothing is there to be asked about");
});

test("who goes away ends what they have asked for", async () => {
  const door = await openDoor();
  const leaving = new AbortController();
  let arrived;
  const reached = new Promise((resolve) => {
    arrived = resolve;
  });
  const host = {
    ...door.tenant.host,
    fetch: (_url, { signal }) =>
      new Promise((_, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
        arrived();
      }),
  };
  const left = await openDoor({}, { host });
  const asked = left.ask("/identify", { body: {}, signal: leaving.signal });
  await reached;
  leaving.abort();
  const { status, json } = await asked;
  assert.deepEqual([status, json.kind], [503, "aborted"]);
});

test("a step that takes longer than the host allows is given up", async () => {
  const host = { fetch: () => new Promise(() => {}) };
  const door = await openDoor({ timeoutMs: 20 }, { host });
  const { status, json } = await door.ask("/identify", { body: {} });
  assert.deepEqual([status, json.kind], [504, "timeout"]);
});

test("a fault of the host itself is told to the host alone", async () => {
  const told = [];
  const door = await openDoor({
    onWebhook: () => {
      throw new TypeError("the database password is 1234");
    },
    onError: (error, operation) => {
      told.push([error.message, operation]);
      throw new Error("and the log is full");
    },
  });
  const { status, json, text } = await door.ask("/webhook", { method: "POST", body: "{}", headers: {} });
  assert.deepEqual([status, json.kind], [500, "internal"]);
  assert.ok(!text.includes("1234"));
  assert.deepEqual(told, [["the database password is 1234", "ReceiveWebhook"]]);
});
