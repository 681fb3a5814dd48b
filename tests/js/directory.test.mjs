// A directory of employees and devices: made of exports of every shape, kept as bytes, and asked by a client first.

import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { createClient, createDirectory, createHandler, Directory, NexthinkError } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";

const now = "2026-11-18T09:00:00Z";
const uid = (number) => `e0aa796d-e3af-47b5-88d8-${String(number).padStart(12, "0")}`;

const csv = [
  "user.name,user.upn,user.ad.email_address,user.sid,device.collector.uid,device.name,operating_system.name,last_seen",
  `amartin,amartin@acme.com,Anna.Martin@acme.com,S-1-5-21-1-2-3-1104,${uid(1)},LAP-1,"Windows 11 ""23H2"",\n(64 bits)",2026-11-17T08:00:00Z`,
  `amartin,amartin@acme.com,Anna.Martin@acme.com,S-1-5-21-1-2-3-1104,${uid(2)},LAP-2,-,2026-11-18T08:00:00Z`,
  `müller,,,,${uid(2)},LAP-2,-,2026-11-16T08:00:00Z`,
  "nobody,,,,,LAP-3,,",
  "",
].join("\r\n");

const rows = [
  { "user.name": "amartin", "user.sid": "S-1-5-21-1-2-3-1104", "device.collector.uid": uid(1), name: "LAP-1" },
  { "user.name": "amartin", "user.sid": "S-1-5-21-1-2-3-1104", "device.collector.uid": uid(2), name: "LAP-2" },
];

const names = (devices) => devices.map(({ name }) => name);

const isError = (kind, message) => (error) =>
  NexthinkError.is(error) && error.kind === kind && message.test(error.message) && error.hint.length > 0;

function arrive(options) {
  const tenant = createSimulator({ devices: 0, speed: Number.POSITIVE_INFINITY, now });
  const create = (more) => createClient({ ...tenant.client, ...options, ...more });
  const asked = () => tenant.requests.filter(({ path }) => path.includes("/nql/")).length;
  return { tenant, create, asked };
}

/** The rows that the data exporter would send of these employees, out of what the tenant says of them. */
async function exported(client, usernames) {
  const found = [];
  for (const username of usernames) {
    for (const device of await client.identify({ username })) {
      found.push({
        "user.name": username,
        "device.collector.uid": device.collectorUid,
        "device.name": device.name,
        "device.operating_system.platform": device.platform,
        "device.operating_system.name": device.operatingSystem,
        "device.hardware.type": device.type,
        "device.hardware.manufacturer": device.manufacturer,
        last_seen: device.lastSeen,
      });
    }
  }
  return found;
}

test("an employee's devices are found by each identifier in any case, the latest first", async () => {
  const directory = await createDirectory(csv);
  assert.deepEqual([directory.size.devices, directory.size.employees, directory.asOf], [2, 2, "2026-11-18T08:00:00Z"]);
  for (const lookup of [
    { username: "AMartin" },
    { upn: "AMARTIN@acme.com" },
    { email: "anna.martin@acme.com" },
    { sid: "s-1-5-21-1-2-3-1104" },
  ]) {
    assert.deepEqual(names(directory.lookup(lookup)), ["LAP-2", "LAP-1"], JSON.stringify(lookup));
  }
  assert.deepEqual(directory.lookup({ collectorUid: uid(1).toUpperCase() }), [
    {
      collectorUid: uid(1),
      name: "LAP-1",
      operatingSystem: 'Windows 11 "23H2",\n(64 bits)',
      lastSeen: "2026-11-17T08:00:00Z",
      identifiedAt: "2026-11-18T08:00:00Z",
    },
  ]);
  assert.deepEqual(directory.lookup({ username: "MÜLLER" }), [
    {
      collectorUid: uid(2),
      name: "LAP-2",
      lastSeen: "2026-11-18T08:00:00Z",
      identifiedBy: "username",
      identifiedAt: "2026-11-18T08:00:00Z",
    },
  ]);
  for (const lookup of [{ username: "nobody" }, { username: "amart*" }, { deviceName: "LAP" }, { upn: "-" }]) {
    assert.deepEqual(directory.lookup(lookup), [], JSON.stringify(lookup));
  }
  for (const lookup of [{}, { username: "a", upn: "b" }, { user: "a" }, null, undefined, 5]) {
    assert.throws(() => directory.lookup(lookup), isError("invalid", /lookup/), JSON.stringify(lookup));
  }
  const { malformed, malformedRows, rows: read, notReturned } = directory.summary;
  assert.deepEqual([read, malformed, malformedRows], [3, 1, [{ line: 6, problem: "has no Collector UID" }]]);
  assert.deepEqual(notReturned, [
    "device.operating_system.platform",
    "device.hardware.type",
    "device.hardware.manufacturer",
  ]);
});

