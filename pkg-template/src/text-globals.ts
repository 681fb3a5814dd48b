// What the build puts in the place of globals that some runtimes lack (esbuild's `inject`), also in what wasm-bindgen writes,
// which makes a decoder at import: the runtime's own, where it has one. No source imports it.

import { OwnTextDecoder, OwnTextEncoder } from "./text-codec.ts";

export const TextDecoder = /* @__PURE__ */ own("TextDecoder", () => OwnTextDecoder);
export const TextEncoder = /* @__PURE__ */ own("TextEncoder", () => OwnTextEncoder);

/** Ours are asked for only where they are needed: CommonJS then reads their file. */
function own<Name extends "TextEncoder" | "TextDecoder">(name: Name, ours: () => unknown): (typeof globalThis)[Name] {
  return globalThis[name] ?? (ours() as (typeof globalThis)[Name]);
}
