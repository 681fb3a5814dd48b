// js-examples/web-chat, in the browsers that people have, and its server by requests that no page sends.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createClient } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";
import { handOverTo } from "../../js-examples/service-desk/hand-over.mjs";
import { serverFor } from "../../js-examples/web-chat/server.mjs";
import { drivers } from "../runtimes/parity/drivers.mjs";
import { serverOf } from "../runtimes/parity/processes.mjs";
import { serviceDesk } from "./service-desk.mjs";

/** The server, whose tenant's time passes so fast that nobody waits. @param {string} [username] whom the host has signed in */
async function arrive(context, username = "amartin") {
  const tenant = createSimulator({ speed: 100 });
  const nexthink = createClient(tenant.client);
  // What the page waits for has happened by then.
  const assistant = (...options) => {
    const { resume, ...rest } = nexthink.assistant(...options);
    const later = (...given) => {
      tenant.advance(60_000);
      return resume(...given);
    };
    return { ...rest, resume: later };
  };
  const desk = await serviceDesk(context);
  const handOver = handOverTo(desk.url);
  const server = serverFor({ nexthink: { assistant }, handOver, employeeOf: () => username && { username } });
  await once(server.listen(0, "127.0.0.1"), "listening");
  context.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const triggers = () => tenant.requests.filter(({ path }) => path.endsWith("/act/execute")).length;
  return { tenant, desk, triggers, url: `http://127.0.0.1:${server.address().port}/` };
}

const main = fileURLToPath(new URL("../../js-examples/web-chat/main.mjs", import.meta.url));

const log = 'document.querySelector("[role=log]")';

/** Resolves in the page as soon as its last message has this text. */
const told = (text) => `new Promise((resolve) => {
  const isTold = () => ${log}.lastElementChild?.textContent.includes(${JSON.stringify(text)});
  const observer = new MutationObserver(() => isTold() && (observer.disconnect(), resolve(true)));
  observer.observe(${log}, { childList: true, subtree: true });
  if (isTold()) resolve(true);
})`;

const labels =
  'JSON.stringify([...document.querySelectorAll(".choices button")].map(({ textContent }) => textContent))';

for (const { runtime, missing, open } of drivers(createRequire(import.meta.url))) {
  const options = { skip: missing && `not run: ${missing}`, timeout: 120_000 };
  test(`in ${runtime} from the first message to solved`, options, async (context) => {
    const { url, triggers } = await arrive(context);
    const { go, type, click, evaluate, close } = await open();
    context.after(close);
    await go(url);
    await evaluate(told("What is wrong?"));
    await type("#text", "my Outlook keeps crashing");
    await click("form button");
    await evaluate(told("May I run “Set Outlook online” on AMARTIN-LT?"));
    assert.deepEqual(JSON.parse(await evaluate(labels)), ["Yes", "No", "What is this?", "Service desk"]);
    await click(".choices button");
    await evaluate(told("Did it help?"));
    assert.match(
      await evaluate(`${log}.textContent`),
      /my Outlook keeps crashing.*You: Yes.*was accepted.*has finished/s,
    );
    await click(".choices button");
    await evaluate(told("I'm glad that it helped"));
    assert.deepEqual(JSON.parse(await evaluate(labels)), []);
    assert.equal(triggers(), 1);
  });
}

const [{ missing }] = drivers(createRequire(import.meta.url));
const inChromium = { skip: missing && `not run: ${missing}`, timeout: 60_000 };

test("it is used by the keyboard alone, and what is asked is labelled", inChromium, async (context) => {
  const { url } = await arrive(context);
  const { chromium } = await import("playwright-core");
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  context.after(() => browser.close());
  const page = await browser.newPage();
  const outside = [];
  page.on(
    "request",
    (request) => !request.url().startsWith(url) && !request.url().startsWith("data:") && outside.push(request.url()),
  );
  page.on("console", (message) => message.type() === "error" && outside.push(message.text()));
  await page.goto(url);
  await page.getByLabel("Your message").focus();
  await page.keyboard.type("my Outlook keeps crashing");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Yes" }).waitFor();
  // Back from the field to the first of the buttons.
  for (let more = 4; more > 0; more -= 1) await page.keyboard.press("Shift+Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Yes");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "text");
  await page.getByRole("log", { name: "Conversation" }).getByText("Did it help?").waitFor();
  assert.deepEqual(outside, []);
});

