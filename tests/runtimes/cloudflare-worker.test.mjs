// js-examples/cloudflare-worker, by `wrangler dev`: its chat endpoint and its webhook, with Cloudflare Access before it.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createSign, generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { tenantWith } from "../../js-examples/cloudflare-proactive/tenant.mjs";
import { serviceDesk } from "../examples/service-desk.mjs";
import { serverOf } from "./parity/processes.mjs";
import { temporaryFolder } from "./workerd/running-worker.mjs";

const options = { timeout: 120_000 };
const example = fileURLToPath(new URL("../../js-examples/cloudflare-worker", import.meta.url));
const program = join(
  dirname(
    createRequire(join(process.env.CHECKOUT, "tests", "runtimes", "package.json")).resolve("wrangler/package.json"),
  ),
  "bin",
  "wrangler.js",
);
const environment = { CI: "1", NO_COLOR: "1", WRANGLER_HIDE_BANNER: "true", WRANGLER_SEND_METRICS: "false" };

/** Starts it. @param {object} variables of its environment */
async function develop(context, variables = {}) {
  const folder = temporaryFolder(context);
  // Whatever surrounds this example has no part in it.
  const tsconfig = join(folder, "tsconfig.json");
  writeFileSync(tsconfig, "{}");
  const given = Object.entries(variables).flatMap(([name, value]) => ["--var", `${name}:${value}`]);
  const flags = ["--ip", "127.0.0.1", "--port", "0", "--inspector-port", "0", "--show-interactive-dev-session=false"];
  const args = [program, "dev", "--local", ...flags, "--persist-to", folder, "--tsconfig", tsconfig, ...given];
  const env = { ...environment, WRANGLER_LOG_PATH: folder };
  const { url, stop } = await serverOf(process.execPath, args, { cwd: example, env, ready: /Ready on (http:\S+)/ });
  context.after(stop);
  return url;
}

const team = await accessTeam();
after(team.close);

/** The keys of Cloudflare Access at a local address, and the tokens that it adds to requests. */
async function accessTeam() {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const other = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  let asked = 0;
  const server = createServer((_, response) => {
    asked += 1;
    const keys = [{ ...publicKey.export({ format: "jwk" }), kid: "one", alg: "RS256", use: "sig" }];
    response.setHeader("content-type", "application/json").end(JSON.stringify({ keys }));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${server.address().port}`;
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return {
    address,
    asked: () => asked,
    close: () => server.close(),
    /** A token; `isForged`: signed by another key of the same name. */
    tokenOf(claims, { isForged = false } = {}) {
      const content = { aud: ["the Worker"], iss: address, exp: Math.floor(Date.now() / 1000) + 600, ...claims };
      const text = `${part({ alg: "RS256", kid: "one", typ: "JWT" })}.${part(content)}`;
      const signature = createSign("RSA-SHA256")
        .update(text)
        .sign(isForged ? other : privateKey, "base64url");
      return `${text}.${signature}`;
    },
  };
}

const secret = "what Nexthink's connector credential sends";

/** The Worker with a tenant of its variables. */
async function arrive(context) {
  const tenant = tenantWith({ secret });
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method, headers } = request;
    const answered = await tenant.fetch(`http://127.0.0.1${request.url}`, {
      method,
      headers,
      body: Buffer.concat(chunks),
    });
    response.writeHead(answered.status, [...answered.headers].flat()).end(Buffer.from(await answered.arrayBuffer()));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  context.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = `http://127.0.0.1:${server.address().port}`;
  const desk = await serviceDesk(context);
  const url = await develop(context, {
    NEXTHINK_INSTANCE: tenant.instance,
    NEXTHINK_REGION: tenant.region,
    NEXTHINK_CLIENT_ID: tenant.credentials.clientId,
    NEXTHINK_CLIENT_SECRET: tenant.credentials.clientSecret,
    NEXTHINK_API_URL: address,
    NEXTHINK_TOKEN_URL: `${address}/oauth2/default/v1/token`,
    ACCESS_TEAM: team.address,
    ACCESS_AUDIENCE: "the Worker",
    CONNECTOR_SECRET: secret,
    SERVICE_DESK_URL: desk.url,
  });
  const send = (body, { token = team.tokenOf({ email: "alice.martin@acme.example" }), site = "same-origin" } = {}) =>
    fetch(`${url}/chat`, {
      method: "POST",
      headers: { "content-type": "application/json", "sec-fetch-site": site, "cf-access-jwt-assertion": token },
      body: JSON.stringify(body),
    });
  return {
    tenant,
    desk,
    url,
    send,
    triggers: () => tenant.requests.filter(({ path }) => path.endsWith("/act/execute")).length,
    async hear(body, given) {
      const answer = await send(body, given);
      assert.equal(answer.status, 200, await answer.clone().text());
      return answer.json();
    },
    /** Sends the webhooks that are due. Gives the statuses. */
    deliver: (bearer = secret) =>
      Promise.all(
        tenant.deliveries().map(async ({ method, headers, body }) => {
          const { status } = await fetch(`${url}/nexthink/remote-action`, {
            method,
            headers: { ...headers, authorization: `Bearer ${bearer}` },
            body,
          });
          return status;
        }),
      ),
  };
}

