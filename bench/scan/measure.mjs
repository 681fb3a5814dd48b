// One scan in a process of its own: the CPU time of all of its threads, from the first byte to the last, and the most
// memory that the process ever held. Only modules are loaded before; nothing is warmed up: an export is scanned once.

import { scans } from "./scans.mjs";

const { way, file } = JSON.parse(process.argv[2]);

const scan = await scans[way]();
const before = process.cpuUsage();
const began = performance.now();
const outcome = await scan(file);
const { user, system } = process.cpuUsage(before);
const wall = performance.now() - began;
const rss = process.resourceUsage().maxRSS / 1024;
process.send({ cpu: (user + system) / 1_000, wall, rss, outcome: outcome.plain }, () => process.exit());
