// What a user is told where a WebAssembly module cannot start.

import { failure, NexthinkError } from "./errors.ts";

/** @throws NexthinkError of kind `internal`: the runtime forbids it, as a page's policy can, or the module is another one. */
export function startOrExplain(start: () => void): void {
  try {
    start();
  } catch (thrown) {
    if (NexthinkError.is(thrown)) throw thrown;
    const { name, code } = Object(thrown) as { name?: unknown; code?: unknown };
    if (code === "ENOENT") {
      const hint =
        "install it anew; where a bundler made one file of it, have the bundler resolve it with the export condition `module`, by which the WebAssembly is inside: the `cause` tells which file";
      throw failure("internal", "a file of the package is missing", hint, thrown);
    }
    // What a module and its glue say that do not belong together.
    if (name === "LinkError" || name === "TypeError") {
      const hint = "give `init` the files of the same version of the package, each under its own name";
      throw failure("internal", "the WebAssembly module does not fit this package", hint, thrown);
    }
    const hint =
      "in a page allow 'wasm-unsafe-eval' in its Content-Security-Policy; for Cloudflare Workers bundle with the export condition `workerd`, for Vercel's edge with `edge-light`; a file given to `init` may be damaged: the `cause` tells";
    throw failure("internal", "this JavaScript runtime does not let WebAssembly start", hint, thrown);
  }
}
