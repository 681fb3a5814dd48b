// A handler behind Node's own HTTP server: what it gets of a request, what the client gets of its answer, and what happens when
// either of them fails or leaves.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, request as send } from "node:http";
import { connect as connectSecond, createServer as createSecondServer } from "node:http2";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { createClient, createHandler, toNodeListener } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";

const apiKey = "the-key-of-the-door-of-these-tests";

/** Serves a listener on this machine until the test ends. */
async function serve(context, listener, make = createServer) {
  const server = make(listener);
  await once(server.listen(0, "127.0.0.1"), "listening");
  context.after(() => {
    server.closeAllConnections?.();
    server.close();
  });
  const { port } = server.address();
  return { port, url: `http://127.0.0.1:${port}` };
}

const serveHandler = (context, handler) => serve(context, toNodeListener(handler));

/** A door over a simulated tenant. */
function doorOf(options) {
  const tenant = createSimulator({ devices: 0, speed: Number.POSITIVE_INFINITY });
  const employee = (request) => ({ username: request.headers.get("x-employee") });
  return { tenant, door: createHandler(createClient(tenant.client), { apiKey, employee, ...options }) };
}

const headers = { "x-api-key": apiKey, "x-employee": "amartin", "content-type": "application/json" };
const post = (body) => ({ method: "POST", headers, body: JSON.stringify(body) });

/** What a raw client is answered: whoever writes its request by hand may write anything. */
async function answered(port, ...lines) {
  const socket = connect(port, "127.0.0.1");
  socket.end([...lines, "", ""].join("\r\n"));
  return text(socket);
}

/** Something that happens later: `happened` waits for it, `happen` says that it has, and with what. */
function later() {
  let happen;
  const happened = new Promise((resolve) => {
    happen = resolve;
  });
  return { happened, happen };
}

/** A handler that answers when it is told to, and tells of the request that has come. */
function waiting() {
  const came = later();
  const answering = later();
  const handler = (request) => {
    came.happen(request);
    return answering.happened;
  };
  return { handler, request: came.happened, answer: answering.happen };
}

test("a conversation goes on over it until the device is repaired", async (context) => {
  const { tenant, door } = doorOf();
  const { url } = await serveHandler(context, door);
  const ask = async (step, body) => (await fetch(`${url}/assistant/${step}`, post(body))).json();
  let turn = await ask("start", { text: "Outlook is offline" });
  for (let turns = 0; !["solved", "escalated", "ended"].includes(turn.status) && turns < 60; turns += 1) {
    const { state, resumeAfterMs } = turn;
    tenant.advance(resumeAfterMs ?? 0);
    const choice = turn.messages.at(-1)?.choices[0]?.id;
    turn = resumeAfterMs === undefined ? await ask("reply", { state, choice }) : await ask("resume", { state });
  }
  assert.equal(turn.status, "solved");
  assert.equal(tenant.requests.filter(({ path }) => path.endsWith("/act/execute")).length, 1);
});

test("the handler gets the method, the address, every header field and the body", async (context) => {
  const { url, port } = await serveHandler(context, async (request) => {
    const { method, url } = request;
    return Response.json({ method, url, headers: [...request.headers], body: await request.text() });
  });
  const sent = { method: "PATCH", headers: { "x-one": "1", cookie: "a=b; c=d" }, body: "é\u0000x" };
  const got = await (await fetch(`${url}/a//b%2Fc?d=/../e&f`, sent)).json();
  assert.deepEqual([got.method, got.url, got.body], ["PATCH", `${url}/a//b%2Fc?d=/../e&f`, "é\u0000x"]);
  const found = new Map(got.headers);
  assert.deepEqual([found.get("x-one"), found.get("cookie")], ["1", "a=b; c=d"]);
  const twice = await answered(port, "GET / HTTP/1.1", "Host: a.b", "X-Two: 1", "X-Two: 2", "Connection: close");
  assert.match(twice, /\["host","a\.b"\].*\["x-two","1, 2"\]/);
  assert.match(await answered(port, "GET http://x.y/z HTTP/1.0", "Host: a.b"), /"url":"http:\/\/a\.b\/z"/);
});

