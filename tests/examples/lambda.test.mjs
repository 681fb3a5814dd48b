// js-examples/lambda: its handler by the events that AWS sends, in this Node and in the one of its next runtime.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createClient } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";
import { createClient as connect } from "redis";
import { authenticated } from "../../js-examples/lambda/employee.mjs";
import { handlerFor } from "../../js-examples/lambda/handler.mjs";
import { handOverTo } from "../../js-examples/service-desk/hand-over.mjs";
import { redisStore } from "../../js-examples/stores/redis.mjs";
import { missing, startRedis } from "../js/redis-server.mjs";
import { serviceDesk } from "./service-desk.mjs";

/** What API Gateway sends, with what its JWT authorizer has verified. */
const gatewayEvent = (claims, message) => ({
  version: "2.0",
  routeKey: "POST /chat",
  rawPath: "/chat",
  headers: { "content-type": "application/json" },
  requestContext: { http: { method: "POST", path: "/chat" }, authorizer: { jwt: { claims, scopes: null } } },
  body: JSON.stringify(message),
  isBase64Encoded: false,
});

/** What a function URL sends that asks for signed requests. */
const functionUrlEvent = (session, message) => ({
  version: "2.0",
  routeKey: "$default",
  rawPath: "/",
  requestContext: {
    http: { method: "POST", path: "/" },
    authorizer: {
      iam: { userArn: `arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Staff_0123456789abcdef/${session}` },
    },
  },
  body: Buffer.from(JSON.stringify(message)).toString("base64"),
  isBase64Encoded: true,
});

const alice = { upn: "amartin@acme.example" };

/** @param {(turn: object) => Promise<void>} [handOver] */
function arrive(handOver = async () => {}) {
  const tenant = createSimulator({ speed: Number.POSITIVE_INFINITY });
  const handler = handlerFor(createClient(tenant.client), handOver, authenticated);
  const ended = (path) => tenant.requests.filter((request) => request.path.endsWith(path)).length;
  return { tenant, handler, triggers: () => ended("/act/execute"), tokens: () => ended("/token") };
}

/** Says something, waits as a page does, and gives the turn in which the employee is asked, with all that was said. */
async function say({ tenant, handler }, eventOf, message) {
  const texts = [];
  for (let next = message; ; ) {
    const { statusCode, body } = await handler(eventOf(next));
    assert.equal(statusCode, 200, body);
    const turn = JSON.parse(body);
    texts.push(...turn.messages.map(({ text }) => text));
    if (turn.resumeAfterMs === undefined) return { turn, texts };
    tenant.advance(turn.resumeAfterMs);
    next = { state: turn.state };
  }
}

const yesOf = ({ state, messages }) => {
  const { id } = messages.flatMap(({ choices }) => choices).find(({ label }) => label === "Yes");
  return { state, choice: id };
};

for (const [name, eventOf] of [
  ["API Gateway", (message) => gatewayEvent(alice, message)],
  ["a function URL", (message) => functionUrlEvent(alice.upn, message)],
]) {
  test(`by events of ${name} a conversation comes from the first message to solved`, async () => {
    const place = arrive();
    const proposed = await say(place, eventOf, { text: "my Outlook keeps crashing" });
    assert.match(proposed.texts.at(-1), /^May I run “Set Outlook online” on AMARTIN-LT\?/);
    const ran = await say(place, eventOf, yesOf(proposed.turn));
    assert.equal(ran.texts.at(-1), "Did it help?");
    const { turn, texts } = await say(place, eventOf, yesOf(ran.turn));
    assert.deepEqual([turn.status, texts], ["solved", ["I'm glad that it helped. Goodbye!"]]);
    // Warm invocations have one client, and it has one token.
    assert.deepEqual([place.triggers(), place.tokens()], [1, 1]);
  });
}

test("who is asking is whom AWS has authenticated, whatever the message says", async () => {
  const place = arrive();
  const message = { text: "my Outlook keeps crashing", employee: alice, upn: alice.upn };
  const anonymous = { ...gatewayEvent({}, message), requestContext: { http: { method: "POST", path: "/" } } };
  const stranger = "arn:aws:sts::111122223333:assumed-role/some-service/amartin@acme.example";
  const service = { ...anonymous, requestContext: { authorizer: { iam: { userArn: stranger } } } };
  for (const event of [anonymous, service, gatewayEvent({ sub: "amartin" }, message)]) {
    assert.equal((await place.handler(event)).statusCode, 403);
  }
  assert.equal(place.tenant.requests.length, 0);
  const { turn } = await say(place, (given) => gatewayEvent({ upn: "jcarter@acme.example" }, given), message);
  assert.doesNotMatch(JSON.stringify(turn), /AMARTIN/);
});

