// One way of holding devices in a process of its own: what it takes once it is made, and what lookups cost.

import { memory } from "../client/memory.mjs";
import { packageUnderTest } from "../client/package-under-test.mjs";
import { asked, csv } from "./devices.mjs";
import { keep, kept, map, ours, ways } from "./ways.mjs";

const { way, ...task } = JSON.parse(process.argv[2]);
const lookups = 20_000;

await packageUnderTest();
const before = await memory();
// Written before it is measured how long it takes to read them, and let go of when they are read.
const rows = way === map ? [] : Array.from(csv(task.devices, task.identifiers), (text) => Buffer.from(text));
const beganCpu = process.cpuUsage();
let made = await (way === map ? ways[map](task) : ways[ours](rows));
const { user, system } = process.cpuUsage(beganCpu);
let figures = {};
if (made.held.toBytes) {
  const whole = made.held.size.bytes;
  if (way === kept) {
    const { toBytes, bytes, packed } = keep(made.held);
    const { Directory } = await packageUnderTest();
    made.held.close();
    const began = performance.now();
    const directory = Directory.fromBytes(bytes);
    figures = { toBytes, packed, fromBytes: performance.now() - began };
    made = { find: (username) => directory.lookup({ username }), held: directory };
  }
  figures.bytes = whole;
}
const after = await memory();
const held = (kind) => after[kind] - before[kind];

const { known, unknown } = asked(task.devices, lookups);
// Once before it is measured: what is asked often is compiled by then.
for (const username of known) made.find(username);
const found = made.find(known[0].toUpperCase());
const perLookup = (usernames, expected) => {
  const began = process.cpuUsage();
  let devices = 0;
  for (const username of usernames) devices += made.find(username).length;
  const spent = process.cpuUsage(began);
  const nanoseconds = ((spent.user + spent.system) * 1e3) / usernames.length;
  if (devices !== expected) throw new Error(`${way} found ${devices} devices`);
  return nanoseconds;
};
const result = {
  memory: held("heap") + held("buffers") + held("wasm"),
  resident: process.resourceUsage().maxRSS * 1024,
  made: (user + system) / 1_000,
  known: perLookup(known, lookups),
  unknown: perLookup(unknown, 0),
  found,
  ...figures,
};
process.send(result, () => process.exit());