test("the client gets the status, every header field, each cookie by itself, and what the host has set", async (context) => {
  const listener = toNodeListener(() => {
    const answered = new Headers({ "x-one": "1", vary: "origin" });
    for (const cookie of ["a=b; Path=/", "c=d, e"]) answered.append("set-cookie", cookie);
    return new Response("whole", { status: 418, headers: answered });
  });
  const { url } = await serve(context, (incoming, outgoing) => {
    outgoing.setHeader("x-host", "express");
    outgoing.setHeader("set-cookie", "session=1");
    outgoing.setHeader("vary", "accept-encoding");
    listener(incoming, outgoing);
  });
  const got = await fetch(url);
  assert.deepEqual([got.status, await got.text()], [418, "whole"]);
  for (const [name, value] of Object.entries({ "x-one": "1", vary: "accept-encoding, origin", "x-host": "express" })) {
    assert.equal(got.headers.get(name), value);
  }
  assert.deepEqual(got.headers.getSetCookie(), ["session=1", "a=b; Path=/", "c=d, e"]);
  const head = await fetch(url, { method: "HEAD" });
  assert.deepEqual([head.status, head.headers.get("x-one"), await head.text()], [418, "1", ""]);
});

test("a body that is too long is answered with 413 before it has come, and the connection stays", async (context) => {
  const { door } = doorOf({ maxBodyBytes: 1024 });
  const { url, port } = await serveHandler(context, door);
  const { status, ok } = await fetch(`${url}/assistant/start`, post({ text: "x".repeat(100_000) }));
  assert.deepEqual([status, ok], [413, false]);
  // Piece by piece, and without its length.
  const socket = connect(port, "127.0.0.1");
  socket.setEncoding("utf8");
  const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const start = ["POST /assistant/start HTTP/1.1", "Host: a.b", ...fields, "Transfer-Encoding: chunked", "", ""];
  socket.write(start.join("\r\n"));
  const piece = `400\r\n${"x".repeat(1024)}\r\n`;
  let read = "";
  socket.on("data", (more) => {
    read += more;
  });
  while (!read.includes("}\r\n0\r\n\r\n")) {
    socket.write(piece);
    await new Promise(setImmediate);
  }
  assert.match(read, /^HTTP\/1\.1 413 .*"kind":"too-large"/s);
  read = "";
  socket.end("0\r\n\r\nGET /health HTTP/1.1\r\nHost: a.b\r\nConnection: close\r\n\r\n");
  await once(socket, "close");
  assert.match(read, /^HTTP\/1\.1 200 .*\{"status":"ok"\}/s);
});

test("what a handler has left of a body does not hold up the next request", async (context) => {
  const { url, port } = await serveHandler(context, async (request) => {
    const reader = request.body?.getReader();
    const { value } = (await reader?.read()) ?? {};
    return new Response(String(value?.length));
  });
  const long = "x".repeat(3_000_000);
  const first = `POST / HTTP/1.1\r\nHost: a.b\r\nContent-Length: ${long.length}\r\n\r\n${long}`;
  const both = await answered(port, `${first}GET / HTTP/1.1`, "Host: a.b", "Connection: close");
  assert.equal(both.match(/HTTP\/1\.1 200/g).length, 2);
  assert.ok(both.includes("undefined"));
  assert.equal((await fetch(url)).status, 200);
});

test("a body goes through piece by piece in both directions, however long", async (context) => {
  const { url } = await serveHandler(context, (request) => new Response(request.body));
  const long = new Uint8Array(5_000_000).map((_, at) => at % 251);
  const back = await (await fetch(url, { method: "POST", body: long })).arrayBuffer();
  assert.ok(Buffer.from(back).equals(Buffer.from(long)));
});

test("a client that leaves before the answer aborts the request's signal", async (context) => {
  const { handler, request, answer } = waiting();
  const { url } = await serveHandler(context, handler);
  const leaving = new AbortController();
  const asked = fetch(url, { method: "POST", body: "x", signal: leaving.signal });
  const { signal } = await request;
  assert.equal(signal.aborted, false);
  const aborted = once(signal, "abort");
  leaving.abort();
  await assert.rejects(asked);
  await aborted;
  answer(new Response("too late"));
});

