// The variants of a request beside each other, against one tenant.

import { begin } from "../../scripts/progress.mjs";
import { measureInChild, startTenant } from "./child.mjs";

/** @template T @param {(url: string) => Promise<T>} use what is done as long as a tenant is there */
export async function withTenant(use) {
  const tenant = await startTenant();
  try {
    return await use(tenant.url);
  } finally {
    tenant.close();
  }
}

/** Each variant once per round, one after the other: a machine that slows down slows all of them. */
export async function measure(variants, task, { rounds, ...effort }) {
  const figures = new Map(variants.map((variant) => [variant, []]));
  const progress = begin(`${task.queryId}, ${task.concurrency} at once`);
  for (let round = 1; round <= rounds; round++) {
    progress.update(`round ${round} of ${rounds}`);
    for (const variant of variants) {
      const { cpu } = await measureInChild({ ...task, ...effort, variant });
      figures.get(variant).push(cpu);
    }
  }
  progress.end();
  return figures;
}