test("whose a device is, is found by its Collector UID and by its name", async () => {
  const directory = await createDirectory(csv);
  const anna = {
    username: "amartin",
    upn: "amartin@acme.com",
    email: "Anna.Martin@acme.com",
    sid: "S-1-5-21-1-2-3-1104",
  };
  assert.deepEqual(directory.employeesOf({ collectorUid: uid(1).toUpperCase() }), [anna]);
  assert.deepEqual(directory.employeesOf({ deviceName: "lap-2" }), [anna, { username: "müller" }]);
  assert.deepEqual(Directory.fromBytes(directory.toBytes()).employeesOf({ collectorUid: uid(1) }), [anna]);
  assert.deepEqual(directory.employeesOf({ deviceName: "LAP-3" }), []);
  for (const device of [{}, { username: "amartin" }, { collectorUid: uid(1), deviceName: "LAP-1" }, null, "LAP-1"]) {
    assert.throws(() => directory.employeesOf(device), isError("invalid", /employeesOf/), JSON.stringify(device));
  }
});

test("the same directory comes out of every kind of source and of every shape", async () => {
  const objects = rows.map((row) => JSON.stringify(row));
  const bytes = new TextEncoder().encode(objects.join("\n"));
  const sources = {
    "JSON lines": objects.join("\n"),
    list: `[${objects}]`,
    "object with a list": `{"sent":"now","records":[${objects}]}`,
    csv: `user.name,user.sid,device.collector.uid,name\n${rows.map((row) => Object.values(row).join()).join("\n")}`,
    bytes,
    gzip: gzipSync(bytes),
    response: new Response(bytes),
    stream: new Response(bytes).body,
    "pieces of one byte": Array.from(bytes, (byte) => Uint8Array.of(byte)),
    rows,
    "rows that come one by one": (async function* () {
      yield* rows;
    })(),
  };
  const expected = (await createDirectory(rows)).toBytes();
  for (const [name, source] of Object.entries(sources)) {
    const directory = await createDirectory(source);
    assert.deepEqual(Buffer.from(directory.toBytes()), Buffer.from(expected), name);
    assert.equal(directory.summary.rows, 2, name);
  }
});

test("bytes that were kept find the same, and any others are refused", async () => {
  const made = await createDirectory(csv);
  const bytes = made.toBytes();
  assert.equal(bytes.length, made.size.bytes);
  for (const kept of [bytes, bytes.buffer, Buffer.from(bytes)]) {
    const directory = Directory.fromBytes(kept);
    assert.deepEqual(
      [directory.size, directory.asOf, directory.notReturned, directory.summary],
      [made.size, made.asOf, made.notReturned, undefined],
    );
    for (const lookup of [{ username: "amartin" }, { email: "anna.martin@ACME.com" }, { deviceName: "lap-1" }]) {
      assert.deepEqual(directory.lookup(lookup), made.lookup(lookup));
    }
    assert.deepEqual(Buffer.from(directory.toBytes()), Buffer.from(bytes));
  }
  for (let length = 0; length < bytes.length; length += 7) {
    assert.throws(() => Directory.fromBytes(bytes.subarray(0, length)), isError("malformed", /no directory|not whole/));
  }
  for (let at = 0; at < bytes.length; at += 11) {
    const altered = bytes.slice();
    altered[at] ^= 0x40;
    assert.throws(() => Directory.fromBytes(altered), isError("malformed", /./), `${at}`);
  }
  const huge = bytes.slice();
  huge.fill(0xff, 20, 72);
  assert.throws(() => Directory.fromBytes(huge), isError("malformed", /not whole/));
  const later = bytes.slice();
  later[7] = 9;
  assert.throws(() => Directory.fromBytes(later), isError("malformed", /another version/));
  for (const none of ["x", undefined, null, {}]) {
    assert.throws(() => Directory.fromBytes(none), isError("invalid", /no bytes/));
  }
});

