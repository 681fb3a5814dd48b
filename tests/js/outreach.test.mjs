// Who is told what, before anybody complains: from an export to conversations.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { createClient, createDirectory, NexthinkError, planOutreach, scan } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";
import { shown } from "./documented.mjs";

const noon = new Date("2026-11-18T12:00:00Z");
const never = { quietHours: false, quietDays: [] };

const found = (upn, device = "PC", rules = ["disk-full"]) => ({
  employee: { upn },
  device,
  playbook: "slow-pc",
  rules,
});

async function collected(source, playbook) {
  const matches = [];
  for await (const match of scan(source, playbook)) matches.push(match);
  return matches;
}

function refused(call, message, hint = /./) {
  assert.throws(call, (error) => {
    assert.ok(NexthinkError.is(error), String(error));
    assert.equal(error.kind, "invalid");
    assert.match(error.message, message);
    assert.match(error.hint, hint);
    return true;
  });
}

/** Every object that was given is in one entry, once. */
function heldOrSent(plan, matches) {
  const all = [...plan.send, ...plan.held].flatMap((entry) => entry.matches);
  assert.equal(all.length, matches.length);
  assert.deepEqual(new Set(all), new Set(matches));
}

const options = { speed: Number.POSITIVE_INFINITY, now: "2026-11-18T09:00:00Z", devices: 120 };

test("an export becomes messages to employees, and each of them a conversation", async () => {
  const tenant = createSimulator(options);
  const nexthink = createClient(tenant.client);
  const query = `devices past 7d
    | include device_performance.events during past 24h
    | compute free_space = system_drive_free_space.avg() / 1000000000
    | list collector.uid, device.name, login.last_login_user_name, operating_system.platform, free_space,
      boot.days_since_last_full_boot`;
  tenant.setQuery("#all_devices", query);
  const matches = await collected(nexthink.nql.export("#all_devices"), "slow-pc");
  assert.ok(matches.length > 5, `${matches.length} matches`);
  const employeeOf = ({ row }) => ({ username: row["device.login.last_login_user_name"] });
  const plan = planOutreach(matches, {
    employeeOf,
    limits: { perHour: 4, timeZone: "Europe/Zurich" },
    now: noon,
  });
  heldOrSent(plan, matches);
  assert.equal(plan.send.length, 4);
  assert.deepEqual(new Set(plan.held.map(({ reason }) => reason)), new Set(["hourly-limit"]));
  assert.equal(plan.nextAt, "2026-11-18T13:00:00Z");
  const assistant = nexthink.assistant();
  for (const { employee, playbook, about, devices, matches: own } of plan.send) {
    assert.equal(playbook, "slow-pc");
    assert.deepEqual(about, [{ playbook, rules: [...new Set(own.flatMap(({ matched }) => matched))] }]);
    assert.equal(devices[0].name, own[0].row["device.name"]);
    assert.ok(own[0].recommendations[0].title.length > 0);
    const turn = await assistant.start({ employee, playbook });
    assert.ok(turn.messages[0].text.length > 0);
    assert.equal(turn.state.employee.username, employee.username);
  }
});

test("the example of the documentation tells employees, and goes on where it stopped", async () => {
  const here = dirname(fileURLToPath(import.meta.url));
  const code = shown("docs/proactive.md", "## Messages to employees");
  writeFileSync(join(here, "telling.mjs"), code.replace("perHour: 100", "perHour: 2"));
  const { tellEmployees } = await import(join(here, "telling.mjs"));
  const owners = ["1", "2", "3"].map((uid) => ({ "device.collector.uid": uid, "user.upn": `e${uid}@acme.com` }));
  const directory = await createDirectory(owners);
  const file = "device.collector.uid,free_space\n1,3\n2,3\n3,3\n4,3\n";
  const told = [];
  const queue = { send: async (message) => told.push(message) };
  const table = new Map();
  const next = await tellEmployees(file, { directory, table, queue, now: noon });
  assert.deepEqual([told.length, table.size, next], [2, 2, "2026-11-18T13:00:00Z"]);
  await tellEmployees(file, { directory, table, queue, now: new Date(next) });
  assert.deepEqual(told.map(({ employee }) => employee.upn).sort(), ["e1@acme.com", "e2@acme.com", "e3@acme.com"]);
  assert.equal(new Set(told.map(({ key }) => key)).size, 3);
  await tellEmployees("free_space\n99\n", { directory, table, queue, now: new Date("2027-01-18T13:00:00Z") });
  assert.equal(table.size, 0);
});

