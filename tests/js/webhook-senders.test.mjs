// Who may send webhooks: by a secret that came with them, or by a signature; and what is read of a stranger.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { inspect } from "node:util";
import { bearer, now, post, secret, triggered } from "./webhook-desk.mjs";

test("a wrong secret, or none, is refused without a word on what was right", async () => {
  const { nexthink } = await triggered();
  const other = "another-secret-of-the-credential";
  const basic = (password) => ({ authorization: `Basic ${btoa(`nexthink:${password}`)}` });
  const both = { secret: [other, secret], header: "X-Webhook-Secret" };
  for (const headers of [bearer(), bearer(other), basic(secret), basic(other), { "x-webhook-secret": secret }]) {
    assert.equal((await nexthink.webhook(post("{}", headers), both)).kind, "other");
  }
  const told = new Set();
  for (const headers of [
    {},
    bearer("wrong"),
    bearer(`${secret}x`),
    basic(""),
    { "x-webhook-secret": other.slice(1) },
  ]) {
    await assert.rejects(nexthink.webhook(post("{", headers), both), (error) => {
      assert.deepEqual([error.kind, error.code, error.sideEffect], ["authentication", "webhook-credential", "none"]);
      const all = inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error);
      assert.ok(!all.includes(secret) && !all.includes(other) && !all.includes("wrong"), all);
      told.add(`${error.message} ${error.hint}`);
      return true;
    });
  }
  assert.equal(told.size, 1);
});

test("without a good secret nothing is taken", async () => {
  const { nexthink } = await triggered();
  for (const options of [
    undefined,
    {},
    { secret: "" },
    { secret: [] },
    { secret: "too-short" },
    { secret: 7 },
    { secret: null },
  ]) {
    await assert.rejects(
      nexthink.webhook(post("{}"), options),
      ({ kind, code }) => kind === "invalid" && code === undefined,
    );
  }
  await assert.rejects(nexthink.webhook(post("{}"), { secret, secrets: [] }), /`secrets` is no option of a webhook/);
  await assert.rejects(nexthink.webhook(post("{}"), { secret, header: "a b" }), { kind: "invalid" });
  await assert.rejects(nexthink.webhook(post("{}"), { secret, maxBodyBytes: 1 }), { kind: "invalid" });
});

test("a signature of Standard Webhooks lets in, for its body and for five minutes", async () => {
  const { tenant, nexthink } = await triggered();
  const [key, old] = [Buffer.alloc(24, 7), Buffer.alloc(32, 9)];
  const options = { secret: [key, old].map((bytes) => `whsec_${bytes.toString("base64")}`) };
  const seconds = Date.parse(now) / 1000;
  const sign = (id, time, body, by = key) =>
    `v1,${createHmac("sha256", by).update(`${id}.${time}.${body}`).digest("base64")}`;
  const arrive = (id, time, signature, body) =>
    nexthink.webhook(
      post(body, { "webhook-id": id, "webhook-timestamp": `${time}`, "webhook-signature": signature }),
      options,
    );
  const body = JSON.stringify({ kind: "alert", deviceName: "Zürich" });
  const good = sign("msg_1", seconds, body);
  assert.equal((await arrive("msg_1", seconds, good, body)).id, "msg_1");
  const again = await arrive("msg_1", seconds, `v1,AAAA v2,x ${sign("msg_1", seconds, body, old)}`, body);
  assert.deepEqual([again.id, again.duplicate], ["msg_1", true]);
  for (const [id, time, signature, text] of [
    ["msg_2", seconds, good, body],
    ["msg_1", seconds, good, `${body} `],
    ["msg_1", seconds - 1, good, body],
    ["msg_1", seconds, "", body],
    ["msg_1", seconds - 400, sign("msg_1", seconds - 400, body), body],
    ["msg_1", seconds + 400, sign("msg_1", seconds + 400, body), body],
  ]) {
    await assert.rejects(arrive(id, time, signature, text), { kind: "authentication" });
  }
  tenant.advance(6 * 60_000);
  await assert.rejects(arrive("msg_1", seconds, good, body), { kind: "authentication" }, "somebody has recorded it");
  await assert.rejects(nexthink.webhook(post("{}", bearer(options.secret[0])), options), { kind: "authentication" });
});

test("of a body of five megabytes little more than the limit is read, and of a stranger's nothing", async () => {
  const { nexthink } = await triggered();
  const streamed = () => {
    let pieces = 0;
    let cancelled = false;
    const body = new ReadableStream(
      {
        pull(controller) {
          if (++pieces > 80) controller.close();
          else controller.enqueue(new Uint8Array(65_536).fill(32));
        },
        cancel: () => {
          cancelled = true;
        },
      },
      { highWaterMark: 0 },
    );
    return { body, seen: () => ({ pieces, cancelled }) };
  };
  const tooLarge = { kind: "invalid", code: "webhook-size" };
  const long = streamed();
  await assert.rejects(nexthink.webhook({ headers: bearer(), body: long.body }, { secret }), tooLarge);
  assert.deepEqual(long.seen(), { pieces: 17, cancelled: true });
  const stranger = streamed();
  await assert.rejects(nexthink.webhook({ headers: {}, body: stranger.body }, { secret }), { kind: "authentication" });
  assert.equal(stranger.seen().pieces, 0);
  const announced = streamed();
  const headers = { ...bearer(), "Content-Length": "5000000" };
  await assert.rejects(nexthink.webhook({ headers, body: announced.body }, { secret }), tooLarge);
  assert.equal(announced.seen().pieces, 0);
  for (const body of ["x".repeat(5_000_000), Buffer.alloc(5_000_000), { text: "x".repeat(5_000_000) }]) {
    await assert.rejects(nexthink.webhook({ headers: bearer(), body }, { secret }), tooLarge);
  }
  const most = JSON.stringify({ text: "x".repeat(1_048_576 - 11) });
  assert.equal((await nexthink.webhook(post(most), { secret })).data.text.length, 1_048_565);
  await assert.rejects(nexthink.webhook(post(`${most} `), { secret }), tooLarge);
});
