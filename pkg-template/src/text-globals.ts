// What the build puts in the place of globals that some runtimes lack (esbuild's `inject`). No source imports it.

export { TextDecoder, TextEncoder } from "./text-codec.ts";
