// Many calls of one client at once, every method of it: all end, each with its own answer.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient, NexthinkError } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";

const employee = { username: "amartin" };
const uuid = "e0aa796d-e3af-47b5-88d8-228cf5551fb6";

test("a thousand overlapping calls of every method all end", { timeout: 60_000 }, async () => {
  const tenant = createSimulator({
    speed: Number.POSITIVE_INFINITY,
    now: "2026-11-18T09:00:00Z",
    faults: [{ kind: "status", status: 503, probability: 0.02 }],
  });
  const events = [];
  const onEvent = (event) => events.push(event);
  const options = { ...tenant.client, onEvent, allowedRemoteActions: ["set_outlook_online"] };
  const nexthink = createClient({ ...options, maxRetries: 8 });
  const [device] = await nexthink.identify(employee);
  const diagnosis = await nexthink.diagnose("outlook", device);
  const propose = () => nexthink.propose(diagnosis, "offline", { employee });
  const run = await nexthink.remediate(propose().token);
  const { sid, upn } = tenant.employees[0];
  const methods = [
    () => nexthink.nql.execute("#get_device_basic_infos", employee),
    () => nexthink.identify(employee),
    () => nexthink.diagnose("outlook", device),
    () => nexthink.remediate(propose().token),
    () => nexthink.progress(run),
    () => nexthink.verify(run),
    () => nexthink.remoteActions.list(),
    () => nexthink.remoteActions.get("set_outlook_online"),
    () => nexthink.remoteActions.execute({ remoteActionId: "set_outlook_online", devices: [device.collectorUid] }),
    () => nexthink.workflows.list(),
    () => nexthink.workflows.get("#no_such_workflow"),
    () => nexthink.workflows.execute({ workflowId: "#no_such_workflow", devices: [uuid] }),
    () => nexthink.workflows.trigger({ workflowUuid: uuid, executionUuid: uuid }),
    () => nexthink.campaigns.trigger({ campaignNqlId: "#no_such_campaign", userSid: [sid], expiresInMinutes: 60 }),
    () => nexthink.spark.handoff({ userPrincipalName: upn, parts: [{ type: "TEXT", text: "x" }] }),
    () => nexthink.request({ method: "GET", path: "/api/v1/act/remote-action" }),
    async () => {
      const rows = [];
      for await (const row of nexthink.nql.export("#get_device_basic_infos", employee)) rows.push(row);
      return rows;
    },
  ];
  const outcomes = await Promise.allSettled(Array.from({ length: 1_000 }, (_, at) => methods[at % methods.length]()));
  const kinds = new Map();
  for (const [at, { status, value, reason }] of outcomes.entries()) {
    if (status === "rejected") {
      assert.ok(NexthinkError.is(reason), String(reason));
      kinds.set(reason.kind, (kinds.get(reason.kind) ?? 0) + 1);
      // One remote action at a time on a device: of those that overlap, most are refused.
      assert.ok(
        ["server", "not-found", "invalid", "refused"].includes(reason.kind),
        `${methods[at % methods.length]}: ${reason}`,
      );
    }
    if (at % methods.length === 1) assert.equal(value?.[0].name, "AMARTIN-LT");
  }
  const fulfilled = outcomes.filter(({ status }) => status === "fulfilled").length;
  assert.ok(fulfilled > 600, `${fulfilled}, ${JSON.stringify([...kinds])}`);
  const underWay = { now: 0, most: 0 };
  for (const { type, operation } of events) {
    // Tokens and files have no part in the budget: the one is fetched once, the others come from a storage.
    if (operation === "token.create" || operation === "nql.download") continue;
    underWay.now += type === "request" ? 1 : type === "response" ? -1 : 0;
    underWay.most = Math.max(underWay.most, underWay.now);
  }
  assert.deepEqual(underWay, { now: 0, most: 16 });
});
