// What a user is told where a WebAssembly module cannot start.

import { failure } from "./errors.ts";

/** @throws NexthinkError of kind `internal`: the runtime forbids it, as a page's policy can. */
export function startOrExplain(start: () => void): void {
  try {
    start();
  } catch (thrown) {
    const hint =
      "in a page allow 'wasm-unsafe-eval' in its Content-Security-Policy; for Cloudflare Workers bundle with the export condition `workerd`";
    throw failure("internal", "this JavaScript runtime does not let WebAssembly start", hint, thrown);
  }
}
