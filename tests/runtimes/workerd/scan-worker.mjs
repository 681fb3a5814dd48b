// A Worker that scans an export as it arrives, and tells how large the memories of its WebAssembly modules are.

import "./wasm-memories.mjs";
import { scan } from "nexthink-chatbot";
import { wasmMemories } from "./wasm-memories.mjs";

const paths = {
  /** What comes of an export, and how large the memory was after each piece of it. */
  async "/scan"({ address, playbook }) {
    const memories = new Set();
    const onProgress = () => memories.add(wasmMemories());
    const scanned = scan(await fetch(address), playbook, { onProgress });
    let hash = 0;
    for await (const { row } of scanned) {
      for (const letter of row["device.name"]) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) | 0;
    }
    return { summary: scanned.summary, hash, memories: [...memories] };
  },
};

export default {
  async fetch(request) {
    const { pathname, searchParams } = new URL(request.url);
    try {
      return Response.json((await paths[pathname]?.(Object.fromEntries(searchParams))) ?? null);
    } catch (error) {
      return Response.json({ error: String(error), stack: error.stack, hint: error.hint }, { status: 500 });
    }
  },
};