test("a client that leaves in the middle of its own body fails whoever reads it", async (context) => {
  let failed;
  const { handler, request, answer } = waiting();
  const { port } = await serveHandler(context, (given) => {
    failed = given.text().then(assert.fail, (thrown) => thrown);
    return handler(given);
  });
  const socket = connect(port, "127.0.0.1");
  socket.write("POST / HTTP/1.1\r\nHost: a.b\r\nContent-Length: 10\r\n\r\nhalf");
  const { signal } = await request;
  const aborted = once(signal, "abort");
  socket.destroy();
  await aborted;
  assert.match((await failed).message, /abort|not come to its end/);
  answer(new Response("too late"));
});

test("a client that leaves in the middle of the answer lets go of the rest of it", async (context) => {
  const left = later();
  const { url } = await serveHandler(context, () => {
    const endless = { pull: (controller) => controller.enqueue(new Uint8Array(65_536)), cancel: left.happen };
    return new Response(new ReadableStream(endless));
  });
  const leaving = new AbortController();
  const { body } = await fetch(url, { signal: leaving.signal });
  await body.getReader().read();
  leaving.abort();
  await left.happened;
});

test("a client that has left before the handler is reached leaves an aborted signal, and the signal of a whole answer is none", async (context) => {
  const signals = [];
  const listener = toNodeListener(({ signal }) => {
    signals.push(signal);
    return new Response("whole");
  });
  const reached = later();
  const { url, port } = await serve(context, (incoming, outgoing) => {
    if (incoming.url === "/") return listener(incoming, outgoing);
    // As somebody before the listener who looks something up.
    outgoing.on("close", () => {
      listener(incoming, outgoing);
      reached.happen();
    });
    return undefined;
  });
  const answer = await fetch(url);
  await answer.text();
  connect(port, "127.0.0.1", function leave() {
    this.write("GET /late HTTP/1.1\r\nHost: a.b\r\n\r\n", () => this.destroy());
  });
  await reached.happened;
  assert.deepEqual(
    signals.map(({ aborted }) => aborted),
    [false, true],
  );
});

test("a host that is missing or none, and an address with steps in it, are answered with 400, and reach no handler", async (context) => {
  const { port } = await serveHandler(context, () => assert.fail("the handler was reached"));
  const told = /^HTTP\/1\.1 400 .*"kind":"invalid"/s;
  assert.match(await answered(port, "GET / HTTP/1.0"), told);
  for (const host of [
    "",
    "a/b",
    "a@b",
    "a b",
    "a?b",
    "a#b",
    "a\\b",
    "%00",
    "[::1",
    "[x]",
    "a:99999",
    "a:b",
    "1.2.3.4.5",
  ]) {
    assert.match(await answered(port, "GET / HTTP/1.1", `Host: ${host}`, "Connection: close"), told, host);
  }
  for (const path of ["/a/../b", "/..", "/./a", "/%2E%2e/a", "/a\\..\\b", "*"]) {
    assert.match(await answered(port, `OPTIONS ${path} HTTP/1.1`, "Host: a.b", "Connection: close"), told, path);
  }
  const traced = await answered(port, "TRACE / HTTP/1.1", "Host: a.b", "Connection: close");
  assert.match(traced, /^HTTP\/1\.1 405 .*allow: GET, .*"kind":"method"/s);
});

test("hosts of any honest form are taken, also over HTTP/2", async (context) => {
  const listener = toNodeListener(({ url, headers }) => new Response(`${url} ${headers.get("x-one")}`));
  const { port } = await serve(context, listener);
  for (const host of ["chat.acme.com", "localhost:8080", "127.0.0.1", "[::1]:80", "a_b"]) {
    assert.match(await answered(port, "GET /a HTTP/1.1", `Host: ${host}`, "Connection: close"), /^HTTP\/1\.1 200 /);
  }
  const second = await serve(context, listener, createSecondServer);
  const session = connectSecond(second.url);
  context.after(() => session.destroy());
  assert.equal(await text(session.request({ ":path": "/a", "x-one": "1" })), `${second.url}/a 1`);
});

