// The connections of a client with the runtime's own fetch: who gives a request up cuts that one and no other, also where
// what cuts it has served others before.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { test } from "node:test";
import { createClient } from "nexthink-chatbot";

const rows = JSON.stringify({ queryId: "#fine", data: [{ "device.name": "PC-1" }] });
const token = JSON.stringify({ access_token: "t", expires_in: 900, token_type: "Bearer" });

/** A tenant that answers at once, but `#held…` when it is told to; `held` are those answers by their query. */
async function tenant(context) {
  const held = new Map();
  const arrived = new Map();
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const piece of request) body += piece;
    const answer = (text) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
      response.end(text);
    };
    if (request.url === "/token") return answer(token);
    const { queryId } = JSON.parse(body);
    if (!queryId.startsWith("#held")) return answer(rows);
    held.set(queryId, { answer: () => answer(rows), isCut: () => response.socket.destroyed, response });
    arrived.get(queryId)?.();
  });
  context.after(() => server.close());
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = `http://127.0.0.1:${server.address().port}`;
  const credentials = { clientId: "c", clientSecret: "s" };
  const nexthink = createClient({ instance: "acme", region: "eu", credentials, apiUrl: url, tokenUrl: `${url}/token` });
  const arrival = (queryId) => new Promise((resolve) => arrived.set(queryId, resolve));
  return { nexthink, held, arrival };
}

test("a request that is given up cuts its own connection, however many were answered before it", async (context) => {
  const { nexthink, held, arrival } = await tenant(context);
  const warnings = [];
  const onWarning = (warning) => warnings.push(warning.message);
  process.on("warning", onWarning);
  context.after(() => process.off("warning", onWarning));
  for (let round = 0; round < 3; round++) {
    for (let at = 0; at < 50; at++) await nexthink.nql.execute("#fine");
    const queries = ["#held_a", "#held_b", "#held_c"];
    const arrivals = queries.map(arrival);
    const controller = new AbortController();
    const options = { "#held_b": { signal: controller.signal } };
    const calls = queries.map((queryId) => nexthink.nql.execute(queryId, {}, options[queryId]));
    await Promise.all(arrivals);
    const cut = once(held.get("#held_b").response, "close");
    controller.abort();
    await assert.rejects(calls[1], { kind: "aborted" });
    await cut;
    assert.deepEqual(
      queries.map((queryId) => held.get(queryId).isCut()),
      [false, true, false],
    );
    for (const queryId of ["#held_a", "#held_c"]) held.get(queryId).answer();
    const [{ rows: first }, { rows: last }] = await Promise.all([calls[0], calls[2]]);
    assert.deepEqual([first, last], [[{ "device.name": "PC-1" }], [{ "device.name": "PC-1" }]]);
  }
  assert.deepEqual(warnings, []);
});

test("a request whose time is over cuts its own connection, and the next one is answered", async (context) => {
  const { nexthink, held, arrival } = await tenant(context);
  for (let at = 0; at < 20; at++) await nexthink.nql.execute("#fine");
  const arrived = arrival("#held");
  // Long enough to arrive on a machine that has much to do.
  const call = nexthink.nql.execute("#held", {}, { timeoutMs: 1_500 });
  const refused = assert.rejects(call, { kind: "timeout" });
  await arrived;
  const cut = once(held.get("#held").response, "close");
  await Promise.all([refused, cut]);
  assert.equal((await nexthink.nql.execute("#fine")).rows.length, 1);
});
