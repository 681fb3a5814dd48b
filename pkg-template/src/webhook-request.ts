// What is used of a request: the standard `Request` fits, Node's and its frameworks', and a plain object. Told by what they
// have, not by `instanceof`.

import { invalid } from "./errors.ts";

/** A request as it came. */
export interface WebhookRequest {
  readonly method?: string | undefined;
  /** A `Headers`, or an object of them, whose names are of any case. */
  readonly headers: { get(name: string): string | null } | Readonly<Record<string, unknown>>;
  /**
   * Its body as it came: text, bytes, a stream of them. Without one, what the request itself gives is read. Of a body that was
   * parsed before, no signature can be checked.
   */
  readonly body?: unknown;
}

/** Of these headers at most one value is ever sent. */
const known = ["authorization", "webhook-id", "webhook-timestamp", "webhook-signature"];
const ofTheBody = ["content-length", "content-encoding"];

/**
 * The headers that are looked at, by their names in small letters.
 *
 * @throws NexthinkError of kind `invalid` for what is no request
 */
export function headersOf(request: WebhookRequest, own: string | undefined): Record<string, string> {
  if (typeof request !== "object" || request === null) {
    throw invalid("there is no request", "pass the request as it came, or its `headers` and its `body`");
  }
  const { headers } = request;
  const wanted = [...known, ...ofTheBody, ...(typeof own === "string" ? [own.toLowerCase()] : [])];
  const found: Record<string, string> = {};
  const { get } = Object(headers) as { get?: unknown };
  if (typeof get === "function") {
    for (const name of wanted) {
      // A name that is none makes some throw; it is refused elsewhere.
      const value = /^[\w!#$%&'*+.^`|~-]+$/.test(name) ? get.call(headers, name) : undefined;
      if (typeof value === "string") found[name] = value;
    }
    return found;
  }
  for (const [name, value] of Object.entries(Object(headers) as object)) {
    const small = name.toLowerCase();
    if (!wanted.includes(small)) continue;
    // Two are as good as none, unless they are the same.
    const values = [...new Set([value, found[small]].flat().filter((one) => typeof one === "string"))];
    found[small] = values.join(", ");
  }
  return found;
}
