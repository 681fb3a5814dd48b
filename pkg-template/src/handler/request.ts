// What is used of a request, and of the host's `Response`. Any host's will do, and a plain object with these parts.

/** A request, as far as the door looks at it. The standard `Request` fits. */
export interface HandlerRequest {
  readonly method: string;
  /** The whole address, or the path alone. */
  readonly url: string;
  readonly headers: { get(name: string): string | null };
  /** A `ReadableStream`. Without one, the body is read whole before its size is known. */
  readonly body?: unknown;
  /** Ends the calls that the request has begun. */
  readonly signal?: AbortSignal | null;
  arrayBuffer?(): PromiseLike<ArrayBuffer>;
  text?(): PromiseLike<string>;
}

/** How answers are made. The standard `Response` fits. */
export type ResponseMaker<Answer> = new (
  body: string | null,
  init: { status: number; headers: Record<string, string> },
) => Answer;

/** The address of a request, in its parts. */
export interface Address {
  /** Without the name of a host where the request has none. */
  readonly origin: string | undefined;
  readonly path: string;
}

/** Where a request is to; nothing for what is no address. */
export function addressOf({ url }: HandlerRequest): Address | undefined {
  // The path as it came: the parser of addresses would take `..` for a step up, and so might not be where the host looked.
  const parts = /^(https?:\/\/[^/?#]+)?(\/[^?#]*)?(?:[?#]|$)/i.exec(String(url));
  return parts ? { origin: parts[1], path: parts[2] ?? "/" } : undefined;
}

/** The media type without its parameters, in lower case; empty where there is none. */
export function mediaType(header: string | null): string {
  return (header ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
}

/** Whether who asks takes JSON: says nothing of it, or something that covers it. */
export function takesJson(accept: string | null): boolean {
  if (!accept?.trim()) return true;
  return accept.split(",").some((range) => {
    const [type = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
    const refused = parameters.some((parameter) => /^q\s*=\s*0(?:\.0*)?$/.test(parameter));
    return !refused && ["*/*", "application/*", "application/json", "application/problem+json"].includes(type);
  });
}
