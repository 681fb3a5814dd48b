// Where a client secret has no business: everyone who opens the page can read it.

import { invalid } from "./errors.ts";
import { userAgent } from "./user-agent.ts";

/** @throws NexthinkError of kind `invalid` in a page or in a browser's worker. */
export function refuseInBrowser(): void {
  if (!isBrowser()) return;
  throw invalid(
    "a `clientSecret` in a browser can be read by everyone who opens the page",
    "create the client on a server and let the page call that; `dangerouslyAllowBrowser: true` is for a page of your own",
  );
}

/** Whether this is a page or a browser's worker. */
export function isBrowser(): boolean {
  const { window, document, WorkerGlobalScope } = globalThis as Record<string, unknown>;
  if (window !== undefined && document !== undefined) return true;
  // Other runtimes have worker scopes too, but only browsers call themselves Mozilla.
  return WorkerGlobalScope !== undefined && String(userAgent()).startsWith("Mozilla/");
}