const post = (url, body, headers = { "sec-fetch-site": "same-origin" }) =>
  fetch(`${url}chat`, { method: "POST", headers, body: typeof body === "string" ? body : JSON.stringify(body) });

test("another site's request, nobody's, and one that is none are refused", async (context) => {
  const { url, tenant } = await arrive(context);
  const crossing = await post(url, { reply: { text: "Outlook" } }, { "sec-fetch-site": "cross-site" });
  const bare = await post(url, { reply: { text: "Outlook" } }, {});
  const wrong = await post(url, "{");
  const long = await post(url, JSON.stringify({ reply: { text: "x".repeat(40_000) } }));
  const elsewhere = await fetch(`${url}server.mjs`);
  assert.deepEqual(
    [crossing, bare, wrong, long, elsewhere].map(({ status }) => status),
    [403, 403, 400, 400, 404],
  );
  const anonymous = await arrive(context, "");
  assert.equal((await post(anonymous.url, { reply: { text: "Outlook" } })).status, 403);
  assert.equal(tenant.requests.length + anonymous.tenant.requests.length, 0);
});

test("a state of another employee, or one that was altered, goes nowhere", async (context) => {
  const [alice, james] = [await arrive(context), await arrive(context, "jcarter")];
  const { state } = await (await post(alice.url, { reply: { text: "my Outlook keeps crashing" } })).json();
  const stolen = await (await post(james.url, { state, reply: { text: "yes" } })).json();
  assert.doesNotMatch(JSON.stringify(stolen.messages), /AMARTIN/);
  state.device = { name: "JCARTER-LT" };
  const altered = await (await post(alice.url, { state, reply: { text: "yes" } })).json();
  assert.match(altered.messages[0].text, /^Hello/);
  assert.equal(alice.triggers() + james.triggers(), 0);
});

test("what is handed over reaches the service desk, once, and before the employee is told so", async (context) => {
  const { url, desk } = await arrive(context);
  const { state } = await (await post(url, { reply: { text: "my Outlook keeps crashing" } })).json();
  const wish = { state, reply: { text: "service desk" } };
  desk.setClosed(true);
  assert.equal((await post(url, wish)).status, 500);
  desk.setClosed(false);
  for (const answer of [await post(url, wish), await post(url, wish)]) {
    const { messages, escalation } = await answer.json();
    assert.match(messages[0].text, /handing this over to the service desk/);
    assert.equal(escalation, undefined);
  }
  assert.deepEqual(
    desk.tickets().map(({ employee, symptoms }) => [employee, symptoms]),
    [[{ username: "amartin" }, "my Outlook keeps crashing"]],
  );
});

test("as it comes it is a page with a simulated tenant", async (context) => {
  const options = { env: { PORT: "0" }, ready: /(http:\S+)/ };
  const { url, stop } = await serverOf(process.execPath, [main], options);
  context.after(stop);
  assert.match(await (await fetch(url)).text(), /<title>IT assistant<\/title>/);
  const { messages } = await (await post(url, { reply: { text: "my Outlook keeps crashing" } })).json();
  assert.match(messages.at(-1).text, /May I run “Set Outlook online” on AMARTIN-LT/);
});

test("the page has no secret, and for a real tenant it has to be said who names the employee", async (context) => {
  const { url, tenant } = await arrive(context);
  const texts = await Promise.all(["", "chat.mjs", "style.css"].map(async (name) => (await fetch(url + name)).text()));
  const { body } = await post(url, { reply: { text: "my Outlook keeps crashing" } });
  for await (const chunk of body) texts.push(Buffer.from(chunk).toString());
  assert.ok(!texts.join("").includes(tenant.credentials.clientSecret));
  const env = { ...process.env, NEXTHINK_INSTANCE: "acme" };
  await assert.rejects(promisify(execFile)(process.execPath, [main], { env }), /EMPLOYEE_HEADER is not set/);
});
