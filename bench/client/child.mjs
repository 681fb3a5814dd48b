// Child processes of the benchmarks: the tenant, and one that measures.

import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Failure } from "../../scripts/failure.mjs";

const file = (name) => fileURLToPath(new URL(name, import.meta.url));

/** Starts the tenant; `close` ends it. */
export async function startTenant() {
  const child = fork(file("tenant.mjs"));
  const { url } = await firstMessage(child);
  return { url, close: () => child.disconnect() };
}

/** Measures in a fresh process, so that no variant profits or suffers from what another has compiled or left behind. */
export async function measureInChild(task, script = file("measure.mjs")) {
  const child = fork(script, [JSON.stringify(task)]);
  const result = await firstMessage(child);
  await once(child, "exit");
  return result;
}

function firstMessage(child) {
  return new Promise((resolve, reject) => {
    child.once("message", resolve);
    child.once("error", reject);
    child.once("exit", (code) => reject(new Failure(`a process of the benchmark ended early (exit code ${code})`)));
  });
}
