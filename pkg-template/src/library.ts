// The built-in playbooks in the core: read once, however many clients there are.

import type { LibraryCore } from "wasm:core/glue";
import { playbookLibrary } from "./playbook-library.ts";

let library: LibraryCore | undefined;

/** @param Library the core's class of them */
export function libraryOf(Library: typeof LibraryCore): LibraryCore {
  library ??= new Library(playbookLibrary());
  return library;
}
