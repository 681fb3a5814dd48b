// One measurement in a process of its own: warms up, then tells the CPU time of this process per request. All of its
// threads count, so that work which is pushed to the garbage collector's or the compiler's is not free.

import { Session } from "node:inspector/promises";
import { load } from "./load.mjs";
import { attributed, compared } from "./variants.mjs";

const { variant, url, queryId, concurrency, warmUp, requests, profile } = JSON.parse(process.argv[2]);

const send = await { ...attributed, ...compared }[variant](url, queryId);
await load(send, { requests: warmUp, concurrency });
const profiler = profile ? await startProfiler() : undefined;
const [before, began] = [process.cpuUsage(), performance.now()];
await load(send, { requests, concurrency });
const { user, system } = process.cpuUsage(before);
const wall = (performance.now() - began) * 1000;
const result = { cpu: (user + system) / requests, user: user / requests, wall: wall / requests };
if (profiler) result.profile = (await profiler.post("Profiler.stop")).profile;
// Connections that are kept alive would keep the process alive too.
process.send(result, () => process.exit());

async function startProfiler() {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: 200 });
  await session.post("Profiler.start");
  return session;
}