test("a client asks the directory first, and what it finds can be repaired", async () => {
  const { tenant, create, asked } = arrive();
  const rows = await exported(create(), ["amartin", "jcarter"]);
  const directory = await createDirectory(rows, { asOf: new Date(now) });
  const nexthink = create({ directory });
  const before = asked();
  const devices = await nexthink.identify({ username: "AMARTIN" });
  assert.equal(asked(), before);
  const [device] = devices;
  const [told] = await create().identify({ username: "amartin" });
  const { proof: _, identifiedAt: __, ...plain } = told;
  assert.deepEqual(
    { ...device, proof: undefined },
    { ...plain, source: "directory", identifiedAt: now, proof: undefined },
  );

  const employee = { username: "amartin" };
  const diagnosis = await nexthink.diagnose("outlook", device);
  const proposal = nexthink.propose(diagnosis, "offline", { employee });
  assert.equal((await nexthink.remediate(proposal.token)).accepted, true);
  // The proof holds in any process with the same key, with a directory or without.
  assert.ok(create().propose(diagnosis, "offline", { employee }).token);
  for (const other of [{ username: "jcarter" }, { upn: "amartin@acme.com" }]) {
    assert.throws(() => nexthink.propose(diagnosis, "offline", { employee: other }), isError("consent", /identify/));
  }
  for (const change of [{ source: undefined }, { name: "x" }, { identifiedAt: "2026-11-19T00:00:00Z" }]) {
    const request = { device: { ...device, ...change }, remoteActionId: "disk_cleanup", reason: "please" };
    assert.throws(() => nexthink.propose(request, { employee }), isError("consent", /altered/));
  }
  const [byName] = await nexthink.identify({ deviceName: device.name });
  assert.deepEqual([byName.source, byName.proof], ["directory", undefined]);
  const request = { device: byName, remoteActionId: "disk_cleanup", reason: "please" };
  assert.throws(() => nexthink.propose(request, { employee }), isError("consent", /identify/));
  assert.ok(tenant.requests.length > 0);
});

test("an assistant repairs a device of the directory, and never asks the tenant whose it is", async () => {
  const { tenant, create } = arrive();
  const directory = await createDirectory(await exported(create(), ["amartin"]), { asOf: new Date(now) });
  const before = tenant.requests.length;
  const assistant = create({ directory }).assistant();
  const employee = { username: "amartin" };
  let turn = await assistant.start({ employee, text: "My Outlook keeps crashing" });
  for (let looks = 0; turn.resumeAfterMs !== undefined && turn.expects === "nothing"; looks++) {
    assert.ok(looks < 50, "it comes to a question");
    tenant.advance(turn.resumeAfterMs);
    turn = await assistant.resume(turn.state);
  }
  assert.equal(turn.status, "awaiting-consent");
  const yes = turn.messages.flatMap(({ choices = [] }) => choices).find(({ style }) => style);
  turn = await assistant.reply(turn.state, { choice: yes.id });
  assert.equal(turn.status, "remediating");
  const asked = tenant.requests.slice(before).map(({ path, queryId }) => `${path} ${queryId}`);
  assert.equal(asked.filter((request) => request.includes("/act/execute")).length, 1);
  assert.ok(!asked.some((request) => request.includes("get_device_basic_infos")), asked.join("\n"));
});

