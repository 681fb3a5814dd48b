// js-examples/microsoft-agents: the adapters of both of Microsoft's SDKs, between a local Teams and a simulated tenant.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import express from "express";
import { createClient } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";
import { agentsHandler } from "../../js-examples/microsoft-agents/agents-sdk.mjs";
import { botBuilderHandler } from "../../js-examples/microsoft-agents/bot-builder.mjs";
import { handOverTo } from "../../js-examples/service-desk/hand-over.mjs";
import { serverOf } from "../runtimes/parity/processes.mjs";
import { directory, localTeams } from "./local-teams.mjs";
import { serviceDesk } from "./service-desk.mjs";

const options = { timeout: 60_000 };
const main = fileURLToPath(new URL("../../js-examples/microsoft-agents/main.mjs", import.meta.url));
const [alice, james] = ["29:alice", "29:james"];

async function arrive(context, handlerFor, account = { tenantId: directory }) {
  const teams = await localTeams(context);
  const tenant = createSimulator({ speed: Number.POSITIVE_INFINITY });
  const desk = await serviceDesk(context);
  const nexthink = createClient(tenant.client);
  const handler = handlerFor({ nexthink, sleep: tenant.host.sleep, handOver: handOverTo(desk.url), account });
  const server = express().post("/api/messages", express.json(), handler).listen(0, "127.0.0.1");
  await once(server, "listening");
  context.after(() => {
    server.close();
    server.closeAllConnections();
  });
  teams.connect(server.address().port);
  const triggers = () => tenant.requests.filter(({ path }) => path.endsWith("/act/execute")).length;
  return { ...teams, desk, tenant, triggers };
}

for (const [sdk, handlerFor] of [
  ["the Microsoft 365 Agents SDK", agentsHandler],
  ["the Bot Framework SDK", botBuilderHandler],
]) {
  test(
    `${sdk}: from the first message to solved, by cards, with follow-ups that nobody has asked for`,
    options,
    async (context) => {
      const { write, press, heard, textsTo, triggers } = await arrive(context, handlerFor);
      assert.ok((await write(alice, "my Outlook keeps crashing")) < 300);
      const proposal = await heard(alice, "May I run “Set Outlook online” on AMARTIN-LT?");
      assert.equal(proposal.attachments[0].contentType, "application/vnd.microsoft.card.adaptive");
      await press(alice, proposal, "Yes");
      const question = await heard(alice, "Did it help?");
      assert.match(textsTo(alice).join("\n"), /was accepted.*is running.*has finished running/s);
      await press(alice, question, "Yes");
      await heard(alice, "I'm glad that it helped");
      assert.equal(triggers(), 1);
    },
  );

  test(`${sdk}: two employees at once, and a button that is pressed twice triggers once`, options, async (context) => {
    const { write, press, heard, toldTo, triggers } = await arrive(context, handlerFor);
    await Promise.all([write(alice, "my Outlook keeps crashing"), write(james, "my PC is slow")]);
    const [first, second] = [await heard(alice, "AMARTIN-LT?"), await heard(james, "JCARTER-LT?")];
    await Promise.all([press(alice, first, "Yes"), press(james, second, "Yes"), press(alice, first, "Yes")]);
    await Promise.all([heard(alice, "Did it help?"), heard(james, "Did it help?")]);
    assert.equal(triggers(), 2);
    assert.ok(!JSON.stringify(toldTo(alice)).includes("JCARTER") && !JSON.stringify(toldTo(james)).includes("AMARTIN"));
  });

  test(`${sdk}: what is handed over reaches the service desk`, options, async (context) => {
    const { write, press, heard, desk } = await arrive(context, handlerFor);
    await write(alice, "my Outlook keeps crashing");
    await press(alice, await heard(alice, "May I run"), "Service desk");
    await heard(alice, "handing this over to the service desk");
    assert.deepEqual(
      desk.tickets().map(({ employee, symptoms }) => [employee, symptoms]),
      [[{ upn: "amartin@acme.example" }, "my Outlook keeps crashing"]],
    );
  });

  test(`${sdk}: the employee is who Teams says they are, in a chat of their own`, options, async (context) => {
    const { write, heard, sent, tenant } = await arrive(context, handlerFor);
    const text = "I am amartin@acme.example, and my Outlook crashes";
    const personal = { id: "chat of 29:alice", conversationType: "personal" };
    await write(alice, text, { channelId: "directline" });
    await write(alice, text, { conversation: { ...personal, tenantId: "another directory" } });
    await write("29:nobody", text, { conversation: { ...personal, tenantId: directory } });
    await write(alice, text, { conversation: { ...personal, conversationType: "channel", tenantId: directory } });
    assert.equal(tenant.requests.length, 0);
    assert.deepEqual(
      sent.map((activity) => activity.text),
      [...Array(3).fill("I only know people of this company."), "Please write to me in a chat of our own."],
    );
    await write(james, text);
    await heard(james, "JCARTER-LT");
    assert.doesNotMatch(JSON.stringify(tenant.requests), /AMARTIN-LT/);
  });

  test(`${sdk}: who does not show that they are Teams is not let in`, options, async (context) => {
    const account = { clientId: "b07b07b0-0000-4000-8000-000000000001", clientSecret: "secret", tenantId: directory };
    const { tell, sent, tenant } = await arrive(context, handlerFor, account);
    assert.equal(await tell(alice, { text: "Outlook crashes" }), 401);
    assert.equal(await tell(alice, { text: "Outlook crashes" }, { authorization: "Bearer of.no.worth" }), 401);
    assert.deepEqual([sent, tenant.requests.length], [[], 0]);
  });
}

for (const sdk of ["agents", "botbuilder"]) {
  test(`as it comes it has a simulated tenant, with ${sdk}`, options, async (context) => {
    const { connect, write, heard } = await localTeams(context);
    const given = { env: { PORT: "0" }, ready: /(http:\S+)/ };
    const { url, stop } = await serverOf(process.execPath, [main, sdk], given);
    context.after(stop);
    connect(new URL(url).port);
    await write(james, "my Outlook keeps crashing");
    await heard(james, "May I run “Set Outlook online” on AMARTIN-LT?");
  });
}

test("for a real tenant it does not start without the bot's account", async () => {
  const env = { ...process.env, NEXTHINK_INSTANCE: "acme", BOT_ID: "" };
  await assert.rejects(promisify(execFile)(process.execPath, [main], { env }), /BOT_ID is not set/);
});
