// js-examples/cloudflare-proactive, as wrangler would upload it, in workerd: from a nightly export to a repaired device, with
// what comes twice, at once, late and not at all.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { bundleProactive, company, example, lineOf, messageTo } from "./workerd/proactive-company.mjs";

const options = { timeout: 120_000 };

/** The lines of wrangler.jsonc. */
const crons = { directory: "15 3 * * *", trouble: "45 3 * * *", plan: "*/10 * * * *" };

const bundle = await bundleProactive();
after(bundle.remove);

const arrive = (context, given) => company(context, { folder: bundle.folder, ...given });
const yes = (message) => ({ choice: message.choices.find(({ label }) => label === "Yes").id });

test("wrangler would deploy it, with all that it binds", options, () => {
  for (const binding of ["CONVERSATIONS", "OUTREACH", "NEXTHINK_STORE", "TO_TELL", "FILES", "LIMITS"]) {
    assert.match(bundle.said, new RegExp(`env\\.${binding} `));
  }
});

test("from the nightly export to a repaired device, with one remote action", options, async (context) => {
  const { tenant, said, saidTo, cron, plan, until, reply, deliver, triggers } = await arrive(context, {
    limits: { perHour: 60 },
  });
  await cron(crons.directory);
  await cron(crons.trouble);
  await cron(crons.plan);
  await until(() => saidTo("jcarter").length === 1);
  const [first] = saidTo("jcarter");
  assert.match(
    first.text,
    /^Hello, this is the IT assistant.*\n\nI've found one thing on JCARTER-LT:.*May I run “Disk cleanup”/s,
  );

  await Promise.all([reply("jcarter", yes(first)), reply("jcarter", yes(first))]);
  assert.equal(triggers(), 1);
  // It takes five minutes, and the alarm would ring in thirty seconds.
  tenant.advance(600_000);
  assert.ok((await deliver()).every((status) => status === 204));
  await until(() => saidTo("jcarter").at(-1).text.includes("Did it help?"));
  await reply("jcarter", yes(saidTo("jcarter").at(-1)));
  assert.match(saidTo("jcarter").at(-1).text, /glad that it helped/);
  assert.equal(triggers(), 1);

  // Nobody is told the same again, also when the next export finds it again.
  const firsts = () => said.filter(({ id }) => id.endsWith("/1")).map(({ employee }) => employee.username);
  await until(() => firsts().length === 11);
  assert.equal(new Set(firsts()).size, 11);
  assert.deepEqual(await plan(), { told: 0, held: 11 });
  await cron(crons.trouble);
  assert.deepEqual(await plan(), { told: 0, held: 11 });
});

test("no more employees are told than may be told in an hour", options, async (context) => {
  const { said, cron, plan, until } = await arrive(context, { limits: { perHour: 3 } });
  await cron(crons.trouble);
  const plans = await Promise.all([plan(), plan()]);
  assert.deepEqual(plans.map(({ told }) => told).sort(), [0, 3]);
  assert.deepEqual(await plan(), { told: 0, held: 11 });
  await until(() => said.length === 3);
  assert.equal(new Set(said.map(({ employee }) => employee.username)).size, 3);
});

test("the rows that Nexthink's HTTP exporter sends are read as an export is", options, async (context) => {
  const { post, secret, cron, until, said } = await arrive(context);
  const rows = [lineOf("jcarter"), lineOf("nberg", { free_space: 200 })];
  const answer = await post("nexthink/export", secret, rows.join("\n"));
  assert.deepEqual(await answer.json(), { rows: 2, matches: 1, malformed: 0, nameless: 0 });
  await cron(crons.plan);
  await until(() => said.length === 1);
  assert.deepEqual(said[0].employee, { username: "jcarter" });
});

test("an export that comes in several deliveries is one", options, async (context) => {
  const { post, secret, plan, until, said } = await arrive(context);
  await post("nexthink/export", secret, lineOf("jcarter"));
  await post("nexthink/export", secret, lineOf("stanaka"));
  assert.deepEqual(await plan(), { told: 2, held: 0 });
  await until(() => said.length === 2);
});

test("whose device no export names any more waits for no message", options, async (context) => {
  const { post, secret, plan } = await arrive(context, { variables: { WAITING_HOURS: 0 } });
  await post("nexthink/export", secret, lineOf("jcarter"));
  assert.deepEqual(await plan(), { told: 0, held: 0 });
});