test("who runs plans at the times they tell gets everything out, and never more than an hour bears", async () => {
  const matches = Array.from({ length: 25 }, (_, number) => found(`e${number}@acme.com`));
  const sent = [];
  let now = noon;
  for (let run = 0; run < 10 && sent.length < matches.length; run++) {
    const plan = planOutreach(matches, { limits: { perHour: 7, timeZone: "Asia/Kolkata" }, now, sent });
    heldOrSent(plan, matches);
    for (const { record } of plan.send) sent.push(JSON.parse(JSON.stringify(record)));
    const lastHour = sent.filter(({ at }) => now - new Date(at) < 3_600_000);
    assert.ok(lastHour.length <= 7);
    now = new Date(plan.nextAt ?? Number.NaN);
  }
  assert.equal(new Set(sent.map(({ employee }) => employee.upn)).size, 25);
  const times = [...new Set(sent.map(({ at }) => at))];
  // In Kolkata it is 17:30 at noon: after the first seven it is night until 02:30.
  assert.deepEqual(times, [
    "2026-11-18T12:00:00Z",
    "2026-11-19T02:30:00Z",
    "2026-11-19T03:30:00Z",
    "2026-11-19T04:30:00Z",
  ]);
});

test("each employee's own clock counts, by the time zones that the runtime knows", () => {
  const zones = {
    "a@acme.com": "Europe/Zurich", // 18:30
    "b@acme.com": "America/New_York", // 12:30
    "c@acme.com": "Asia/Kolkata", // 23:00
    "d@acme.com": "+09:00", // 02:30 on Thursday
    "e@acme.com": "Mars/Olympus",
    "f@acme.com": undefined,
    "g@acme.com": "Pacific/Kiritimati", // 07:30 on Thursday, at +14
  };
  const asked = [];
  const timeZoneOf = ({ upn }, matches) => {
    asked.push([upn, matches.length]);
    return zones[upn.toLowerCase()];
  };
  const matches = Object.keys(zones).map((upn) => found(upn));
  const limits = { timeZone: "America/Los_Angeles", timeZoneOf };
  const plan = planOutreach([...matches, found("A@ACME.COM")], { limits, now: new Date("2026-11-18T17:30:00Z") });
  assert.deepEqual(plan.send.map(({ employee }) => employee.upn).sort(), ["b@acme.com", "f@acme.com"]);
  const held = plan.held.map(({ employee, reason, until }) => [employee.upn.toLowerCase(), reason, until]);
  assert.deepEqual(held, [
    ["g@acme.com", "quiet-hours", "2026-11-18T18:00:00Z"],
    ["d@acme.com", "quiet-hours", "2026-11-18T23:00:00Z"],
    ["c@acme.com", "quiet-hours", "2026-11-19T02:30:00Z"],
    ["a@acme.com", "quiet-hours", "2026-11-19T07:00:00Z"],
    ["e@acme.com", "unknown-time-zone", undefined],
  ]);
  assert.equal(plan.nextAt, "2026-11-18T18:00:00Z");
  assert.deepEqual(asked.map(([upn, count]) => `${upn.toLowerCase()} ${count}`).sort()[0], "a@acme.com 2");
  assert.equal(asked.length, 7, "once for each employee");
});

test("what is held over a change of the clocks goes out in the morning of the new time", () => {
  const until = (timeZone, now) => {
    const { held } = planOutreach([found("a")], { limits: { timeZone }, now: new Date(now) });
    return held[0].until;
  };
  // Both in the night from Saturday to Sunday, so it is Monday at 08:00 that counts.
  assert.equal(until("Europe/Zurich", "2027-03-26T20:00:00Z"), "2027-03-29T06:00:00Z");
  assert.equal(until("Europe/Zurich", "2027-10-29T20:00:00Z"), "2027-11-01T07:00:00Z");
  assert.equal(until("America/New_York", "2027-03-13T01:00:00Z"), "2027-03-15T12:00:00Z");
  assert.equal(until("Australia/Lord_Howe", "2027-04-02T12:00:00Z"), "2027-04-04T21:30:00Z");
  assert.equal(until("Asia/Kolkata", "2027-03-26T20:00:00Z"), "2027-03-29T02:30:00Z");
});

test("without `Intl` offsets do, and names are refused", () => {
  const known = globalThis.Intl;
  const plan = (timeZone) => planOutreach([found("a")], { limits: { timeZone }, now: noon });
  try {
    delete globalThis.Intl;
    assert.equal(plan("+01:00").send.length, 1);
    assert.equal(plan("UTC").send.length, 1);
    refused(() => plan("Europe/Zurich"), /no `Intl`/, /\+09:00/);
  } finally {
    globalThis.Intl = known;
  }
});

