// The whole story in a terminal: `npm start`. The Worker runs in Cloudflare's own runtime on this machine; the tenant is a
// simulated one, whose time passes sixty times as fast as ours; and this program is the chat platform, and the employee.

import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundle, run } from "./local.mjs";
import { tenantWith } from "./tenant.mjs";

const username = "jcarter";
const [chatKey, secret] = [randomUUID(), randomUUID()];
const tenant = tenantWith({ secret, speed: 60 });

let hear;
let heard = new Promise((resolve) => {
  hear = resolve;
});

/** Whatever the Worker fetches: the chat platform is asked, or the tenant. */
async function answer(request) {
  if (new URL(request.url).host !== "chat.example") return tenant.fetch(request);
  const message = await request.json();
  const isOurs = message.employee.username === username;
  if (isOurs) console.log(`\n── to ${username} ──\n${message.text}`);
  else console.log(`(${message.employee.username} is told something, too)`);
  if (isOurs && message.choices.length > 0) hear(message);
  return new Response(null, { status: 204 });
}

const folder = mkdtempSync(join(tmpdir(), "nexthink-proactive-"));
await bundle(folder);
const { worker, end } = await run({
  folder,
  answer,
  bindings: {
    NEXTHINK_INSTANCE: tenant.instance,
    NEXTHINK_REGION: tenant.region,
    NEXTHINK_CLIENT_ID: tenant.credentials.clientId,
    NEXTHINK_CLIENT_SECRET: tenant.credentials.clientSecret,
    CHAT_URL: "https://chat.example/messages",
    CHAT_KEY: chatKey,
    CONNECTOR_SECRET: secret,
    // At whatever time of day.
    LIMITS: { quietHours: false, quietDays: [] },
  },
});

/** What Nexthink does of itself. */
const webhooks = setInterval(() => {
  for (const { url, method, headers, body } of tenant.deliveries()) void worker.fetch(url, { method, headers, body });
}, 250);

for (const [cron, what] of [
  ["15 3 * * *", "the directory of employees and devices is made"],
  ["45 3 * * *", "the export of all devices is read"],
  ["*/10 * * * *", "the messages are planned"],
]) {
  console.log(`cron ${cron}: ${what}`);
  await worker.scheduled({ cron });
}

/** The employee says yes to what they are asked. */
async function sayYes() {
  const { choices } = await heard;
  heard = new Promise((resolve) => {
    hear = resolve;
  });
  console.log(`\n── from ${username} ──\nYes`);
  const { id: choice } = choices.find(({ label }) => label === "Yes");
  const body = JSON.stringify({ id: randomUUID(), employee: { username }, choice });
  await worker.fetch("https://worker.example/chat", {
    method: "POST",
    headers: { authorization: `Bearer ${chatKey}` },
    body,
  });
}

await sayYes(); // May I run “Disk cleanup”?
await sayYes(); // Did it help?

clearInterval(webhooks);
await end();
rmSync(folder, { recursive: true });
