// The holder of the fleet module: playbooks for many rows, without a client. A file of its own in the package, so that bundles
// without it are smaller. It starts at the first call and throws nothing of ours but text.

import { initSync, JudgeCore } from "wasm:fleet/glue";
import { contentOf } from "./modules.ts";

let started = false;

/** Starts the module once. @throws NexthinkError where it is not there; whatever the runtime throws that does not let it start */
export function startFleet(): void {
  if (started) return;
  initSync({ module: contentOf("fleet") });
  started = true;
}

export type { ScanCore } from "wasm:fleet/glue";
export { JudgeCore };
