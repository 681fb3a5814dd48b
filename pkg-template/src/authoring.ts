// The holder of the authoring module: what those need who write queries and playbooks and keep a tenant in order. A file of
// its own in the package, so that bundles without it are smaller. It starts at the first call and throws nothing of ours:
// the one class of errors is the default entry's, which calls it.

import {
  check,
  checkPlaybook,
  compilePlaybooks,
  content,
  contentMarkdown,
  doctorProbes,
  doctorReport,
  format,
  initSync,
  parse,
  testPlaybook,
} from "wasm:authoring/glue";
import { contentOf } from "./modules.ts";

let started = false;

/** Starts the module once. @throws NexthinkError where it is not there; whatever the runtime throws that does not let it start */
export function startAuthoring(): void {
  if (started) return;
  initSync({ module: contentOf("authoring") });
  started = true;
}

/** Its functions: JSON in UTF-8 → JSON text. */
export const authoring = {
  check,
  checkPlaybook,
  compilePlaybooks,
  content,
  contentMarkdown,
  doctorProbes,
  doctorReport,
  format,
  parse,
  testPlaybook,
};
