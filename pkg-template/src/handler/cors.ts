// Who may call from a page of another origin: nobody, unless the host names origins.

import { invalid } from "../errors.ts";
import { wholeNumber } from "../whole-number.ts";
import type { HandlerRequest } from "./request.ts";

/** Which pages may call. */
export interface CorsOptions {
  /** Their origins, each like `https://chat.acme.com`. */
  origins: readonly string[];
  /** Headers that they may send besides the door's own, such as the one by which `employee` knows the employee. */
  headers?: readonly string[];
  /** For how many seconds a browser need not ask again. Default: 600. */
  maxAgeSeconds?: number;
}

/** The headers that an answer gets, and those of the answer to a browser's question beforehand. */
export interface Cors {
  headersOf(request: HandlerRequest): Record<string, string>;
  preflight(request: HandlerRequest, methods: readonly string[]): Record<string, string> | undefined;
}

/** @throws NexthinkError of kind `invalid` for what breaks a rule. `*` is no origin: it would be everyone. */
export function corsOf(options: CorsOptions | undefined): Cors {
  if (options === undefined) return { headersOf: () => ({}), preflight: () => undefined };
  const { origins, headers = [], maxAgeSeconds = 600, ...unknown } = options ?? {};
  if (!Array.isArray(origins) || !origins.every((origin) => /^https?:\/\/[^/?#*\s]+$/.test(origin))) {
    throw invalid("`cors.origins` is not a list of origins", "list each origin, such as `https://chat.acme.com`");
  }
  if (!Array.isArray(headers) || !headers.every((name) => /^[\w!#$%&'*+.^`|~-]+$/.test(name))) {
    throw invalid("`cors.headers` is not a list of headers' names", "list each name, such as `x-employee`");
  }
  const [other] = Object.keys(unknown);
  if (other !== undefined)
    throw invalid(`\`${other}\` is no option of \`cors\``, "give origins, headers, maxAgeSeconds");
  wholeNumber("cors.maxAgeSeconds", maxAgeSeconds, 0, 86_400);
  const allowed = ["authorization", "content-type", "x-api-key", ...headers].join(", ");
  const headersOf = (request: HandlerRequest): Record<string, string> => {
    const origin = request.headers.get("origin");
    // Also without a match: a cache must not give one origin's answer to another.
    if (!origin || !origins.includes(origin)) return { vary: "origin" };
    return {
      vary: "origin",
      "access-control-allow-origin": origin,
      "access-control-expose-headers": "retry-after",
    };
  };
  return {
    headersOf,
    preflight(request, methods) {
      if (request.method !== "OPTIONS" || !request.headers.get("access-control-request-method")) return undefined;
      const found = headersOf(request);
      if (!found["access-control-allow-origin"]) return found;
      return {
        ...found,
        "access-control-allow-methods": methods.join(", "),
        "access-control-allow-headers": allowed,
        "access-control-max-age": String(maxAgeSeconds),
      };
    },
  };
}
