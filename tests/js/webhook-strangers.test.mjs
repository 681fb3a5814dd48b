// Webhooks that strangers send, that a device's name has changed, and that come again: what is read of them, and whose they are.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";

const secret = "the-secret-of-the-connector-credential";
const headers = { authorization: `Bearer ${secret}` };
const now = "2026-11-18T09:00:00Z";
const day = 86_400_000;

function company() {
  const tenant = createSimulator({ devices: 0, speed: Number.POSITIVE_INFINITY, now });
  return { tenant, nexthink: createClient(tenant.client) };
}

test("an alert that comes again is news once a day", async () => {
  const { tenant, nexthink } = company();
  const body = JSON.stringify({ kind: "alert", monitor: "Disk full", deviceName: "LAP-1" });
  const told = [];
  for (const later of [0, 0, 3 * day, 30 * day, day / 2]) {
    tenant.advance(later);
    told.push((await nexthink.webhook({ headers, body }, { secret })).duplicate);
  }
  assert.deepEqual(told, [false, true, false, false, true]);
});

test("whoever names a device cannot turn its webhooks to another's run", async () => {
  const { nexthink } = company();
  const employee = { username: "amartin" };
  const [device] = await nexthink.identify(employee);
  const diagnosis = await nexthink.diagnose("outlook", device);
  const proposal = nexthink.propose(diagnosis, diagnosis.recommendations[0], { employee, reference: "INC-7" });
  const { reference } = await nexthink.remediate(proposal.token);
  const template = '{"deviceName":"{{device.name}}","externalReference":"{{external_reference}}"}';
  const filled = (name, own) => template.replace("{{device.name}}", name).replace("{{external_reference}}", own);
  for (const options of [{ secret }, { secret, template }]) {
    const { run } = await nexthink.webhook({ headers, body: filled("A", reference) }, options);
    assert.equal(run.reference, reference);
    const body = filled(`A","externalReference":"${reference}","x":"`, "INC-8#p-1");
    await assert.rejects(nexthink.webhook({ headers, body }, options), { kind: "invalid", code: "webhook-payload" });
  }
});

test("of a body is read nothing whose signature is too old or none, and the most that is allowed where it may be right", async () => {
  const { nexthink } = company();
  const options = { secret: `whsec_${Buffer.alloc(32, 7).toString("base64")}`, maxBodyBytes: 131_072 };
  const code = `v1,${Buffer.alloc(32).toString("base64")}`;
  const seconds = Date.parse(now) / 1000;
  for (const [timestamp, signature, expected, read] of [
    [1, code, { kind: "authentication" }, 0],
    [seconds, "v1,AAAA nothing", { kind: "authentication" }, 0],
    [seconds, code, { kind: "invalid", code: "webhook-size" }, 3],
  ]) {
    let pieces = 0;
    const pull = (controller) => {
      pieces += 1;
      controller.enqueue(new Uint8Array(65_536));
    };
    const request = {
      headers: { "webhook-id": "msg_1", "webhook-timestamp": `${timestamp}`, "webhook-signature": signature },
      body: new ReadableStream({ pull }, { highWaterMark: 0 }),
    };
    await assert.rejects(nexthink.webhook(request, options), expected);
    assert.equal(pieces, read, `${timestamp} ${signature}`);
  }
});
