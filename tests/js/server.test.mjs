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

/** A file with a webhook about what happens on every device every hour, to an address. */
function webhookFile(context, name, url) {
  const folder = mkdtempSync(join(tmpdir(), "webhook-"));
  context.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "webhook.json");
  const webhook = {
    name,
    query: "remote_action.executions | where status == success | list device.name, remote_action.nql_id",
    url,
    resource: "hooks?key=hidden",
    payload: '{"device":"{{device.name}}","action":"{{nql_id}}"}',
    credential: { type: "bearer", token: "secret-of-the-receiver" },
  };
  writeFileSync(file, JSON.stringify(webhook));
  return file;
}

/** An HTTP server of a few lines, and the requests that came. */
async function receiver(context, status) {
  const came = [];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    came.push({ request, body: String(Buffer.concat(chunks)) });
    response.writeHead(status, { location: "/elsewhere" }).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  context.after(() => server.close());
  return { came, url: `http://127.0.0.1:${server.address().port}` };
}

/** Waits until a served tenant has told something. */
async function told(served, pattern) {
  while (!pattern.test(served.output())) await once(served.child.stdout, "data");
  return served.output();
}

test("webhooks are sent for real, each told with its status and without a secret", async (context) => {
  const [good, moved] = await Promise.all([receiver(context, 204), receiver(context, 302)]);
  const files = [webhookFile(context, "to the bot", good.url), webhookFile(context, "moved", moved.url)];
  const served = await serve(context, "--speed", "600", ...files.flatMap((file) => ["--webhook", file]));
  await told(served, /^webhook to the bot: POST \S+ 204$/m);
  const output = await told(served, /^webhook moved: POST \S+ 302$/m);
  assert.ok(output.includes(`webhook to the bot: POST ${good.url}/hooks 204\n`));
  assert.ok(!output.includes("secret-of-the-receiver") && !output.includes("hidden"), output);
  const [{ request, body }] = good.came;
  assert.deepEqual(
    [request.method, request.url, request.headers.authorization, request.headers["content-type"]],
    ["POST", "/hooks?key=hidden", "Bearer secret-of-the-receiver", "application/json"],
  );
  assert.deepEqual(Object.keys(JSON.parse(body)), ["device", "action"]);
  assert.ok(
    moved.came.every(({ request }) => request.url === "/hooks?key=hidden"),
    "a redirect is not followed",
  );
});

test("a receiver that is down is told in one line for each delivery, and the tenant goes on", async (context) => {
  const { url } = await receiver(context, 200);
  const down = createServer().listen(0, "127.0.0.1");
  await once(down, "listening");
  const { port } = down.address();
  await new Promise((resolve) => down.close(resolve));
  const file = webhookFile(context, "down", `http://127.0.0.1:${port}`);
  const other = webhookFile(context, "up", url);
  const served = await serve(context, "--speed", "600", "--webhook", file, "--webhook", other);
  await told(served, /^webhook up: /m);
  const output = await told(served, /^webhook down: .*$/m);
  assert.match(output, /^webhook down: POST \S+\/hooks failed: .*ECONNREFUSED.*; it is not sent again$/m);
  assert.equal((await requestToken(served)).status, 200);
  served.child.kill();
  assert.equal(await served.ended(), 0);
});

test("what hangs at a receiver does not keep the tenant from ending", async (context) => {
  const server = createServer(() => {}).listen(0, "127.0.0.1");
  const arrived = once(server, "request");
  await once(server, "listening");
  context.after(() => server.closeAllConnections());
  context.after(() => server.close());
  const file = webhookFile(context, "slow", `http://127.0.0.1:${server.address().port}`);
  const served = await serve(context, "--speed", "600", "--webhook", file);
  await arrived;
  const began = performance.now();
  served.child.kill();
  assert.equal(await served.ended(), 0);
  assert.ok(performance.now() - began < 5_000, "less than a receiver has to answer");
});
