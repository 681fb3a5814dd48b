// The simulated tenant as a local HTTP server, through real sockets and the runtime's own fetch.

import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { createClient } from "nexthink-chatbot";
import { requestToken, serve } from "./served-tenant.mjs";

function clientOf({ variables, credentials }) {
  return createClient({
    instance: variables.NEXTHINK_INSTANCE,
    region: variables.NEXTHINK_REGION,
    credentials,
    apiUrl: variables.NEXTHINK_API_URL,
    tokenUrl: variables.NEXTHINK_TOKEN_URL,
  });
}

/** The headers of a client with a token. */
async function authorized(served) {
  const { access_token: token } = await (await requestToken(served)).json();
  return { authorization: `Bearer ${token}`, "content-type": "application/json" };
}

test("a repair through a local server, with the runtime's own fetch", async (context) => {
  const served = await serve(context, "--speed", "1000");
  const nexthink = clientOf(served);
  const employee = { username: "amartin" };
  const [device] = await nexthink.identify(employee);
  assert.equal(device.name, "AMARTIN-LT");
  const diagnosis = await nexthink.diagnose("outlook", device);
  const proposal = nexthink.propose(diagnosis, "offline", { employee });
  const run = await nexthink.remediate(proposal.token);
  assert.equal(run.accepted, true);
  const again = await nexthink.progress(run);
  assert.equal(again.requestId, run.requestId);

  served.child.kill();
  assert.equal(await served.ended(), 0);
  await assert.rejects(nexthink.identify(employee), { name: "NexthinkError", kind: "network", sideEffect: "none" });
});

test("an export is followed to its file on the same server, which takes no token and unpacks", async (context) => {
  const served = await serve(context, "--speed", "100");
  // By another name than the one that it printed: links have to lead where the client came from.
  const origin = served.url.replace("127.0.0.1", "localhost");
  const headers = await authorized(served);
  // No times in it: those pass while the exports are made.
  const query = { queryId: "#diagnose_onedrive_issues", parameters: { device_name: "NBERG-LT" } };
  const download = async (compression) => {
    const post = { method: "POST", headers, body: JSON.stringify({ ...query, compression }) };
    const { exportId } = await (await fetch(`${origin}/api/v1/nql/export`, post)).json();
    for (;;) {
      const response = await fetch(`${origin}/api/v1/nql/status/${exportId}`, { headers });
      assert.equal(response.status, 200);
      const { status, resultsFileUrl } = await response.json();
      if (status === "COMPLETED") return resultsFileUrl;
      assert.match(status, /^(SUBMITTED|IN_PROGRESS)$/);
    }
  };
  const link = await download("GZIP");
  assert.equal(new URL(link).origin, origin);
  const file = await fetch(link);
  assert.deepEqual([file.status, file.headers.get("content-type")], [200, "application/gzip"]);
  const text = gunzipSync(Buffer.from(await file.arrayBuffer())).toString();
  assert.equal(text, await (await fetch(await download("NONE"))).text());
  assert.match(text, /^device\.collector\.uid,.*\n[^\n]*,NBERG-LT,OneDrive is installed and running\n$/);

  const refused = await fetch(link, { headers });
  assert.equal(refused.status, 400);
  assert.match(await refused.text(), /<Message>Only one auth mechanism allowed<\/Message>/);
  assert.equal((await fetch(link.replace("Signature=", "Signature=0"))).status, 403);
});

test("a truncated answer has the length of the whole, and its connection is closed", async (context) => {
  const served = await serve(context, "--fault", "truncated:1");
  const response = await requestToken(served);
  assert.equal(response.status, 200);
  assert.ok(Number(response.headers.get("content-length")) > 100);
  await assert.rejects(response.text(), { name: "TypeError", message: "terminated" });
  await assert.rejects(clientOf(served).identify({ username: "amartin" }), { name: "NexthinkError", kind: "network" });
});

test("connections break and requests are refused as was asked for", async (context) => {
  const [reset, lost, throttled, page] = await Promise.all(
    ["reset:1", "lost-answer:1", "429:1", "html:1"].map((fault) => serve(context, "--fault", fault)),
  );
  for (const served of [reset, lost]) await assert.rejects(requestToken(served), { message: "fetch failed" });
  const response = await requestToken(throttled);
  assert.deepEqual([response.status, response.headers.get("retry-after")], [429, "1"]);
  assert.equal(response.headers.get("content-length"), "0");
  assert.match((await requestToken(page)).headers.get("content-type"), /^text\/html/);
});

test("a latency is one of ours, however fast the tenant's time passes", async (context) => {
  const served = await serve(context, "--speed", "1000", "--fault", "latency=150:1");
  const began = performance.now();
  assert.equal((await requestToken(served)).status, 200);
  const took = performance.now() - began;
  assert.ok(took >= 145, `${took} ms`);
});

async function chunksOf(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

test("webhooks are sent to whoever listens, with their credential, and each is told in a line", async (context) => {
  const received = [];
  let tellFirst;
  const first = new Promise((resolve) => {
    tellFirst = resolve;
  });
  const receiver = createServer(async (request, response) => {
    const body = JSON.parse(Buffer.concat(await chunksOf(request)).toString());
    received.push({ method: request.method, url: request.url, authorization: request.headers.authorization, body });
    response.writeHead(204).end();
    tellFirst();
  }).listen(0, "127.0.0.1");
  await once(receiver, "listening");
  const folder = mkdtempSync(join(tmpdir(), "webhook-"));
  context.after(() => {
    receiver.closeAllConnections();
    receiver.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const file = join(folder, "logins.json");
  const webhook = {
    name: "logins",
    query: "session.logins | list device.name, user.name",
    method: "PUT",
    url: `http://127.0.0.1:${receiver.address().port}/`,
    resource: "logins",
    payload: '{"device":"{{device.name}}","user":"{{user.name}}"}',
    credential: { type: "basic", username: "bot", password: "p" },
  };
  writeFileSync(file, JSON.stringify(webhook));
  // An hour of the tenant's in each second of ours: someone logs in.
  const served = await serve(context, "--speed", "3600", "--webhook", file);
  await first;
  const [{ body, ...request }] = received;
  assert.deepEqual(request, { method: "PUT", url: "/logins", authorization: "Basic Ym90OnA=" });
  assert.match(body.device, /-/);
  assert.ok(body.user.length > 0);
  for (let told = false; !told; ) {
    told = /^webhook logins: PUT http:\/\/127\.0\.0\.1:\d+\/logins 204$/m.test(served.output());
    if (!told) await once(served.child.stdout, "data");
  }
  served.child.kill();
  assert.equal(await served.ended(), 0);
});

test("a webhook that cannot be is refused before anything is served", async (context) => {
  const folder = mkdtempSync(join(tmpdir(), "webhook-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "bad.json");
  writeFileSync(
    file,
    JSON.stringify({ name: "x", url: "https://bot.example", query: "devices | list name", payload: "" }),
  );
  await assert.rejects(serve(context, "--webhook", file), /the program ended/);
  await assert.rejects(serve(context, "--webhook", join(folder, "missing.json")), /the program ended/);
});
