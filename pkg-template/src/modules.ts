// Where the holders take their WebAssembly modules from. The package's other entries bring the modules that they come with
// (`complete/`), loaded when they are needed; `slim` comes with none, and its users bring them (`init.ts`).

import { failure } from "./errors.ts";

/** What `new WebAssembly.Instance` is made from, in two steps or in one. */
export type ModuleContent = BufferSource | WebAssembly.Module;

/** The modules, by the names of their files: `core` is in `core.wasm`. */
export type ModuleName = "core" | "fleet" | "authoring" | "conversation" | "simulator";

type Bring = () => ModuleContent;

const brought = new Map<ModuleName, Bring>();
const loaders = new Map<ModuleName, () => Promise<{ content: Bring }>>();

/** Brings a module, unless there is one. */
export function bring(name: ModuleName, content: Bring): void {
  if (!brought.has(name)) brought.set(name, content);
}

/** Tells how a module is loaded when it is needed. */
export function bringLater(name: ModuleName, load: () => Promise<{ content: Bring }>): void {
  loaders.set(name, load);
}

/** Brings a module in place of another. One that has started goes on with what it has. */
export function replace(name: ModuleName, content: ModuleContent): void {
  brought.set(name, () => content);
}

/** Loads a module where that is how it comes. No promise is kept: one of another request must not be waited for in workerd. */
export async function load(name: ModuleName): Promise<void> {
  if (brought.has(name)) return;
  const loaded = await loaders.get(name)?.();
  if (loaded) bring(name, loaded.content);
}

/** @throws NexthinkError of kind `invalid` for a module that nobody has brought */
export function contentOf(name: ModuleName): ModuleContent {
  const content = brought.get(name);
  if (content) return content();
  const hint = `write \`await init({ ${name} })\` first, where \`${name}\` is the file \`nexthink-chatbot/${name}.wasm\`: its bytes, a \`WebAssembly.Module\`, a \`Response\` or its address`;
  throw failure("invalid", `this call needs the WebAssembly module \`${name}\`, which was not given to \`init\``, hint);
}