test("the tenant is asked where the directory knows nothing, is too old, has no time or fails", async () => {
  const { create, asked } = arrive();
  const rows = await exported(create(), ["amartin"]);
  const hour = 3_600_000;
  const at = (hours) => ({ asOf: new Date(Date.parse(now) - hours * hour) });
  const made = (options) => createDirectory(rows, options);
  const untold = await createDirectory(rows.map(({ last_seen: _, ...row }) => row));
  assert.equal(untold.asOf, undefined);
  const nameless = await createDirectory(
    rows.map(({ "device.name": _, ...row }) => row),
    at(0),
  );
  const fresh = await made(at(1));
  const failing = {
    asOf: now,
    lookup() {
      throw new Error("gone");
    },
  };
  const rejecting = { asOf: now, lookup: () => Promise.reject(new Error("gone")) };
  const far = { asOf: now, lookup: async (identity) => fresh.lookup(identity) };
  for (const [name, options, username, source] of [
    ["an hour old", { directory: fresh }, "amartin", "directory"],
    ["asked elsewhere", { directory: far }, "amartin", "directory"],
    ["23 hours old", { directory: await made(at(23)) }, "amartin", "directory"],
    ["25 hours old", { directory: await made(at(25)) }, "amartin", undefined],
    ["older than told", { directory: fresh, directoryMaxAgeMs: hour / 2 }, "amartin", undefined],
    ["as old as told", { directory: await made(at(48)), directoryMaxAgeMs: 49 * hour }, "amartin", "directory"],
    ["of tomorrow", { directory: await made(at(-24)) }, "amartin", undefined],
    ["without a time", { directory: untold }, "amartin", undefined],
    ["without names", { directory: nameless }, "amartin", undefined],
    ["of others", { directory: fresh }, "jcarter", undefined],
    ["that throws", { directory: failing }, "amartin", undefined],
    ["that rejects", { directory: rejecting }, "amartin", undefined],
  ]) {
    const before = asked();
    const [device] = await create(options).identify({ username });
    assert.equal(device.source, source, name);
    assert.equal(asked() - before, source ? 0 : 1, name);
  }
});

test("a directory that is none is told, and a call that is cancelled is cancelled", async () => {
  const { create } = arrive();
  assert.throws(() => create({ directory: createDirectory(csv) }), isError("invalid", /directory\.lookup/));
  for (const directoryMaxAgeMs of [0, 7 * 86_400_000 + 1, 1.5]) {
    assert.throws(() => create({ directoryMaxAgeMs }), isError("invalid", /directoryMaxAgeMs/));
  }
  for (const directory of [
    { asOf: now, lookup: () => ({ name: "x" }) },
    { asOf: now, lookup: () => [{ name: "x" }] },
    { asOf: "yesterday", lookup: () => [] },
  ]) {
    await assert.rejects(create({ directory }).identify({ username: "amartin" }), isError("invalid", /`directory`/));
  }
  const stuck = { asOf: now, lookup: () => new Promise(() => {}) };
  const controller = new AbortController();
  const waiting = create({ directory: stuck }).identify({ username: "amartin" }, { signal: controller.signal });
  controller.abort();
  await assert.rejects(waiting, isError("aborted", /cancelled/));
  await assert.rejects(create({ directory: stuck }).identify({ username: "*" }), isError("invalid", /wildcard/));
});

test("rows that a data exporter sends bring a directory up to date", async () => {
  const { create } = arrive();
  let directory = await createDirectory(csv);
  const handler = createHandler(create(), {
    apiKey: "k".repeat(32),
    employee: () => ({ username: "amartin" }),
    onExport: async (rows) => {
      directory = await createDirectory(rows, { base: directory, asOf: new Date(now) });
    },
  });
  const sent = [
    { "user.name": "new", "device.collector.uid": uid(2), "device.name": "LAP-2", last_seen: "2026-11-18T09:00:00Z" },
    { "user.name": "new", "device.collector.uid": uid(9), "device.name": "LAP-9", last_seen: "2026-11-18T08:30:00Z" },
  ];
  const answer = await handler(
    new Request("https://chat.acme.com/export", {
      method: "POST",
      headers: { "content-type": "application/json", "x-api-key": "k".repeat(32) },
      body: JSON.stringify(sent),
    }),
  );
  assert.deepEqual([answer.status, await answer.json()], [200, { rows: 2 }]);
  assert.deepEqual([directory.size.devices, directory.asOf], [3, now]);
  assert.deepEqual(names(directory.lookup({ username: "new" })), ["LAP-2", "LAP-9"]);
  assert.deepEqual(names(directory.lookup({ username: "amartin" })), ["LAP-1"]);
  assert.deepEqual(names(directory.lookup({ username: "müller" })), []);
});