test("the state of another employee begins a conversation of one's own, and triggers nothing", async () => {
  const place = arrive();
  const { turn } = await say(place, (given) => gatewayEvent(alice, given), { text: "my Outlook keeps crashing" });
  const other = (given) => gatewayEvent({ upn: "jcarter@acme.example" }, given);
  const { texts } = await say(place, other, yesOf(turn));
  assert.match(texts.join(), /^Hello/);
  assert.equal(place.triggers(), 0);
});

test("a body that is none is the caller's mistake", async () => {
  const { handler } = arrive();
  const event = gatewayEvent(alice, {});
  for (const body of ["{", '{"text":5}']) {
    assert.equal((await handler({ ...event, body })).statusCode, 400, body);
  }
});

test("what is handed over reaches the service desk, and a message that comes twice makes one ticket", async (context) => {
  const desk = await serviceDesk(context);
  const place = arrive(handOverTo(desk.url));
  const eventOf = (given) => gatewayEvent(alice, given);
  const { turn } = await say(place, eventOf, { text: "my Outlook keeps crashing" });
  for (let times = 2; times > 0; times -= 1) {
    const { texts } = await say(place, eventOf, { state: turn.state, text: "service desk" });
    assert.match(texts[0], /handing this over to the service desk/);
  }
  assert.deepEqual(
    desk.tickets().map(({ employee, symptoms }) => [employee, symptoms]),
    [[alice, "my Outlook keeps crashing"]],
  );
});

test("a schedule finds out what became of a remote action when nobody asks any more", async () => {
  const place = arrive();
  const eventOf = (given) => gatewayEvent(alice, given);
  const { turn } = await say(place, eventOf, { text: "my Outlook keeps crashing" });
  let { body } = await place.handler(eventOf(yesOf(turn)));
  let next = JSON.parse(body);
  while (next.resumeAfterMs !== undefined) {
    place.tenant.advance(60_000);
    next = await place.handler({ followUp: { state: next.state } });
  }
  assert.equal(next.status, "confirming");
  // Over HTTP nobody is the schedule.
  ({ body } = await place.handler({
    ...eventOf({ text: "my Outlook keeps crashing" }),
    followUp: { state: turn.state },
  }));
  assert.match(JSON.parse(body).messages[0].text, /^Hello/);
});

test("two instances that share a store trigger once, for the same yes at the same time", {
  skip: missing,
}, async (context) => {
  const { socket } = await startRedis(context);
  const tenant = createSimulator({ speed: Number.POSITIVE_INFINITY });
  const clients = await Promise.all([1, 2].map(() => connect({ socket: { path: socket } }).connect()));
  const places = clients.map((redis) => {
    // A network of their own, as two processes have.
    const host = { ...tenant.host, fetch: (...request) => tenant.fetch(...request) };
    const store = redisStore((...words) => redis.sendCommand(words));
    const nexthink = createClient({ ...tenant.client, host, store });
    return { tenant, handler: handlerFor(nexthink, async () => {}, authenticated) };
  });
  const eventOf = (given) => gatewayEvent(alice, given);
  try {
    const { turn } = await say(places[0], eventOf, { text: "my Outlook keeps crashing" });
    await Promise.all(places.map((place) => say(place, eventOf, yesOf(turn))));
    assert.equal(tenant.requests.filter(({ path }) => path.endsWith("/act/execute")).length, 1);
  } finally {
    // Before the server goes: they would miss it.
    for (const redis of clients) redis.destroy();
  }
});

const index = fileURLToPath(new URL("../../js-examples/lambda/index.mjs", import.meta.url));
const main = fileURLToPath(new URL("../../js-examples/lambda/main.mjs", import.meta.url));
const node22 = join(process.env.CHECKOUT, "tests", "examples", "node_modules", "node22", "bin", "node");

for (const [name, node] of [
  ["this Node", process.execPath],
  ["Node 22", node22],
]) {
  const skip = existsSync(node) ? false : "there is no Node 22 for this platform in npm: run this test with Node 22";
  test(`the example tells its story in ${name}`, { skip }, async () => {
    const { stdout } = await promisify(execFile)(node, [main], { timeout: 60_000 });
    assert.match(
      stdout,
      /^> My Outlook keeps crashing\nHello.*> Yes\n.*Did it help\?\n> Yes\nI'm glad that it helped/s,
    );
  });
}

test("for a real tenant it does not start without the store that its instances share", async () => {
  const env = {
    ...process.env,
    NEXTHINK_INSTANCE: "acme",
    NEXTHINK_REGION: "eu",
    NEXTHINK_CLIENT_ID: "id",
    NEXTHINK_CLIENT_SECRET: "secret",
  };
  await assert.rejects(promisify(execFile)(process.execPath, [index], { env }), /REDIS_URL is not set/);
});
