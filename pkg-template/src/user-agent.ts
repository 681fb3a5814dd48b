// What the runtime calls itself, and what follows from it.

/** Whether a call can vanish without a word, as in workerd when whoever has sent the request is gone. */
export function callsCanVanish(): boolean {
  return userAgent() === "Cloudflare-Workers";
}

/** What the runtime calls itself; nothing of Node before 21, and of sandboxes. */
export function userAgent(): unknown {
  return ((globalThis.navigator ?? {}) as { userAgent?: unknown }).userAgent;
}