test("a handler that rejects, throws or gives nothing is answered with 500, which tells nothing of it", async (context) => {
  const handlers = {
    "/rejects": () => Promise.reject(new Error("the secret of the host")),
    "/throws": () => {
      throw new Error("the secret of the host");
    },
    "/nothing": () => undefined,
    "/error": () => Response.error(),
  };
  const { url } = await serveHandler(context, (request) => handlers[new URL(request.url).pathname]());
  for (const path of Object.keys(handlers)) {
    const answer = await fetch(`${url}${path}`);
    const { kind, detail } = await answer.json();
    const type = answer.headers.get("content-type");
    assert.deepEqual([answer.status, type, kind], [500, "application/problem+json", "internal"]);
    assert.equal(detail, "an unexpected error");
  }
});

test("the host is told what its handler has failed with, and for which request; nobody is told of a client's fault", async (context) => {
  const told = [];
  const leaving = later();
  const onError = (error, request) => {
    told.push([error.message, request && new URL(request.url).pathname]);
    throw new Error("it cannot write its log");
  };
  const broken = (controller) => {
    controller.enqueue(new TextEncoder().encode("half"));
    controller.error(new Error("the database has gone"));
  };
  const handlers = {
    "/rejects": async () => Promise.reject(new Error("no such table")),
    "/nothing": () => undefined,
    "/breaks": () => new Response(new ReadableStream({ start: broken })),
    "/fine": () => new Response("fine"),
    "/left": async ({ signal }) => {
      leaving.happen();
      await once(signal, "abort");
      return Promise.reject(signal.reason);
    },
  };
  const listener = toNodeListener((request) => handlers[new URL(request.url).pathname](request), { onError });
  const { port, url } = await serve(context, listener);
  assert.equal((await fetch(`${url}/rejects`)).status, 500);
  assert.equal((await fetch(`${url}/nothing`)).status, 500);
  await assert.rejects(async () => (await fetch(`${url}/breaks`)).text());
  const controller = new AbortController();
  const left = fetch(`${url}/left`, { signal: controller.signal });
  await leaving.happened;
  controller.abort();
  await assert.rejects(left, { name: "AbortError" });
  // Its Host is none: no request was made of it.
  assert.match(await answered(port, "GET / HTTP/1.1", "host: a b", "connection: close"), /^HTTP\/1.1 400 /);
  assert.equal(await (await fetch(`${url}/fine`)).text(), "fine");
  assert.deepEqual(told, [
    ["no such table", "/rejects"],
    ["the handler gave no response that can be sent", "/nothing"],
    ["the database has gone", "/breaks"],
  ]);
});

test("an answer whose body fails on its way breaks the connection, and the next request is answered", async (context) => {
  let pieces = 0;
  const { url } = await serveHandler(context, ({ method }) => {
    if (method === "HEAD") return new Response("whole");
    const source = {
      pull(controller) {
        if (pieces++ === 0) return controller.enqueue(new TextEncoder().encode("half"));
        throw new Error("the database has gone");
      },
    };
    return new Response(new ReadableStream(source, { highWaterMark: 0 }));
  });
  await assert.rejects(async () => (await fetch(url)).text());
  assert.equal((await fetch(url, { method: "HEAD" })).status, 200);
});

test("where another has answered before, the handler's answer is let go of", async (context) => {
  const { handler, request, answer } = waiting();
  const listener = toNodeListener(handler);
  const { url } = await serve(context, async (incoming, outgoing) => {
    listener(incoming, outgoing);
    await request;
    outgoing.writeHead(503).write("too ");
    const cancelled = later();
    answer(new Response(new ReadableStream({ cancel: cancelled.happen })));
    await cancelled.happened;
    outgoing.end("late");
  });
  const got = await fetch(url);
  assert.deepEqual([got.status, await got.text()], [503, "too late"]);
});

