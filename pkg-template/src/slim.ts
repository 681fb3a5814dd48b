// `nexthink-chatbot/slim`: all that the default entry has, without the WebAssembly inside; `init` brings it.

export * from "./index.ts";
export { type CompiledModule, init, type ModuleResponse, type ModuleSource, type ModuleSources } from "./init.ts";