test("who is well again by now does not stand in the way of others", options, async (context) => {
  const { post, secret, plan, until, said } = await arrive(context, { limits: { perHour: 1 } });
  // Twice as bad when the export was made; in the tenant nothing is wrong with them.
  const worst = ["NBerg", "nberg"].map((name) => lineOf(name, { outdated_office_packages: 3 }));
  await post("nexthink/export", secret, [...worst, lineOf("jcarter")].join("\n"));
  assert.deepEqual(await plan(), { told: 1, held: 1 });
  // Until the queue has brought the message, the place of this hour is taken.
  let next = await plan();
  while (next.told === 0) next = await plan();
  assert.deepEqual(next, { told: 1, held: 0 });
  await until(() => said.length === 1);
  assert.deepEqual(said[0].employee, { username: "jcarter" });
});

test("rows that name nobody, or in digits, keep nobody else from being told", options, async (context) => {
  const { post, secret, plan, until, said } = await arrive(context);
  const lines = [
    lineOf("104711", { "device.login.last_login_user_name": 104711, "device.collector.uid": 7 }),
    lineOf("nobody", { "device.login.last_login_user_name": "-" }),
    lineOf("without a device", { "device.collector.uid": null }),
    lineOf("an object", { "device.login.last_login_user_name": { name: "jcarter" } }),
    lineOf("jcarter", { "device.name": 104711 }),
  ];
  const answer = await post("nexthink/export", secret, lines.join("\n"));
  assert.deepEqual(await answer.json(), { rows: 5, matches: 5, malformed: 0, nameless: 3 });
  assert.deepEqual(await plan(), { told: 2, held: 0 });
  await until(() => said.length === 1);
  assert.deepEqual(said[0].employee, { username: "jcarter" });
});

test("a message that the queue gives twice, at once and later, begins one conversation", options, async (context) => {
  const { tell, said } = await arrive(context);
  await tell(messageTo("jcarter"), messageTo("jcarter"));
  await tell(messageTo("jcarter"));
  assert.equal(said.length, 1);
  // Who is being spoken to is not interrupted.
  await tell({ ...messageTo("jcarter"), id: "another" });
  assert.equal(said.length, 1);
});

test("the alarm looks at the remote action, also in a Worker that was started since", options, async (context) => {
  const { tenant, tell, reply, saidTo, until, triggers, restart } = await arrive(context);
  await tell(messageTo("lokafor"));
  await restart();
  await reply("lokafor", yes(saidTo("lokafor")[0]));
  await restart();
  tenant.advance(120_000);
  await until(() => saidTo("lokafor").at(-1).text.includes("Did it help?"));
  await restart();
  await reply("lokafor", yes(saidTo("lokafor").at(-1)));
  assert.match(saidTo("lokafor").at(-1).text, /glad that it helped/);
  assert.equal(triggers(), 1);
});

test("what was on its way when the object ended is said to whoever asks again", options, async (context) => {
  const { tell, reply, said, saidTo, onItsWay, until, setChat, restart, triggers } = await arrive(context);
  setChat("silent");
  const cutMessage = assert.rejects(tell(messageTo("jcarter")));
  await until(() => onItsWay.length === 1);
  await Promise.all([restart(), cutMessage]);
  setChat("up");
  await tell(messageTo("jcarter"));
  assert.deepEqual(said, onItsWay);

  const answer = { id: "a yes", ...yes(said[0]) };
  setChat("silent");
  const cutReply = assert.rejects(reply("jcarter", answer));
  await until(() => onItsWay.length === 2);
  await Promise.all([restart(), cutReply]);
  setChat("up");
  assert.equal((await reply("jcarter", answer)).status, 202);
  assert.deepEqual([saidTo("jcarter").slice(0, 2), triggers()], [onItsWay, 1]);
});

test("what was on its way when the object ended is said by its alarm, where nobody asks", options, async (context) => {
  const { tell, reply, said, saidTo, onItsWay, until, setChat, restart } = await arrive(context);
  await tell(messageTo("stanaka"));
  setChat("silent");
  const cut = [assert.rejects(tell(messageTo("jcarter"))), assert.rejects(reply("stanaka", { text: "what is this?" }))];
  await until(() => onItsWay.length === 2);
  await Promise.all([restart(), ...cut]);
  setChat("up");
  // Half a minute.
  await until(() => said.length === 3);
  assert.deepEqual([saidTo("jcarter").length, saidTo("stanaka").length], [1, 2]);
});

