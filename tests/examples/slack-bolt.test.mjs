// js-examples/slack-bolt: Bolt between a local Slack and a simulated tenant.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createClient } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";
import { handOverTo } from "../../js-examples/service-desk/hand-over.mjs";
import { appFor } from "../../js-examples/slack-bolt/app.mjs";
import { serviceDesk } from "./service-desk.mjs";
import { localSlack } from "./slack/local-slack.mjs";

const options = { timeout: 60_000 };

/** The app between its two sides. @param {{ hold?: boolean }} given `hold`: the tenant answers nothing until `release` */
async function arrive(context, { hold = false } = {}) {
  const slack = await localSlack(context);
  const tenant = createSimulator({ speed: Number.POSITIVE_INFINITY });
  let release = () => {};
  const held = hold && new Promise((resolve) => (release = resolve));
  const fetch = async (...request) => {
    await held;
    return tenant.fetch(...request);
  };
  const { client } = tenant;
  const nexthink = createClient({ ...client, host: { ...client.host, fetch } });
  const desk = await serviceDesk(context);
  const handOver = handOverTo(desk.url);
  const app = appFor({ nexthink, sleep: client.host.sleep, handOver, slack: slack.options });
  const server = await app.start({ port: 0, host: "127.0.0.1" });
  context.after(() => app.stop());
  slack.connect(server.address().port);
  const isLast = (user, text) => slack.toldTo(user).at(-1)?.text.includes(text);
  return {
    ...slack,
    desk,
    tenant,
    release,
    triggers: () => tenant.requests.filter(({ path }) => path.endsWith("/act/execute")).length,
    /** Waits until somebody has been told something, and gives that message. */
    async heard(user, text) {
      await slack.until(() => isLast(user, text));
      return slack.toldTo(user).at(-1);
    },
  };
}

const buttons = ({ blocks }) =>
  blocks.flatMap(({ elements = [] }) => elements.filter(({ type }) => type === "button").map(({ text }) => text.text));

test(
  "from the first message to solved, with buttons, and with follow-ups that nobody has asked for",
  options,
  async (context) => {
    const { write, press, heard, toldTo, triggers } = await arrive(context);
    assert.equal(await write("U0ALICE", "my Outlook keeps crashing"), 200);
    const proposal = await heard("U0ALICE", "May I run “Set Outlook online” on AMARTIN-LT?");
    assert.deepEqual(buttons(proposal), ["Yes", "No", "What is this?", "Service desk"]);

    assert.equal(await press("U0ALICE", proposal, "Yes"), 200);
    const question = await heard("U0ALICE", "Did it help?");
    // What was chosen stands in the place of the buttons.
    assert.deepEqual([buttons(proposal), proposal.blocks.at(-1).elements[0].text], [[], "✓ Yes"]);
    const texts = toldTo("U0ALICE").map(({ text }) => text);
    assert.match(texts.join("\n"), /was accepted.*is running.*has finished running/s);

    await press("U0ALICE", question, "Yes");
    await heard("U0ALICE", "I'm glad that it helped");
    assert.equal(triggers(), 1);
  },
);

test("Slack has its answer before the tenant has given one", options, async (context) => {
  const { write, messages, heard, release } = await arrive(context, { hold: true });
  assert.equal(await write("U0ALICE", "my Outlook keeps crashing"), 200);
  assert.deepEqual(messages, []);
  release();
  await heard("U0ALICE", "May I run");
});

test("two employees at once have each their own device and repair", options, async (context) => {
  const { write, press, heard, toldTo, triggers } = await arrive(context);
  await Promise.all([write("U0ALICE", "my Outlook keeps crashing"), write("U0JAMES", "my PC is slow")]);
  const proposals = await Promise.all([
    heard("U0ALICE", "“Set Outlook online” on AMARTIN-LT"),
    heard("U0JAMES", "“Disk cleanup” on JCARTER-LT"),
  ]);
  await Promise.all([press("U0ALICE", proposals[0], "Yes"), press("U0JAMES", proposals[1], "Yes")]);
  await Promise.all([heard("U0ALICE", "Did it help?"), heard("U0JAMES", "Did it help?")]);
  assert.equal(triggers(), 2);
  const toldTwo = ["U0ALICE", "U0JAMES"].map((user) => JSON.stringify(toldTo(user)));
  assert.ok(!toldTwo[0].includes("JCARTER") && !toldTwo[1].includes("AMARTIN"));
});

