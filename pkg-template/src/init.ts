// `init` of the entry `slim`: takes the WebAssembly modules in whatever form a host has them. Nothing is compiled here: a
// module starts at the first call that needs it.

import { failure, invalid } from "./errors.ts";
import { type ModuleContent, replace } from "./modules.ts";

/** A `WebAssembly.Module`, where TypeScript is told of WebAssembly: Node's types do not. */
export type CompiledModule = (typeof globalThis extends { WebAssembly: { Module: { prototype: infer Module } } }
  ? Module
  : object) &
  object;

/** What `init` reads of a `Response`. */
export interface ModuleResponse {
  /** Whether its status is one of success. */
  readonly ok: boolean;
  /** Its status. */
  readonly status: number;
  /** Its body. */
  arrayBuffer(): Promise<ArrayBuffer>;
}

/**
 * A WebAssembly module: compiled, its bytes, a response that brings them, or the address from which they are fetched. Or
 * the namespace of an `import` of the file, where a bundler makes one of these its default export.
 */
export type ModuleSource =
  | CompiledModule
  | ArrayBuffer
  | ArrayBufferView
  | ModuleResponse
  | URL
  | string
  | { readonly default: CompiledModule | ArrayBuffer | ArrayBufferView | string };

/** The modules, by the names of their files. */
export interface ModuleSources {
  /** `nexthink-chatbot/core.wasm`: a client and its calls, `api`, `verifyAudit`. */
  core?: ModuleSource | PromiseLike<ModuleSource>;
  /** `nexthink-chatbot/fleet.wasm`: `playbooks.evaluate`, `playbooks.verdicts`, `scan`. */
  fleet?: ModuleSource | PromiseLike<ModuleSource>;
  /** `nexthink-chatbot/authoring.wasm`: `nql`, the rest of `playbooks`, playbooks of one's own, the doctor. */
  authoring?: ModuleSource | PromiseLike<ModuleSource>;
  /** `nexthink-chatbot/conversation.wasm`: the assistant, `render`, `readReply`. */
  conversation?: ModuleSource | PromiseLike<ModuleSource>;
}

const names = ["core", "fleet", "authoring", "conversation"] as const;

/**
 * Gives the package its WebAssembly modules: the core alone, or several by their names. What is a module or bytes is there
 * at once; for the rest, wait. A call whose module is missing throws, and says what to write. It may be called again, with
 * others or after a failure; a module that has started stays.
 *
 * @throws NexthinkError of kind `invalid` for what is no WebAssembly module, `network` where it could not be fetched
 * @example
 * ```ts
 * import core from "nexthink-chatbot/core.wasm"; // Workers
 * await init(core);
 * await init({ core: fetch("/core.wasm"), conversation: fetch("/conversation.wasm") }); // a page
 * ```
 */
export async function init(modules: ModuleSource | PromiseLike<ModuleSource> | ModuleSources): Promise<void> {
  const sources: ModuleSources = isSource(modules) ? { core: modules } : modules;
  const unknown = Object.keys(sources ?? {}).find((name) => !names.some((known) => known === name));
  if (unknown !== undefined || typeof sources !== "object" || sources === null) {
    throw invalid(`\`${unknown ?? String(sources)}\` is no module`, `give one, or some of ${names.join(", ")}`);
  }
  await Promise.all(names.map((name) => sources[name] !== undefined && give(name, sources[name])));
}

async function give(name: (typeof names)[number], source: ModuleSource | PromiseLike<ModuleSource>): Promise<void> {
  // Not awaited: it is then there for the next line of a caller who does not wait either.
  replace(name, contentAtOnce(name, source) ?? (await contentFrom(name, source)));
}

function contentAtOnce(name: string, source: unknown): ModuleContent | undefined {
  if (tagOf(source) === "WebAssembly.Module") return source as WebAssembly.Module;
  if (!isBytes(source)) return undefined;
  const [buffer, from] = ArrayBuffer.isView(source) ? [source.buffer, source.byteOffset] : [source, 0];
  const begin = new Uint8Array(buffer, from, Math.min(magic.length, source.byteLength));
  if (magic.every((byte, at) => begin[at] === byte)) return source;
  const hint = `give the file \`nexthink-chatbot/${name}.wasm\`; an address that leads to a page instead is a common reason`;
  throw invalid(`what was given as \`${name}\` is no WebAssembly module`, hint);
}

/** How every module begins. */
const magic = [0x00, 0x61, 0x73, 0x6d];

async function contentFrom(name: string, source: unknown): Promise<ModuleContent> {
  const given = await source;
  const atOnce = contentAtOnce(name, given);
  if (atOnce) return atOnce;
  if (isResponse(given)) return contentFrom(name, await bodyOf(name, given));
  if (isAddress(given)) return contentFrom(name, await fetched(name, String(given)));
  const { default: inside } = Object(given) as { default?: unknown };
  if (inside !== undefined) return contentFrom(name, inside);
  const hint = "give its bytes, a `WebAssembly.Module`, a `Response` or its address";
  throw invalid(`what was given as \`${name}\` is no WebAssembly module`, hint);
}

async function bodyOf(name: string, response: ModuleResponse): Promise<ArrayBuffer> {
  if (!response.ok) throw notFetched(name, `the answer has the status ${response.status}`);
  return response.arrayBuffer().catch((error: unknown) => {
    throw notFetched(name, "its body could not be read", error);
  });
}

async function fetched(name: string, address: string): Promise<ModuleResponse> {
  const { fetch } = globalThis as { fetch?: (address: string) => Promise<ModuleResponse> };
  if (typeof fetch !== "function") throw notFetched(name, "this runtime has no `fetch`");
  return fetch.call(globalThis, address).catch((error: unknown) => {
    throw notFetched(name, "its address could not be fetched", error);
  });
}

function notFetched(name: string, why: string, cause?: unknown): Error {
  const hint = `see whether the address leads to the file \`${name}.wasm\`; where it is on a disk, read it and give its bytes`;
  return failure("network", `the WebAssembly module \`${name}\` could not be loaded: ${why}`, hint, cause);
}

/** By what they can do, not by their class: they may be of another realm. */
function isSource(value: object | string): value is ModuleSource | PromiseLike<ModuleSource> {
  if (tagOf(value) === "WebAssembly.Module" || isBytes(value) || isResponse(value) || isAddress(value)) return true;
  const { then, default: inside } = Object(value) as { then?: unknown; default?: unknown };
  return typeof then === "function" || inside !== undefined;
}

function isBytes(value: unknown): value is BufferSource {
  return ArrayBuffer.isView(value) || tagOf(value) === "ArrayBuffer";
}

function isResponse(value: unknown): value is ModuleResponse {
  return typeof (Object(value) as { arrayBuffer?: unknown }).arrayBuffer === "function";
}

function isAddress(value: unknown): value is string | URL {
  return typeof value === "string" || tagOf(value) === "URL";
}

const tagOf = (value: unknown): string => Object.prototype.toString.call(value).slice("[object ".length, -1);