test("what scans by several playbooks have found is planned together, each by its own", async () => {
  const own = {
    id: "stock",
    version: "1",
    title: { en: "Stock" },
    query: {
      id: "#stock",
      text: "devices during past 7d | where name == $device_name | list collector.uid, device.name, free_space",
    },
    rules: [{ id: "low", when: "free_space < 50", reason: { en: "low" }, advice: { en: "Ask for a new one" } }],
  };
  const rows = [{ "device.name": "PC", "user.upn": "vera@acme.com", free_space: 3 }];
  const matches = [...(await collected(rows, "slow-pc")), ...(await collected(rows, own))];
  const { send } = planOutreach(matches, { limits: never, now: noon, playbook: "onedrive" });
  assert.deepEqual(
    send.map(({ about }) => about),
    [
      [
        { playbook: "slow-pc", rules: ["disk-full"] },
        { playbook: "stock", rules: ["low"] },
      ],
    ],
  );
});

test("rows tell their employees by their columns, and matches that name nobody are held", async () => {
  const csv = `name,user.upn,user.sid,free_space
one,Vera@ACME.com,S-1,3
two,,S-1,2
three,-,,1
four,vera@acme.com,,3
`;
  // As from a table that has kept no more of them.
  const matches = (await collected(csv, "slow-pc")).map(({ row, matched }) => ({ row, matched }));
  const plan = planOutreach(matches, { playbook: { id: "slow-pc" }, limits: never, now: noon });
  heldOrSent(plan, matches);
  assert.equal(plan.send.length, 1);
  assert.deepEqual(plan.send[0].employee, { upn: "Vera@ACME.com", sid: "S-1" });
  assert.deepEqual(
    plan.send[0].devices.map(({ name }) => name),
    ["four", "one", "two"],
  );
  assert.deepEqual(
    plan.held.map(({ reason, matches: [{ row }] }) => [reason, row.name]),
    [["no-employee", "three"]],
  );
});

test("a device of several employees is held, unless the caller chooses one", () => {
  const owners = { PC: [{ upn: "a" }, { upn: "b" }], LAPTOP: [{ upn: "A" }, { upn: "a" }], KIOSK: [] };
  const matches = Object.keys(owners).map((device) => ({ device, playbook: "disk", rules: ["disk-full"] }));
  const plan = planOutreach(matches, { limits: never, now: noon, employeeOf: ({ device }) => owners[device] });
  heldOrSent(plan, matches);
  assert.deepEqual(
    plan.held.map(({ reason, matches: [{ device }] }) => [reason, device]),
    [
      ["no-employee", "KIOSK"],
      ["several-employees", "PC"],
    ],
  );
  const first = planOutreach(matches, { limits: never, now: noon, employeeOf: ({ device }) => owners[device][0] });
  assert.deepEqual(first.send[0].matches.length, 2);
});

test("matches of one's own, diagnoses among them, tell what they are about in several ways", async () => {
  const diagnosis = {
    playbook: { id: "outlook", version: "1.0.0" },
    device: { collectorUid: "11", name: "PC", platform: "Windows" },
    recommendations: [{ rule: "offline", title: "Set Outlook online" }],
    employee: { username: "vera" },
  };
  const whole = { employee: { username: "VERA" }, playbook: "disk" };
  const { send } = planOutreach([whole, diagnosis], { limits: never, now: noon, severityOf: () => 1 });
  assert.deepEqual(send[0].about, [
    { playbook: "disk", rules: [] },
    { playbook: "outlook", rules: ["offline"] },
  ]);
  assert.deepEqual(send[0].devices, [{ collectorUid: "11", name: "PC" }]);
  const graver = planOutreach([whole, diagnosis], { limits: never, now: noon, severityOf: (one) => one.device && 2 });
  assert.equal(graver.send[0].playbook, "outlook");
});

test("shuffled matches, and records in another order, give the same plan", () => {
  const matches = Array.from({ length: 300 }, (_, number) =>
    found(`e${number % 90}@acme.com`, `PC${number}`, number % 3 ? ["x"] : ["x", "y"]),
  );
  const sent = planOutreach(matches.slice(0, 60), { limits: never, now: new Date("2026-10-30T12:00:00Z") }).send;
  const records = sent.map(({ record }) => record);
  const limits = { perHour: 20, timeZone: "UTC", optedOut: ["E3@acme.com", { upn: "e4@ACME.com" }] };
  const of = (list, sent) => JSON.stringify(planOutreach(list, { limits, now: noon, sent }));
  const expected = of(matches, records);
  for (const seed of [7, 11, 13]) {
    const shuffled = matches
      .map((match, at) => [((at + 1) * seed * 2654435761) % 4294967296, match])
      .sort(([left], [right]) => left - right)
      .map(([, match]) => match);
    assert.equal(of(new Set(shuffled), records.toReversed?.() ?? [...records].reverse()), expected);
  }
  const { held } = JSON.parse(expected);
  assert.equal(held.filter(({ reason }) => reason === "opted-out").length, 2);
});