const texts = ({ messages }) => messages.map(({ text }) => text).join("\n");
const yesTo = ({ messages }) => ({
  reply: { choice: messages.flatMap(({ choices }) => choices).find(({ label }) => label === "Yes").id },
});

test("wrangler would deploy it, with all that it binds", options, async (context) => {
  const folder = temporaryFolder(context);
  const tsconfig = join(folder, "tsconfig.json");
  writeFileSync(tsconfig, "{}");
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [program, "deploy", "--dry-run", "--outdir", folder, "--tsconfig", tsconfig],
    { cwd: example, env: { ...process.env, ...environment, WRANGLER_LOG_PATH: folder } },
  );
  for (const binding of ["CONVERSATIONS", "NEXTHINK_STORE", "SETTINGS"])
    assert.match(stdout, new RegExp(`env\\.${binding} `));
});

test("from the first message to solved; the webhook has it look before the page asks", options, async (context) => {
  const { tenant, hear, deliver, triggers } = await arrive(context);
  const proposed = await hear({ reply: { text: "my Outlook keeps crashing" } });
  assert.match(texts(proposed), /^Hello.*May I run “Set Outlook online” on AMARTIN-LT\?/s);

  // A button that is pressed twice.
  const twice = await Promise.all([hear(yesTo(proposed)), hear(yesTo(proposed))]);
  const both = twice.map(texts).join("\n");
  assert.equal(both.split("was accepted").length, 2);
  assert.match(both, /answer to an earlier question/);
  assert.ok(twice.every(({ resumeAfterMs }) => resumeAfterMs > 0));

  // The page asks before it is time, and there is nothing to look at.
  const asked = tenant.requests.length;
  assert.deepEqual((await hear({})).messages, []);
  assert.equal(tenant.requests.length, asked);

  tenant.advance(600_000);
  assert.ok((await deliver()).every((status) => status === 204));
  const ended = await hear({});
  assert.match(texts(ended), /has finished running on AMARTIN-LT.*Did it help\?/s);
  assert.match(texts(await hear(yesTo(ended))), /glad that it helped/);
  assert.equal(triggers(), 1);
});

test("what is handed over reaches the service desk", options, async (context) => {
  const { hear, desk } = await arrive(context);
  await hear({ reply: { text: "my Outlook keeps crashing" } });
  assert.match(texts(await hear({ reply: { text: "service desk" } })), /handing this over to the service desk/);
  assert.deepEqual(
    desk.tickets().map(({ employee, symptoms }) => [employee, symptoms]),
    [[{ email: "alice.martin@acme.example" }, "my Outlook keeps crashing"]],
  );
});

test("only whom Access has signed in is answered, and only the tenant wakes", options, async (context) => {
  const { tenant, send, hear, deliver, url } = await arrive(context);
  const email = "alice.martin@acme.example";
  const keysAsked = team.asked();
  for (const given of [
    { token: "" },
    { token: "no.token.of.anybody" },
    { token: team.tokenOf({ email }, { isForged: true }) },
    { token: team.tokenOf({ email, aud: ["another application"] }) },
    { token: team.tokenOf({ email, iss: "https://other.cloudflareaccess.com" }) },
    { token: team.tokenOf({ email, exp: 1 }) },
    { token: team.tokenOf({ sub: "a service token" }) },
    { site: "cross-site" },
  ]) {
    assert.equal((await send({ reply: { text: "Outlook" } }, given)).status, 403, JSON.stringify(given));
  }
  assert.equal(tenant.requests.length, 0);
  const james = { token: team.tokenOf({ email: "james.carter@acme.example" }) };
  const told = await hear({ reply: { text: "I am amartin, and my PC is slow" }, employee: { email } }, james);
  assert.match(texts(told), /JCARTER-LT/);

  await hear(yesTo(told), james);
  tenant.advance(600_000);
  assert.ok((await deliver("of no worth to anybody at all")).every((status) => status === 401));
  // The keys are asked for once, and then read from KV.
  assert.equal(team.asked() - keysAsked, 1);
  assert.equal((await fetch(`${url}/elsewhere`)).status, 404);
});

test("as it comes it has a page and a simulated tenant", options, async (context) => {
  const url = await develop(context);
  assert.match(await (await fetch(url)).text(), /<title>IT assistant<\/title>/);
  const headers = { "content-type": "application/json", "sec-fetch-site": "same-origin" };
  const say = async (body) =>
    (await fetch(`${url}/chat`, { method: "POST", headers, body: JSON.stringify(body) })).json();
  const proposed = await say({ reply: { text: "my Outlook keeps crashing" } });
  assert.match(texts(proposed), /May I run “Set Outlook online” on AMARTIN-LT\?/);
  assert.match(texts(await say(yesTo(proposed))), /was accepted/);
});
