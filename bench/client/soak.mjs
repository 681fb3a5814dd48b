// `npm run soak`: whether one client keeps anything of its calls. 100,000 answered calls, then calls that are refused
// and calls that are cancelled; fails where memory is higher at the end than after warm-up. With `--clients`: whether
// anything is kept of 100,000 clients that are made, used and dropped.

import "../../scripts/node-version.mjs";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Failure, runMain } from "../../scripts/failure.mjs";
import { queries } from "./answers.mjs";
import { startTenant } from "./child.mjs";
import { live, tenantAtOnce } from "./client-life.mjs";
import { load } from "./load.mjs";
import { memory } from "./memory.mjs";
import { clientOf, packageUnderTest, requirePackage } from "./package-under-test.mjs";
import { table } from "./table.mjs";
import { parameters } from "./variants.mjs";

const concurrency = 16;
const samples = 10;
/** What may be more at the end: a share, and bytes on top of it. */
const tolerance = { share: 0.05, bytes: 1_000_000 };
const judged = ["heap", "buffers", "wasm"];

await runMain(async () => {
  requirePackage();
  const { clients } = readOptions();
  const tenant = clients ? undefined : await startTenant();
  try {
    const phases = clients ? await ofClients() : ofCalls(await clientOf(tenant.url));
    const grown = [];
    for (const phase of phases) grown.push(...(await soak(phase)));
    for (const line of grown) process.stderr.write(`error: ${line}\n`);
    return grown.length > 0 ? 1 : 0;
  } finally {
    tenant?.close();
  }
});

function readOptions() {
  try {
    return parseArgs({ options: { clients: { type: "boolean" } } }).values;
  } catch (error) {
    throw new Failure(`${error.message}: npm run soak, or npm run soak -- --clients`);
  }
}

/**
 * How much a dropped client's share of the modules adds up to is up to the engine, which finalizes when it likes: over
 * 100,000 lives the most that ever waited goes on rising. What is kept for ever shows where it is made to, every so often.
 */
async function ofClients() {
  const { createClient } = await packageUnderTest();
  const shared = tenantAtOnce();
  const lives = (fetchOf) => async (at) => {
    if (at % 500 === 499) await memory();
    return live(createClient, fetchOf());
  };
  return [
    { name: "by clients that are made and dropped", calls: 100_000, call: lives(tenantAtOnce) },
    { name: "by clients that share a `fetch`", calls: 20_000, call: lives(() => shared) },
  ];
}

function ofCalls(nexthink) {
  const execute = (queryId, options) => nexthink.nql.execute(queryId, parameters, options);
  const cancelled = AbortSignal.abort();
  return [
    {
      name: "answered, every tenth with 100 rows",
      calls: 100_000,
      call: (at) => execute(at % 10 === 0 ? queries.hundredRows : queries.oneRow),
    },
    { name: "answered with 404", calls: 10_000, call: () => fails("not-found", execute(queries.missing)) },
    {
      name: "cancelled before they begin",
      calls: 10_000,
      call: () => fails("aborted", execute(queries.oneRow, { signal: cancelled })),
    },
    {
      name: "cancelled while they wait for an answer",
      calls: 10_000,
      async call() {
        const controller = new AbortController();
        const failed = fails("aborted", execute(queries.silent, { signal: controller.signal }));
        // Long enough for the request to be on its way.
        await sleep(3);
        controller.abort();
        await failed;
      },
    },
  ];
}

async function fails(kind, call) {
  const outcome = await call.then(
    () => "nothing",
    (error) => error.kind,
  );
  if (outcome !== kind) throw new Failure(`a call failed with ${outcome} instead of ${kind}`);
}

/** @returns {Promise<string[]>} what has grown */
async function soak({ name, calls, call }) {
  const requests = calls / samples;
  await load(call, { requests, concurrency });
  const taken = [await memory()];
  for (let sample = 1; sample <= samples; sample++) {
    await load(call, { requests, concurrency });
    taken.push(await memory());
  }
  const rows = taken.map((figures, at) => [
    String(at * requests),
    ...[...judged, "resident"].map((what) => (figures[what] / 1e6).toFixed(2)),
    String(figures.references),
  ]);
  const heading = ["after", ...judged, "resident", "references"];
  process.stdout.write(`${calls} calls ${name}, ${requests} before them; MB\n\n${table([heading, ...rows])}\n`);
  const [first, last] = [taken[0], taken.at(-1)];
  return judged
    .filter((what) => last[what] > first[what] * (1 + tolerance.share) + tolerance.bytes)
    .map((what) => `${what} grew from ${first[what]} to ${last[what]} bytes in ${calls} calls ${name}`);
}
