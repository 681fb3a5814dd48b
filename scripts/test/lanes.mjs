// Runs lanes of suites side by side, each lane in order; a suite waits for those of other lanes that it needs. Goes on after a
// failure, but not with suites that need what failed. Prints each suite's output in one piece, and a table at the end.

import { describe } from "../failure.mjs";
import { begin, print } from "../progress.mjs";

/** @returns {Promise<boolean>} whether every suite passed */
export async function runLanes(lanes) {
  const started = performance.now();
  const runs = new Map(lanes.flat().map((suite) => [suite, pending()]));
  await Promise.all(lanes.map((lane) => runLane(lane, runs)));
  const results = new Map();
  for (const [suite, { result }] of runs) results.set(suite, await result);
  const ok = [...results.values()].every(({ outcome }) => outcome === "ok");
  print(table(results, (performance.now() - started) / 1000), process.stdout);
  return ok;
}

/** A result to come. */
function pending() {
  let end;
  const result = new Promise((resolve) => {
    end = resolve;
  });
  return { result, end };
}

async function runLane(suites, runs) {
  for (const suite of suites) {
    const needed = await Promise.all((suite.needs ?? []).map((other) => runs.get(other).result));
    const isPossible = needed.every(({ outcome }) => outcome === "ok");
    runs.get(suite).end(isPossible ? await runSuite(suite) : { outcome: "skipped", seconds: 0 });
  }
}

async function runSuite(suite) {
  const started = performance.now();
  const task = begin(suite.name);
  const { ok, output } = await suite.run(task).catch((error) => ({ ok: false, output: describe(error) }));
  const outcome = ok ? "ok" : "failed";
  task.end(outcome);
  if (output.trim() && (suite.show || !ok)) print(`\n── ${suite.name} ──\n${output.trim()}\n\n`, process.stdout);
  return { outcome, seconds: (performance.now() - started) / 1000 };
}

function table(results, seconds) {
  const width = Math.max(...[...results.keys()].map(({ name }) => name.length)) + 2;
  const rows = [...results].map(([{ name }, result]) => {
    return `${name.padEnd(width)}${result.outcome.padEnd(8)}${result.seconds.toFixed(1).padStart(7)} s`;
  });
  const bad = [...results.values()].filter(({ outcome }) => outcome !== "ok").length;
  const verdict = bad === 0 ? "all passed" : `${bad} of ${results.size} suites did not pass`;
  return `\n${rows.join("\n")}\n${verdict}, ${seconds.toFixed(1)} s\n`;
}
