// Requests as hosts have them, of the web and of Node, and those that are none or never come to their end.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, request as httpRequest } from "node:http";
import { PassThrough, Readable } from "node:stream";
import { test } from "node:test";
import { bearer, post, secret, triggered } from "./webhook-desk.mjs";

test("what is no request, no list of runs and no signal is told", async () => {
  const { nexthink } = await triggered();
  const isInvalid = (message) => ({ kind: "invalid", message });
  for (const request of [undefined, null, "{}"]) {
    await assert.rejects(nexthink.webhook(request, { secret }), isInvalid(/there is no request/));
  }
  await assert.rejects(nexthink.webhook(post("{}"), { secret, runs: {} }), isInvalid(/`runs` is no list/));
  const controller = new AbortController();
  const calls = { signal: controller };
  await assert.rejects(nexthink.webhook(post("{}"), { secret }, calls), isInvalid(/`signal`/));
});

test("requests of Node and its frameworks are taken as they are", async (context) => {
  const { nexthink } = await triggered();
  const body = JSON.stringify({ id: "e", deviceName: "A" });
  const headers = { Authorization: `Bearer ${secret}`, "content-type": "application/json" };
  async function* pieces() {
    yield Buffer.from(body.slice(0, 5));
    yield body.slice(5);
  }
  for (const given of [
    body,
    Buffer.from(body),
    new TextEncoder().encode(body).buffer,
    JSON.parse(body),
    pieces(),
    new Blob([body]),
  ]) {
    assert.equal((await nexthink.webhook({ method: "POST", headers, body: given }, { secret })).data.deviceName, "A");
  }
  assert.equal((await nexthink.webhook({ headers: new Headers(headers), text: async () => body }, { secret })).id, "e");
  const twice = { headers: { authorization: [`Bearer ${secret}`, "Bearer other"] }, body };
  await assert.rejects(nexthink.webhook(twice, { secret }), { kind: "authentication" });

  const events = [];
  const server = createServer((request, response) => {
    nexthink
      .webhook(request, { secret })
      .then(
        (event) => events.push(event.data.deviceName),
        (error) => events.push(error.code),
      )
      .finally(() => response.end());
  });
  context.after(() => server.close());
  await once(server.listen(0, "127.0.0.1"), "listening");
  for (const sent of [body, "{"]) {
    const asked = httpRequest({ port: server.address().port, host: "127.0.0.1", method: "POST", headers });
    asked.end(sent);
    const [answer] = await once(asked, "response");
    answer.resume();
    await once(answer, "end");
  }
  assert.deepEqual(events, ["A", "webhook-payload"]);
});

test("a text in pieces that have no line break is a payload, and not a file of lines", async () => {
  const { nexthink } = await triggered();
  const template = "{{device.name}}: {{status}}";
  for (const body of [Readable.from(["PC-", "1: success"]), ReadableStream.from(["PC-", "1: success"])]) {
    const { data } = await nexthink.webhook({ headers: bearer(), body }, { secret, template });
    assert.equal(data.deviceName, "PC-1");
  }
});

test("a call that is given up while the body comes is aborted, and lets go of the body", async () => {
  const { nexthink } = await triggered();
  const leaving = new AbortController();
  let cancelled = false;
  const body = new ReadableStream({
    pull: () => leaving.abort(),
    cancel: () => {
      cancelled = true;
    },
  });
  const call = nexthink.webhook({ headers: bearer(), body }, { secret }, { signal: leaving.signal });
  await assert.rejects(call, { kind: "aborted" });
  assert.equal(cancelled, true);
});

test("a body that stalls is left with its caller's signal, however it is read", async () => {
  const { nexthink } = await triggered();
  const signedHeaders = { authorization: `Bearer ${secret}` };
  const bodies = {
    "Node's request": () => Object.assign(new PassThrough(), { method: "POST", headers: signedHeaders }),
    "a method that gives it": () => ({ method: "POST", headers: signedHeaders, text: () => new Promise(() => {}) }),
  };
  for (const [name, make] of Object.entries(bodies)) {
    const request = make();
    const controller = new AbortController();
    const reading = nexthink.webhook(request, { secret }, { signal: controller.signal });
    await new Promise(setImmediate);
    controller.abort();
    await assert.rejects(reading, { kind: "aborted" }, name);
    if (request.destroy && !request.destroyed) await once(request, "close");
  }
});