test("the same reply twice is one, and two different ones at once trigger at most once", options, async (context) => {
  const { tell, reply, saidTo, triggers } = await arrive(context);
  await tell(messageTo("jcarter"), messageTo("stanaka"));
  const [first] = saidTo("jcarter");
  const same = { id: "the same", ...yes(first) };
  await Promise.all([reply("jcarter", same), reply("jcarter", same)]);
  assert.deepEqual([saidTo("jcarter").length, triggers()], [2, 1]);
  const [other] = saidTo("stanaka");
  await Promise.all([reply("stanaka", yes(other)), reply("stanaka", { text: "no" })]);
  // Whichever came first: at most one more, and each was answered, one after the other.
  assert.ok(triggers() <= 2);
  assert.deepEqual(
    saidTo("stanaka").map(({ id }) => id),
    ["for stanaka/1", "for stanaka/2", "for stanaka/3"],
  );
});

test("what the chat platform did not take is said before anything else is", options, async (context) => {
  const { tell, reply, said, setChat } = await arrive(context);
  setChat("down");
  await tell(messageTo("jcarter"));
  assert.deepEqual(said, []);
  setChat("up");
  await reply("jcarter", { text: "what is this?" });
  assert.deepEqual(
    said.map(({ id }) => id),
    ["for jcarter/1", "for jcarter/2"],
  );
});

test("the directory in R2 spares the tenant a query for each employee", options, async (context) => {
  const { cron, tell, said, tenant, bucket } = await arrive(context);
  await cron(crons.directory);
  assert.ok((await (await bucket()).head("directory")).size > 1_000);
  await tell(messageTo("jcarter"));
  assert.equal(said.length, 1);
  assert.equal(tenant.requests.filter(({ queryId }) => queryId === "#get_device_basic_infos").length, 0);
});

test(
  "who has nothing to be told is left in peace, and who has several devices is told of the one",
  options,
  async (context) => {
    const { tell, said } = await arrive(context);
    await tell(messageTo("nberg"), messageTo("qroux"));
    assert.deepEqual(
      said.map(({ employee }) => employee.username),
      ["qroux"],
    );
    assert.match(said[0].text, /on QROUX-LT/);
  },
);

test("a reply that cannot be one is refused, and told what is wrong", options, async (context) => {
  const { post, chatKey, said, tell } = await arrive(context);
  await tell(messageTo("jcarter"));
  const reply = { id: "1", employee: { username: "jcarter" }, text: "yes" };
  for (const [body, wrong] of [
    ["yes", /JSON object/],
    ["null", /JSON object/],
    [{ ...reply, id: 1 }, /`id`/],
    [{ ...reply, employee: null }, /`employee\.username`/],
    [{ ...reply, employee: { username: 5 } }, /`employee\.username`/],
    [{ ...reply, text: 5 }, /`text`/],
    [{ ...reply, text: undefined, choice: 5 }, /`choice`/],
    [{ ...reply, text: " " }, /`text`/],
  ]) {
    const answer = await post("chat", chatKey, body);
    assert.equal(answer.status, 400);
    assert.match((await answer.json()).error, wrong);
  }
  assert.equal(said.length, 1);
});

test("whoever does not show the secret is not let in", options, async (context) => {
  const { post, chatKey, secret, requests, said } = await arrive(context);
  const body = { id: "1", employee: { username: "jcarter" }, text: "yes" };
  const statuses = [];
  for (const [path, token] of [
    ["chat", ""],
    ["chat", secret],
    ["nexthink/export", chatKey],
    ["nexthink/remote-action", chatKey],
    ["chat", chatKey],
    ["elsewhere", chatKey],
  ]) {
    const { status } = await post(path, token, body);
    statuses.push(status);
  }
  assert.deepEqual(statuses, [401, 401, 401, 401, 404, 404]);
  assert.deepEqual([said, requests("").length], [[], 0]);
});

test("the example tells its story", options, async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [join(example, "main.mjs")]);
  assert.match(
    stdout,
    /^cron 15 3 .*── to jcarter ──.*── from jcarter ──\nYes.*finished running.*── from jcarter ──\nYes.*glad that it helped/s,
  );
});
