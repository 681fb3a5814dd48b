// The whole story in a terminal: `npm start`. The Worker runs in Cloudflare's own runtime on this machine; the tenant is a
// simulated one, whose time passes sixty times as fast as ours; and this program is the chat platform, and the employee.

import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { unstable_startWorker as startWorker } from "wrangler";
import { serve } from "./server.mjs";
import { tenantWith } from "./tenant.mjs";

const employee = "jcarter";
const chatKey = randomUUID();
const secret = randomUUID();

const tenant = tenantWith({ secret, speed: 60 });
let done;
const solved = new Promise((resolve) => {
  done = resolve;
});

const outside = await serve(async (request) => {
  if (new URL(request.url).pathname !== "/messages") return tenant.fetch(request);
  const message = await request.json();
  const isOurs = message.employee.username === employee;
  console.log(`\n── to ${message.employee.username} ──\n${isOurs ? message.text : message.text.split("\n")[0]}`);
  // After the answer: an employee takes their time.
  if (isOurs) setTimeout(() => answer(message), 1_000);
  return new Response(null, { status: 204 });
});

const text = (value) => ({ type: "plain_text", value });
const worker = await startWorker({
  config: fileURLToPath(new URL("wrangler.jsonc", import.meta.url)),
  bindings: {
    NEXTHINK_INSTANCE: text(tenant.instance),
    NEXTHINK_REGION: text(tenant.region),
    NEXTHINK_CLIENT_ID: text(tenant.credentials.clientId),
    NEXTHINK_CLIENT_SECRET: text(tenant.credentials.clientSecret),
    NEXTHINK_API_URL: text(outside.url),
    NEXTHINK_TOKEN_URL: text(`${outside.url}/oauth2/default/v1/token`),
    CHAT_URL: text(`${outside.url}/messages`),
    CHAT_KEY: text(chatKey),
    CONNECTOR_SECRET: text(secret),
    // Three employees, at whatever time of day.
    LIMITS: { type: "json", value: { perHour: 3, quietHours: false, quietDays: [] } },
  },
  dev: { persist: false, server: { port: 0 }, inspector: false, logLevel: "error", watch: false },
});
await worker.ready;

async function answer({ choices }) {
  const yes = choices.find(({ label }) => label === "Yes");
  if (!yes) return;
  console.log(`\n── from ${employee} ──\nYes`);
  await worker.fetch("http://worker/chat", {
    method: "POST",
    headers: { authorization: `Bearer ${chatKey}` },
    body: JSON.stringify({ id: randomUUID(), employee: { username: employee }, choice: yes.id }),
  });
  if (choices.length === 3) done();
}

/** What Nexthink does of itself. */
const webhooks = setInterval(() => {
  for (const { url, method, headers, body } of tenant.deliveries()) void worker.fetch(url, { method, headers, body });
}, 500);

for (const [line, what] of [
  ["15 3 * * *", "the directory is made"],
  ["45 3 * * *", "the export is read"],
  ["*/10 * * * *", "the messages are planned"],
]) {
  console.log(`cron ${line}: ${what}`);
  await worker.scheduled({ cron: line });
}

await solved;
clearInterval(webhooks);
await worker.dispose();
await outside.close();
