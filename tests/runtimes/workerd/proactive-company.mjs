// A company for js-examples/cloudflare-proactive: its tenant, its chat platform, and the Worker between them as wrangler would
// upload it.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { EventEmitter } from "node:events";
import { existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { tenantWith } from "../../../js-examples/cloudflare-proactive/tenant.mjs";
import { temporaryFolder } from "./running-worker.mjs";

/** The example's folder. */
export const example = fileURLToPath(new URL("../../../js-examples/cloudflare-proactive", import.meta.url));

// What its package.json names is installed here.
const installed = join(example, "node_modules");
if (!existsSync(installed)) {
  symlinkSync(join(process.env.CHECKOUT, "tests", "runtimes", "node_modules"), installed, "junction");
}
const { bundle, run } = await import("../../../js-examples/cloudflare-proactive/local.mjs");

const secret = "what Nexthink's connector credential sends";
const chatKey = "what the chat platform sends";

/** Bundles the Worker, for all who run it. Gives the folder, and what wrangler has said. */
export async function bundleProactive() {
  const folder = mkdtempSync(join(tmpdir(), "nexthink-chatbot-"));
  return { folder, said: await bundle(folder), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** @param {{ folder: string, limits?: object, variables?: object }} options `folder`: of the bundle; `variables`: of wrangler.jsonc */
export async function company(context, { folder, limits = {}, variables = {} }) {
  const tenant = tenantWith({ secret });
  const changes = new EventEmitter().setMaxListeners(0);
  /** What the employees have been told, in order. */
  const said = [];
  /** What the chat platform was sent and has not answered. */
  const onItsWay = [];
  let chat = "up";
  const answer = async (request) => {
    const { host, pathname } = new URL(request.url);
    if (host !== "chat.example") {
      // An export takes the tenant's time, which passes only here.
      if (pathname.includes("/nql/status/")) tenant.advance(60_000);
      const answered = await tenant.fetch(request);
      changes.emit("change");
      return answered;
    }
    assert.equal(request.headers.get("authorization"), `Bearer ${chatKey}`);
    const message = await request.json();
    if (chat === "up") said.push(message);
    if (chat === "silent") onItsWay.push(message);
    changes.emit("change");
    if (chat === "silent") await new Promise(() => {});
    return new Response(null, { status: chat === "up" ? 204 : 503 });
  };
  const { instance, region, credentials } = tenant;
  const bindings = {
    NEXTHINK_INSTANCE: instance,
    NEXTHINK_REGION: region,
    NEXTHINK_CLIENT_ID: credentials.clientId,
    NEXTHINK_CLIENT_SECRET: credentials.clientSecret,
    CHAT_URL: "https://chat.example/messages",
    CHAT_KEY: chatKey,
    CONNECTOR_SECRET: secret,
    // At whatever time the tests run.
    LIMITS: { quietHours: false, quietDays: [], ...limits },
    ...variables,
  };
  const kept = temporaryFolder(context);
  const start = () => run({ folder, bindings, answer, kept });
  let running = await start();
  context.after(() => running.end());
  const requests = (path) => tenant.requests.filter((request) => request.path.endsWith(path));
  const post = (path, token, body) =>
    running.worker.fetch(`https://worker.example/${path}`, {
      method: "POST",
      headers: { ...(token && { authorization: `Bearer ${token}` }), "content-type": "application/json" },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
  return {
    tenant,
    said,
    onItsWay,
    requests,
    triggers: () => requests("/act/execute").length,
    /** What one employee has been told. */
    saidTo: (username) => said.filter(({ employee }) => employee.username === username),
    /** Waits for what the tenant is asked, or an employee is told. */
    async until(condition) {
      while (!condition()) await new Promise((resolve) => changes.once("change", resolve));
    },
    async cron(line) {
      const { outcome } = await running.worker.scheduled({ cron: line });
      assert.equal(outcome, "ok");
    },
    /** Plans as the third cron line does. Gives how many were told, and how many are held. */
    async plan() {
      const outreach = await running.miniflare.getDurableObjectNamespace("OUTREACH");
      const { told, held } = await outreach.get(outreach.idFromName("company")).plan();
      return { told, held };
    },
    /** Hands messages to the consumer, all in one batch. */
    async tell(...bodies) {
      const messages = bodies.map((body) => ({ id: randomUUID(), timestamp: new Date(), attempts: 1, body }));
      const { outcome, explicitAcks } = await running.worker.queue("nexthink-to-tell", messages);
      assert.deepEqual([outcome, explicitAcks.length], ["ok", messages.length]);
    },
    /** What the chat platform sends of an employee. */
    reply: (username, given) => post("chat", chatKey, { id: randomUUID(), employee: { username }, ...given }),
    /** Sends the webhooks that are due. Gives the statuses. */
    async deliver() {
      const deliveries = tenant.deliveries();
      return Promise.all(
        deliveries.map(async ({ url, method, headers, body }) => {
          const { status } = await running.worker.fetch(url, { method, headers, body });
          return status;
        }),
      );
    },
    post,
    secret,
    chatKey,
    /** @param {"up" | "down" | "silent"} state `silent`: it never answers */
    setChat: (state) => {
      chat = state;
    },
    bucket: () => running.miniflare.getR2Bucket("FILES"),
    /** Ends the Worker, and starts another one, which has nothing but what was stored. */
    async restart() {
      await running.end();
      running = await start();
    },
  };
}

/** A message of the queue. */
export const messageTo = (username, device = `${username.toUpperCase()}-LT`) => ({
  id: `for ${username}`,
  employee: { username },
  playbook: "slow-pc",
  device,
});

/** A line of an export: a device whose disk is full, unless `facts` say otherwise. */
export const lineOf = (username, facts = {}) =>
  JSON.stringify({
    "device.collector.uid": `of ${username}`,
    "device.name": `${username}-LT`.toUpperCase(),
    "device.login.last_login_user_name": username,
    free_space: 2,
    ...facts,
  });