test("a device that an update does not speak of stays as old as it was: nobody agrees for what was theirs once", async () => {
  const { tenant, create } = arrive();
  const theirs = tenant.device("JCARTER-LT");
  const row = {
    "device.collector.uid": theirs.collectorUid,
    "device.name": "JCARTER-LT",
    "device.operating_system.platform": "Windows",
  };
  const day = (days) => new Date(Date.parse(now) + days * 86_400_000);
  const base = await createDirectory([{ ...row, "user.name": "amartin" }], { asOf: day(-30) });
  const other = { "device.collector.uid": uid(9), "device.name": "LAP-9", "user.name": "new" };
  const directory = await createDirectory([other], { base, asOf: day(0) });
  assert.deepEqual([directory.asOf, directory.lookup({ username: "new" })[0].identifiedAt], [now, now]);
  assert.equal(directory.lookup({ username: "amartin" })[0].identifiedAt, "2026-10-19T09:00:00Z");
  const [device] = await create({ directory }).identify({ username: "amartin" });
  assert.deepEqual([device.name, device.source], ["AMARTIN-LT", undefined]);

  // Whoever has a device that the update has spoken of, too, is asked for anew as long as another is too old.
  const both = await createDirectory([{ ...other, "user.name": "amartin" }], { base, asOf: day(0) });
  assert.deepEqual(names(await create({ directory: both }).identify({ username: "amartin" })), ["AMARTIN-LT"]);
  const late = await createDirectory([other], { base, asOf: day(60) });
  assert.deepEqual(names(late.lookup({ username: "amartin" })), []);
});

test("what cannot be a directory is an error that says what to do, and a signal ends the reading", async () => {
  const refused = (source, kind, message, options) =>
    assert.rejects(createDirectory(source, options), isError(kind, message));
  await refused("name,uid\na,1\n", "invalid", /no column `device.collector.uid`/);
  await refused("<html>", "invalid", /page of HTML/);
  await refused([{ name: "x" }], "invalid", /no column/);
  await refused(csv, "malformed", /line 6 has no Collector UID/, { strict: true });
  await refused(gzipSync(csv).subarray(0, 40), "malformed", /gzip/);
  await refused([5], "invalid", /neither bytes nor text/);
  await refused([{ uid: 5n }], "invalid", /cannot be written as JSON/);
  await refused(csv, "invalid", /`limit` is no option/, { limit: 5 });
  await refused(csv, "invalid", /`asOf` is not a `Date`/, { asOf: now });
  await refused(csv, "invalid", /no directory, or it was closed/, { base: {} });
  await refused(csv, "invalid", /`signal` is no `AbortSignal`/, { signal: new AbortController() });
  assert.equal((await createDirectory(csv, null)).size.devices, 2);
  for (const nothing of [undefined, null, 5, {}]) await refused(nothing, "invalid", /nothing to read/);
  const controller = new AbortController();
  let cancelled = false;
  const waiting = new ReadableStream({
    cancel() {
      cancelled = true;
    },
  });
  const reading = createDirectory(waiting, { signal: controller.signal });
  controller.abort();
  await assert.rejects(reading, isError("aborted", /cancelled/));
  assert.ok(cancelled);
  const unread = Readable.from([csv]);
  await refused(unread, "aborted", /cancelled/, { signal: controller.signal });
  await new Promise((resolve) => setImmediate(resolve));
  assert.ok(unread.destroyed);
  const progress = [];
  await createDirectory([csv.slice(0, 200), csv.slice(200)], { onProgress: (told) => progress.push(told) });
  assert.deepEqual(progress.at(-1), { rows: 3, bytes: new TextEncoder().encode(csv).length });
});

test("a directory that was closed gives its room back, and finds nothing any more", async () => {
  const directory = await createDirectory(csv);
  directory.close();
  directory.close();
  assert.throws(() => directory.lookup({ username: "amartin" }), isError("invalid", /closed/));
  assert.throws(() => directory.toBytes(), isError("invalid", /closed/));
});
