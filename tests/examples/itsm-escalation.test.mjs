// js-examples/itsm-escalation, with the service desk that it brings, over HTTP on this machine.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createClient } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";
import { startDesk } from "../../js-examples/itsm-escalation/desk.mjs";
import { openIncident } from "../../js-examples/itsm-escalation/service-now.mjs";

/** What is handed over of Outlook's trouble on AMARTIN-LT. */
async function handedOver(employee = { username: "amartin" }) {
  const nexthink = createClient(createSimulator({ devices: 0, speed: Number.POSITIVE_INFINITY }).client);
  const [device] = await nexthink.identify({ username: "amartin" });
  const diagnosis = await nexthink.diagnose("outlook", device);
  const symptoms = "Outlook says it is offline";
  return nexthink.escalation([], { format: "json", employee, symptoms, diagnoses: [diagnosis] });
}

/**
 * A desk whose answers are tampered with.
 * @param {import("node:test").TestContext} context closes it with the test
 * @param {(asked: { method: string, path: string, nth: number }, pass: () => Promise<Response>) => Promise<Response>} tamper
 * `nth`: the how manieth request of this method and path it is, from 1
 */
async function deskWith(context, tamper = (_, pass) => pass()) {
  const desk = await startDesk();
  context.after(desk.close);
  const asked = [];
  const tampered = (url, init) => {
    const which = `${init.method} ${new URL(url).pathname}`;
    asked.push(which);
    const nth = asked.filter((one) => one === which).length;
    return tamper({ method: init.method, path: new URL(url).pathname, nth }, () => fetch(url, init));
  };
  return { ...desk, asked, fetch: tampered, pauseMs: 0 };
}

const failures = {
  "the answer is lost": async (pass) => {
    await pass();
    throw new TypeError("fetch failed");
  },
  "503 comes in the place of the answer": async (pass) => {
    await pass();
    return new Response("upstream timed out", { status: 503 });
  },
  "503 comes before anything is done": async () => new Response(null, { status: 503 }),
  "it is asked too often": async () => new Response(null, { status: 429 }),
};

for (const [what, fail] of Object.entries(failures)) {
  for (const path of ["/api/now/table/incident", "/api/now/attachment/file"]) {
    test(`where ${what} at ${path}, twice, there is one incident with one attachment`, async (context) => {
      const desk = await deskWith(context, (asked, pass) => {
        return asked.method === "POST" && asked.path === path && asked.nth <= 2 ? fail(pass) : pass();
      });
      const escalation = await handedOver();
      const { number } = await openIncident(desk, "chat-1", escalation);
      const { incident, attachment } = desk.tables;
      assert.deepEqual([incident.length, attachment.length, incident[0].number], [1, 1, number]);
      assert.deepEqual(JSON.parse(attachment[0].content), escalation);
      assert.equal(attachment[0].table_sys_id, incident[0].sys_id);
    });
  }
}

test("the same conversation has one incident however often it is handed over, another one has its own", async (context) => {
  const desk = await deskWith(context);
  const escalation = await handedOver();
  const first = await openIncident(desk, "chat-1", escalation);
  assert.equal((await openIncident(desk, "chat-1", escalation)).sys_id, first.sys_id);
  assert.notEqual((await openIncident(desk, "chat-2", escalation)).sys_id, first.sys_id);
  assert.deepEqual([desk.tables.incident.length, desk.tables.attachment.length], [2, 2]);
});

test("of two processes at the same moment the slower one is refused, and finds what the faster one made", async (context) => {
  const looked = [];
  // Both have looked before either makes anything.
  const desk = await deskWith(context, async ({ method, path, nth }, pass) => {
    if (method !== "GET" || path !== "/api/now/table/incident" || nth > 2) return pass();
    const answer = await pass();
    await new Promise((resolve) => {
      looked.push(resolve);
      if (looked.length === 2) for (const go of looked) go();
    });
    return answer;
  });
  const escalation = await handedOver();
  const opened = await Promise.all([1, 2].map(() => openIncident(desk, "chat-1", escalation)));
  assert.equal(opened[0].sys_id, opened[1].sys_id);
  assert.equal(desk.tables.incident.length, 1);
  assert.equal(desk.asked.filter((one) => one === "POST /api/now/table/incident").length, 2);
});

test("the incident says whose computer it is, what was found, and in which words they said it", async (context) => {
  const desk = await deskWith(context);
  await openIncident(desk, "chat-1", await handedOver());
  const { incident, sys_user, cmdb_ci_computer } = desk.tables;
  const { caller_id, cmdb_ci, short_description, description } = incident[0];
  assert.deepEqual([caller_id, cmdb_ci], [sys_user[0].sys_id, cmdb_ci_computer[0].sys_id]);
  assert.equal(short_description, "Outlook says it is offline");
  assert.match(description, /^Employee: amartin\nDevice: AMARTIN-LT, Windows 11 /);
  assert.match(description, /^Found on AMARTIN-LT: Outlook is working offline$/m);
});

test("an employee whom ServiceNow does not know has an incident, too, and a name cannot widen the search", async (context) => {
  const desk = await deskWith(context);
  await openIncident(desk, "chat-1", await handedOver({ username: "nobody" }));
  assert.equal(desk.tables.incident[0].caller_id, undefined);
  const escalation = await handedOver({ username: "x^ORuser_name=amartin" });
  await assert.rejects(openIncident(desk, "chat-2", escalation), /no value to look for user_name by/);
});

test("what is refused is not repeated, and the error has no password in it", async (context) => {
  const desk = await deskWith(context);
  const error = await openIncident({ ...desk, password: "wrong" }, "chat-1", await handedOver()).catch(
    (thrown) => thrown,
  );
  assert.equal(error.message, "ServiceNow answered GET table/incident with 401");
  assert.equal(desk.asked.length, 1);
});

test("a desk that is down is given up after five times", async (context) => {
  const desk = await deskWith(context, async () => new Response(null, { status: 502 }));
  await assert.rejects(openIncident(desk, "chat-1", await handedOver()), /with 502$/);
  assert.equal(desk.asked.length, 5);
});

test("the example runs: repairs that fail end in one ticket that tells of them", async () => {
  const main = fileURLToPath(new URL("../../js-examples/itsm-escalation/main.mjs", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [main], { timeout: 60_000 });
  assert.match(stdout, /^The service desk knows all of this, as INC0010001\.$/m);
  assert.match(stdout, /gets INC0010001\.$/m);
  assert.match(stdout, /^Tried: Set Outlook online: failed \(Access to the registry was denied\.\), helped: unknown$/m);
  assert.match(stdout, /^1 attachment, 1 incident$/m);
});
