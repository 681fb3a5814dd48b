// The holder of the language module: the parser, checker and printer of NQL. A file of its own in the package, so that
// bundles without `nql` go without it. It starts at the first call and throws nothing of ours: the one class of errors
// is the default entry's, which calls it.

import { check, format, initSync, parse } from "wasm:language/glue";
import wasmModule from "wasm:language/module";

let started = false;

/** Starts the module once. @throws whatever the runtime throws that does not let WebAssembly start */
export function startLanguage(): void {
  if (started) return;
  initSync({ module: wasmModule() });
  started = true;
}

/** Its functions: JSON in UTF-8 → JSON text. */
export const language = { check, format, parse };
