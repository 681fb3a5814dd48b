// One start in a process of its own: from before the import to the first decision. All threads of the process count, so
// that what is compiled in the background is not free.

import { setTimeout as sleep } from "node:timers/promises";
import { starts } from "./starts.mjs";

const { start } = JSON.parse(process.argv[2]);

const before = process.cpuUsage();
const began = performance.now();
const decisions = await starts[start]();
const wall = performance.now() - began;
const atOnce = cpuSince(before);
// What other threads still compile belongs to it, too.
await sleep(100);
process.send({ cpu: cpuSince(before), atOnce, wall, decisions }, () => process.exit());

function cpuSince(earlier) {
  const { user, system } = process.cpuUsage(earlier);
  return (user + system) / 1_000;
}