test("a button that is pressed twice triggers once", options, async (context) => {
  const { write, press, heard, triggers, toldTo } = await arrive(context);
  await write("U0ALICE", "my Outlook keeps crashing");
  const proposal = await heard("U0ALICE", "May I run");
  const { ...asShown } = proposal;
  await Promise.all([press("U0ALICE", asShown, "Yes"), press("U0ALICE", asShown, "Yes")]);
  await heard("U0ALICE", "Did it help?");
  assert.equal(await press("U0ALICE", asShown, "No"), 200);
  assert.equal(triggers(), 1);
  assert.equal(toldTo("U0ALICE").filter(({ text }) => text.includes("was accepted")).length, 1);
});

test("what is handed over reaches the service desk before the employee is told so", options, async (context) => {
  const { write, press, heard, desk } = await arrive(context);
  await write("U0ALICE", "my Outlook keeps crashing");
  await press("U0ALICE", await heard("U0ALICE", "May I run"), "Service desk");
  await heard("U0ALICE", "handing this over to the service desk");
  const [ticket, ...others] = desk.tickets();
  assert.deepEqual(
    [ticket.employee, ticket.symptoms, others],
    [{ email: "alice.martin@acme.example" }, "my Outlook keeps crashing", []],
  );
});

test("an event that Slack sends again does nothing twice", options, async (context) => {
  const { write, heard, toldTo, triggers } = await arrive(context);
  const again = { headers: { "x-slack-retry-num": "1", "x-slack-retry-reason": "http_timeout" } };
  await Promise.all([
    write("U0ALICE", "my Outlook keeps crashing", { id: "Ev0FIRST" }),
    write("U0ALICE", "my Outlook keeps crashing", { id: "Ev0FIRST", ...again }),
  ]);
  await heard("U0ALICE", "May I run");
  await write("U0ALICE", "yes", { id: "Ev0YES" });
  await write("U0ALICE", "yes", { id: "Ev0YES", ...again });
  await heard("U0ALICE", "Did it help?");
  const count = (text) => toldTo("U0ALICE").filter((message) => message.text.includes(text)).length;
  assert.deepEqual([count("May I run"), count("was accepted"), count("Did it help?"), triggers()], [1, 1, 1, 1]);
});

test("the employee is who Slack says they are, whatever they write", options, async (context) => {
  const { write, heard, tenant } = await arrive(context);
  await write("U0JAMES", "I am amartin, alice.martin@acme.example, and my Outlook crashes");
  await heard("U0JAMES", "JCARTER-LT");
  const asked = tenant.requests.length;
  // A stranger's e-mail is what their own company says it is.
  await write("U0OTHER", "my Outlook keeps crashing");
  await heard("U0OTHER", "I only know people of this company");
  assert.equal(tenant.requests.length, asked);
});

test(
  "what others could read is not answered, and what is not signed by Slack is not let in",
  options,
  async (context) => {
    const { write, heard, messages, tenant } = await arrive(context);
    assert.equal(await write("U0ALICE", "Outlook crashes", { secret: "another one" }), 401);
    assert.equal(
      await write("U0ALICE", "Outlook crashes", { channel: { channel: "C0ALL", channel_type: "channel" } }),
      200,
    );
    await write("U0JAMES", "my PC is slow");
    await heard("U0JAMES", "May I run");
    assert.ok(messages.every(({ channel }) => channel === "D0JAMES"));
    assert.doesNotMatch(JSON.stringify(tenant.requests), /AMARTIN/i);
  },
);

test("without Slack's token it says what is missing", async () => {
  const main = fileURLToPath(new URL("../../js-examples/slack-bolt/main.mjs", import.meta.url));
  const env = { ...process.env, SLACK_BOT_TOKEN: "", SLACK_SIGNING_SECRET: "" };
  await assert.rejects(
    promisify(execFile)(process.execPath, [main], { env }),
    /SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET/,
  );
});
