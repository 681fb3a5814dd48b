// The holder of the conversation module: what a chatbot says next, in which words, and how a platform shows it. A file of its
// own in the package, so that bundles without it are smaller. It starts at the first call and throws nothing of ours: the
// one class of errors is the default entry's, which calls it.

import { ConversationCore, initSync, readReply, render } from "wasm:conversation/glue";
import { contentOf } from "./modules.ts";

let started = false;

/** Starts the module once. @throws NexthinkError where it is not there; whatever the runtime throws that does not let it start */
export function startConversation(): void {
  if (started) return;
  initSync({ module: contentOf("conversation") });
  started = true;
}

/** Its functions and its class: JSON in UTF-8 → JSON text. */
export const conversation = { ConversationCore, readReply, render };
