// The built-in playbooks as the core reads them, compiled when the package was built. A file of its own in the package, so
// that they are in it once.

import { encodeText } from "./encode.ts";
import { compiledPlaybooks, playbookSummaries } from "./generated/playbooks.ts";

export { playbookSummaries };

let bytes: Uint8Array | undefined;

/** The compiled playbooks, encoded at the first call. */
export function playbookLibrary(): Uint8Array {
  bytes ??= encodeText(compiledPlaybooks);
  return bytes;
}
