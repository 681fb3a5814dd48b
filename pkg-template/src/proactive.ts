// The holder of the proactive module: webhooks that come in, messages that may go out. A file of its own in the package, so
// that bundles without it are smaller. It starts at the first call and throws nothing of ours: the one class of errors is the
// default entry's, which calls it.

import { admitWebhook, initSync, isWebhookOf, OutreachCore, receiveWebhook } from "wasm:proactive/glue";
import { contentOf } from "./modules.ts";

let started = false;

/** Starts the module once. @throws whatever the runtime throws that does not let WebAssembly start */
export function startProactive(): void {
  if (started) return;
  initSync({ module: contentOf("proactive") });
  started = true;
}

/** Its functions: JSON in UTF-8, and bytes where there are some → JSON text. */
export const proactive = { admitWebhook, isWebhookOf, receiveWebhook };

/** Its class, which takes and gives the same. */
export { OutreachCore };