test("records are kept as they are given, and old ones are told to be forgotten", () => {
  const { send } = planOutreach([found("a"), found("b")], { limits: never, now: noon });
  const sent = send.map(({ record }) => ({ id: 1, ...JSON.parse(JSON.stringify(record)) }));
  assert.deepEqual(
    sent.map(({ at }) => at),
    ["2026-11-18T12:00:00Z", "2026-11-18T12:00:00Z"],
  );
  const soon = planOutreach([found("a", "PC", ["other"])], { limits: never, now: noon, sent: new Set(sent) });
  assert.deepEqual([soon.held[0].reason, soon.held[0].until], ["employee-limit", "2026-11-25T12:00:00Z"]);
  assert.deepEqual(soon.forget, []);
  const late = planOutreach([], { limits: never, now: new Date("2026-12-19T12:00:00Z"), sent });
  assert.deepEqual(late.forget, sent.map(({ key }) => key).sort());
  assert.deepEqual([late.send, late.held, late.nextAt], [[], [], undefined]);
});

test("what is no match, option, limit or record is refused by its name", () => {
  const plan = (matches, more) => () => planOutreach(matches, { now: noon, limits: never, ...more });
  refused(plan([], { limit: {} }), /`limit` is no option of `planOutreach`/, /limits/);
  refused(() => planOutreach([], { limits: never }), /`now` is missing/);
  refused(() => planOutreach([]), /`now` is missing/);
  refused(plan([], { now: "2026-11-18" }), /`now` is not a `Date`/);
  refused(plan([], { limits: { perHuor: 5 } }), /`limits.perHuor` is not known here/);
  refused(plan([], { limits: { ...never, perHour: 0.5 } }), /`limits.perHour` is not a whole number/);
  refused(plan([], { limits: {} }), /`limits.timeZone` is missing/, /quietHours: false/);
  refused(plan([], { limits: { timeZone: "Europe/Zuerich" } }), /`limits.timeZone` is no time zone/);
  refused(plan([], { limits: { ...never, timeZoneOf: "UTC" } }), /`limits.timeZoneOf` is not a function/);
  refused(plan([found("a")], { limits: { timeZoneOf: () => 5 } }), /`limits.timeZoneOf` gave no text/);
  refused(plan([], { limits: { ...never, optedOut: "vera" } }), /`limits.optedOut` is no list/);
  refused(plan([], { limits: { ...never, optedOut: [{ mail: "vera" }] } }), /`limits.optedOut\[0\].mail` is not known/);
  refused(plan([], { employeeOf: {} }), /`employeeOf` is not a function/);
  refused(plan({}), /`matches` is no list/, /asynchronously/);
  refused(plan([found("a"), null]), /`matches\[1\]` is no object/);
  refused(plan([{ employee: { upn: "a" } }]), /`matches\[0\]` does not tell its playbook/, /`playbook` in the options/);
  refused(plan([found("a"), { ...found("a"), rules: "x" }]), /`matches\[1\].rules` is not a list/);
  refused(plan([{ ...found("a"), employee: "vera" }]), /`matches\[0\].employees\[0\]` is not an object/);
  refused(plan([found("a")], { employeeOf: async () => ({ upn: "a" }) }), /`employeeOf` gave a promise/);
  const bare = { employee: { upn: "a" }, playbook: "slow-pc" };
  refused(plan([{ ...bare, recommendations: [null] }]), /`recommendations` of `matches\[0\]` is no list/);
  refused(plan([{ ...bare, recommendations: {} }]), /`recommendations` of `matches\[0\]` is no list/);
  refused(plan([found("a")], { severityOf: () => Number.NaN }), /`severity` is not a finite number/);
  const many = Array.from({ length: 2_500 }, () => ({ key: "k", employee: { upn: "a" }, about: [], at: noon }));
  refused(plan([], { sent: [...many, { ...many[0], at: "x" }] }), /`sent\[2500\].at` is not a time/);
});

test("what the caller's functions throw is what the caller gets", () => {
  const thrown = new RangeError("mine");
  const fails = () => {
    throw thrown;
  };
  for (const more of [{ employeeOf: fails }, { severityOf: fails }, { limits: { timeZoneOf: fails } }]) {
    assert.throws(
      () => planOutreach([found("a")], { now: noon, limits: never, ...more }),
      (error) => error === thrown,
    );
  }
});

test("twenty thousand matches are planned, each in one entry", () => {
  const matches = Array.from({ length: 20_000 }, (_, number) => ({
    playbook: "slow-pc",
    matched: ["disk-full"],
    row: { "device.name": `PC${number}`, "user.upn": `e${number % 16_000}@acme.com`, free_space: "3" },
  }));
  const plan = planOutreach(matches, { limits: { perHour: 500, timeZone: "UTC" }, now: noon });
  heldOrSent(plan, matches);
  assert.deepEqual([plan.send.length, plan.held.length], [500, 15_500]);
});
