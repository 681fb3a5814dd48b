// What becomes of the table in js-examples/cmdb, case by case: { sentence: whether it is true }, as JSON. A program of its own,
// because it needs a Node that has SQLite.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { createClient } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";
import { Cmdb } from "../../../js-examples/cmdb/cmdb.mjs";

const example = new URL("../../../js-examples/cmdb/", import.meta.url);
const query = "#devices_for_cmdb";
const tenant = createSimulator({ speed: Number.POSITIVE_INFINITY, now: "2026-09-14T09:00:00Z" });
tenant.setQuery(query, readFileSync(new URL("devices.nql", example), "utf8"));
const nexthink = createClient(tenant.client);

const folder = mkdtempSync(join(tmpdir(), "nexthink-chatbot-"));
const file = join(folder, "cmdb.sqlite");
const cmdb = new Cmdb(file);

const monday = new Date("2026-09-14T09:00:00Z");
const tuesday = new Date("2026-09-15T09:00:00Z");
const device = (name, of = cmdb) => of.devices().find((row) => row.name === name);

async function* some(rows) {
  yield* rows;
}

const outcomes = {};
const is = (sentence, found, expected) => {
  // Rows of SQLite have no prototype.
  outcomes[sentence] = isDeepStrictEqual(structuredClone(found), structuredClone(expected)) || { found, expected };
};

const rows = [];
async function* remembered(source) {
  for await (const row of source) {
    rows.push(row);
    yield row;
  }
}

const taken = await cmdb.take(remembered(nexthink.nql.export(query)), monday);
const [first] = rows;
const later = { ...first, "device.login.last_login_user_name": "bkeller", "device.last_seen": "2026-09-15 10:58:00" };
const { collectorUid, platform, operatingSystem, employee } = tenant.device("AMARTIN-LT");
const { collector_uid, platform: itsPlatform, operating_system, owner } = device("AMARTIN-LT");
is(
  "every device of the tenant has one row, as the tenant has it",
  [taken, cmdb.devices().length, collector_uid, itsPlatform, operating_system, owner],
  [200, 200, collectorUid, platform, operatingSystem, employee],
);

const before = cmdb.devices();
await cmdb.take(some(rows), monday);
is("the same export again changes nothing", cmdb.devices(), before);

await cmdb.take(some([later]), tuesday);
const name = first["device.name"];
is("a newer export brings a new owner and a later sight, and keeps the first", device(name), {
  ...before.find((row) => row.name === name),
  owner: "bkeller",
  last_seen: "2026-09-15 10:58:00",
  as_of: tuesday.toISOString(),
});

const others = (of) => of.filter((row) => row.name !== name);
is("a device that has vanished keeps its row, with when it was last seen", others(cmdb.devices()), others(before));

const newest = cmdb.devices();
await cmdb.take(some(rows), monday);
is("an older export changes nothing that a newer one has said", cmdb.devices(), newest);

const gone = { "device.collector.uid": "gone", "device.name": "GONE-LT", "device.last_seen": "2026-08-01 10:00:00" };
await cmdb.take(some([gone]), new Date("2026-08-01T12:00:00Z"));
is("a device that only an older export knows comes in", device("GONE-LT")?.last_seen, "2026-08-01 10:00:00");

const second = new Cmdb(join(folder, "second.sqlite"));
async function* broken() {
  yield* rows.slice(0, 150);
  throw new Error("the connection broke");
}
const reason = await second.take(broken(), monday).catch(({ message }) => message);
const arrived = second.devices().length;
await second.take(some(rows), monday);
is(
  "an export that breaks off leaves what has arrived, and is taken again",
  [reason, arrived, second.devices()],
  ["the connection broke", 150, before],
);

const length = cmdb.devices().length;
const nobody = await cmdb.take(some([{ "device.name": "X" }, { "device.collector.uid": "-" }]), tuesday);
is("what names no device makes no row", [nobody, cmdb.devices().length], [0, length]);

const third = new Cmdb(join(folder, "third.sqlite"));
const why = await third
  .take(some([first, { ...later, "device.name": { an: "object" } }]), monday)
  .catch(({ message }) => message);
const none = third.devices().length;
is(
  "a row that cannot be written says why, and what is taken next is there",
  [/cannot be bound/.test(why), none, await third.take(some(rows), monday), third.devices()],
  [true, 0, 200, before],
);

const all = cmdb.devices();
cmdb.close();
const again = new Cmdb(file);
is("the table outlives its process", again.devices(), all);
again.close();
second.close();
third.close();
rmSync(folder, { recursive: true });
console.log(JSON.stringify(outcomes));
