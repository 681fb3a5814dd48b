// Who may knock: requests by names that this server has, not from pages in a browser, with the key. A page that has
// made its own name lead here (DNS rebinding) sends that name as host, and its origin.

import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** What a request must be like. */
export interface Guard {
  /** The names by which the server may be reached, in lower case and without a port. */
  names: ReadonlySet<string>;
  /** The bearer key; without one, whoever can reach the server may use it. */
  key: string | undefined;
}

/** Why a request is refused. */
export interface Refusal {
  status: number;
  message: string;
  headers?: Record<string, string>;
}

/** @returns nothing for a request that may go on */
export function refusalOf(request: IncomingMessage, { names, key }: Guard): Refusal | undefined {
  const { host, origin, authorization } = request.headers;
  if (!names.has(hostName(host))) {
    return { status: 403, message: "this server has no such name: start it with --allow-host" };
  }
  if (origin !== undefined) return { status: 403, message: "pages in a browser are not served" };
  // The scheme's name may be written in any case.
  if (key !== undefined && !isSame((authorization ?? "").replace(/^bearer /i, "Bearer "), `Bearer ${key}`)) {
    const message = "a key is needed: Authorization: Bearer, and the key of this server";
    return { status: 401, message, headers: { "www-authenticate": 'Bearer realm="nexthink-chatbot"' } };
  }
  return undefined;
}

/** Whether an address leads to this machine only. */
export function isLoopback(name: string): boolean {
  return name === "localhost" || name === "[::1]" || name === "::1" || /^127(?:\.\d{1,3}){3}$/.test(name);
}

/** The name in a `Host` header, without the port. */
function hostName(host = ""): string {
  return (/^(\[[^\]]*\]|[^:]*)(?::\d+)?$/.exec(host.toLowerCase())?.[1] ?? "").replace(/\.$/, "");
}

/** In a time that tells nothing of where the two differ, or of how long the key is. */
function isSame(given: string, wanted: string): boolean {
  const [first, second] = [given, wanted].map((text) => createHash("sha256").update(text).digest());
  return first !== undefined && second !== undefined && timingSafeEqual(first, second);
}
