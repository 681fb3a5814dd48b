// js-examples/next, built and started: its route on Node and its route on the edge, and its page.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { serviceDesk } from "../examples/service-desk.mjs";
import { missing, startRedis } from "../js/redis-server.mjs";
import { tenantOverHttp } from "../mcp/tenant-over-http.mjs";
import { buildNext, startNext } from "./next-application.mjs";
import { noBrowser } from "./output.mjs";

const folder = fileURLToPath(new URL("../../js-examples/next", import.meta.url));
const options = { timeout: 120_000 };

before(async () => {
  // Its packages are linked from the checkout.
  const root = JSON.stringify(process.env.CHECKOUT);
  const config = `export default { turbopack: { root: ${root} }, outputFileTracingRoot: ${root} };\n`;
  writeFileSync(join(folder, "next.config.mjs"), config);
  await buildNext(folder);
});

const SESSION_SECRET = "the secret of the test, of 32 characters or more";
const KV_REST_API_TOKEN = "the token of the store";

const base64url = (value) => Buffer.from(value).toString("base64url");

/** The cookie that a sign-in makes. */
function sessionOf(email, { secret = SESSION_SECRET, exp = Date.now() / 1000 + 600 } = {}) {
  const content = [
    { alg: "HS256", typ: "JWT" },
    { email, exp },
  ]
    .map((part) => base64url(JSON.stringify(part)))
    .join(".");
  return `session=${content}.${createHmac("sha256", secret).update(content).digest("base64url")}`;
}

/** Redis over HTTP, as Upstash has it. */
async function redisOverHttp(context) {
  const command = (await startRedis(context)).connect();
  const server = createServer(async (request, response) => {
    const isAllowed = request.headers.authorization === `Bearer ${KV_REST_API_TOKEN}`;
    const answer = isAllowed
      ? await command(...(await json(request))).then(
          (result) => ({ result }),
          ({ message }) => ({ error: message }),
        )
      : { error: "Unauthorized" };
    response.setHeader("content-type", "application/json").end(JSON.stringify(answer));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  context.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return { KV_REST_API_URL: `http://127.0.0.1:${server.address().port}`, KV_REST_API_TOKEN };
}

/** The application with a tenant of the environment, and a store that its instances share. */
async function arrive(context) {
  const tenant = await tenantOverHttp(context);
  const desk = await serviceDesk(context);
  const store = await redisOverHttp(context);
  const variables = { ...tenant.variables, ...store, SESSION_SECRET, SERVICE_DESK_URL: desk.url };
  const address = await startNext(context, folder, variables);
  const send = (route, body, { cookie = sessionOf("alice.martin@acme.example"), site = "same-origin" } = {}) =>
    fetch(`${address}/${route}/chat`, {
      method: "POST",
      headers: { "content-type": "application/json", "sec-fetch-site": site, cookie },
      body: JSON.stringify(body),
    });
  return {
    ...tenant,
    desk,
    send,
    /** Says something, and looks again as often as there is something to look at. Gives the last turn and all that was said. */
    async say(route, message) {
      const texts = [];
      for (let next = message; ; ) {
        const answer = await send(route, next);
        assert.equal(answer.status, 200, await answer.clone().text());
        const turn = await answer.json();
        texts.push(...turn.messages.map(({ text }) => text));
        if (turn.resumeAfterMs === undefined) return { turn, texts };
        tenant.pass();
        next = { state: turn.state };
      }
    },
  };
}

const yesTo = ({ state, messages }) => {
  const { id } = messages.flatMap(({ choices }) => choices).find(({ label }) => label === "Yes");
  return { state, reply: { choice: id } };
};

for (const route of ["node", "edge"]) {
  test(`the ${route} route, from the first message to solved`, { ...options, skip: missing }, async (context) => {
    const { say, triggers } = await arrive(context);
    const proposed = await say(route, { reply: { text: "my Outlook keeps crashing" } });
    assert.match(proposed.texts.at(-1), /^May I run “Set Outlook online” on AMARTIN-LT\?/);
    const ran = await say(route, yesTo(proposed.turn));
    assert.equal(ran.texts.at(-1), "Did it help?");
    const { turn } = await say(route, yesTo(ran.turn));
    assert.deepEqual([turn.status, triggers()], ["solved", 1]);
  });
}

test("a yes that reaches both runtimes at once triggers once", { ...options, skip: missing }, async (context) => {
  const { say, triggers } = await arrive(context);
  const { turn } = await say("edge", { reply: { text: "my Outlook keeps crashing" } });
  await Promise.all([say("node", yesTo(turn)), say("edge", yesTo(turn))]);
  assert.equal(triggers(), 1);
});

test("what is handed over reaches the service desk from both runtimes", {
  ...options,
  skip: missing,
}, async (context) => {
  const { say, desk } = await arrive(context);
  for (const route of ["node", "edge"]) {
    const { turn } = await say(route, { reply: { text: `Outlook crashes on ${route}` } });
    const { texts } = await say(route, { state: turn.state, reply: { text: "service desk" } });
    assert.match(texts[0], /handing this over to the service desk/);
  }
  assert.deepEqual(
    desk.tickets().map(({ symptoms }) => symptoms),
    ["Outlook crashes on node", "Outlook crashes on edge"],
  );
});

test("only whom the sign-in has authenticated is answered", { ...options, skip: missing }, async (context) => {
  const { send } = await arrive(context);
  const alice = "alice.martin@acme.example";
  const [header, , signature] = sessionOf(alice).split(".");
  const other = base64url(JSON.stringify({ email: "james.carter@acme.example", exp: 9e9 }));
  for (const given of [
    { cookie: "" },
    { cookie: sessionOf(alice, { secret: "another secret, of 32 characters or more" }) },
    { cookie: sessionOf(alice, { exp: Date.now() / 1000 - 1 }) },
    { cookie: `${header}.${other}.${signature}` },
    { site: "cross-site" },
  ]) {
    for (const route of ["node", "edge"]) {
      assert.equal((await send(route, { reply: { text: "Outlook" } }, given)).status, 403, JSON.stringify(given));
    }
  }
  // What the message says makes nobody somebody else.
  const answer = await send("edge", {
    reply: { text: "I am jcarter, and my PC is slow" },
    employee: { username: "jcarter" },
  });
  assert.doesNotMatch(await answer.text(), /JCARTER/);
});

test("the page, with a simulated tenant", { ...options, skip: noBrowser }, async (context) => {
  const address = await startNext(context, folder);
  const { chromium } = await import("playwright-core");
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  context.after(() => browser.close());
  const page = await browser.newPage();
  await page.goto(address);
  await page.getByText("What is wrong?").waitFor();
  await page.getByLabel("Your message").fill("my Outlook keeps crashing");
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByText("May I run “Set Outlook online”").waitFor();
  await page.getByRole("button", { name: "Yes" }).click();
  await page.getByText("Did it help?").waitFor();
  await page.getByRole("button", { name: "Yes" }).click();
  await page.getByText("I'm glad that it helped").waitFor();
});

test("the edge route, with a simulated tenant of its own", options, async (context) => {
  const address = await startNext(context, folder);
  const body = JSON.stringify({ reply: { text: "my Outlook keeps crashing" } });
  const headers = { "content-type": "application/json", "sec-fetch-site": "same-origin" };
  const answer = await fetch(`${address}/edge/chat`, { method: "POST", headers, body });
  assert.match(await answer.text(), /May I run “Set Outlook online” on AMARTIN-LT/);
});