/** As Express with a parser of bodies and a sign-in, under `/nexthink`: `parsed` makes of the text what the parser leaves. */
function mounted(listener, parsed) {
  return async (incoming, outgoing) => {
    incoming.headers["x-employee"] = "amartin";
    incoming.originalUrl = incoming.url;
    incoming.url = incoming.url.replace("/nexthink", "");
    const parts = parsed(await text(incoming));
    listener(Object.assign(incoming, parts), outgoing);
  };
}

test("a body that Express has parsed is what the handler gets, with what it has put into the headers, at the whole address", async (context) => {
  const { door } = doorOf({ basePath: "/nexthink" });
  for (const parsed of [
    (read) => ({ body: JSON.parse(read) }),
    (read) => ({ body: read }),
    (read) => ({ body: Buffer.from(read) }),
    (read) => ({ body: {}, rawBody: Buffer.from(read) }),
  ]) {
    const { url } = await serve(context, mounted(toNodeListener(door), parsed));
    const sent = post({ text: "Größe: Outlook is offline", budgetMs: 10_000 });
    const forged = { ...sent, headers: { ...headers, "x-employee": "khuber" } };
    const answer = await fetch(`${url}/nexthink/assistant/start`, forged);
    assert.match(await answer.text(), /AMARTIN-LT/);
    const wrong = await fetch(`${url}/nexthink/assistant/start`, { ...post({}), body: '{"text":5}' });
    assert.deepEqual([wrong.status, (await wrong.json()).kind], [400, "invalid"]);
  }
  const deep = `${"[".repeat(1_000_000)}${"]".repeat(1_000_000)}`;
  const listener = mounted(toNodeListener(door), () => ({ body: JSON.parse(deep) }));
  const { url } = await serve(context, listener);
  const tooDeep = await fetch(`${url}/nexthink/assistant/start`, post({}));
  assert.deepEqual([tooDeep.status, (await tooDeep.json()).kind], [400, "invalid"]);
});

test("a parsed body comes without the length and the packing of what was sent", async (context) => {
  const echo = toNodeListener(async (request) => {
    const names = ["content-length", "content-encoding", "content-type"];
    return Response.json([await request.text(), ...names.map((name) => request.headers.get(name))]);
  });
  const unpacking = mounted(echo, () => ({ body: { a: "unpacked" } }));
  const { port } = await serve(context, unpacking);
  const packed = send({ port, method: "POST", headers: { ...headers, "content-encoding": "gzip" } });
  packed.end("packed");
  const [got] = await once(packed, "response");
  assert.deepEqual(JSON.parse(await text(got)), ['{"a":"unpacked"}', null, null, "application/json"]);
});

test("a body of which nothing is left, or not as it was signed, is answered with 500, which says where to put the handler", async (context) => {
  const reached = () => new Response("reached");
  const withBody = (body) => mounted(toNodeListener(reached), () => ({ body }));
  const told = async (listener, sent) => {
    const { url } = await serve(context, listener);
    const answer = await fetch(url, sent);
    return answer.status === 200 ? answer.text() : (await answer.json()).hint;
  };
  const hint = "in the host's program, put the handler before what parses bodies";
  assert.equal(await told(withBody(undefined), post({})), hint);
  const form = { ...headers, "content-type": "application/x-www-form-urlencoded" };
  assert.equal(await told(withBody({ a: "b" }), { ...post({}), headers: form }), hint);
  const signed = { ...headers, "webhook-signature": "v1,x" };
  assert.equal(await told(withBody({}), { ...post({}), headers: signed }), hint);
  assert.equal(await told(withBody("{}"), { ...post({}), headers: signed }), "reached");
  // There was none.
  assert.equal(await told(withBody(undefined), { method: "POST" }), "reached");
});

test("what is no function, and an option that is not known, is refused", () => {
  const handler = () => new Response();
  for (const options of [{ onError: "log" }, { onFailure: () => {} }]) {
    assert.throws(() => toNodeListener(handler, options), { kind: "invalid" });
  }
  for (const handler of [undefined, null, {}, "handler"]) {
    assert.throws(() => toNodeListener(handler), { name: "NexthinkError", kind: "invalid", message: /`handler`/ });
  }
});
