// What is used of Node's objects. Those of `node:http`, `node:https`, `node:http2` and Express fit, and so do a test's own.

/** A request, as Node's `IncomingMessage` is one. */
export interface NodeIncoming {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  /** The whole address, where Express has cut off of `url` what the listener is mounted at. */
  readonly originalUrl?: string | undefined;
  readonly headers: { readonly [name: string]: string | readonly string[] | undefined };
  readonly socket?: unknown;
  /** What a parser before this listener has made of the body. */
  readonly body?: unknown;
  /** What such a parser has read, where it keeps that. */
  readonly rawBody?: unknown;
  /** Whether the body was read to its end. */
  readonly readableEnded: boolean;
  readonly destroyed: boolean;
  on(event: "data", listener: (piece: Uint8Array) => void): unknown;
  on(event: "end" | "error" | "close", listener: () => void): unknown;
  pause(): unknown;
  resume(): unknown;
}

/** An answer, as Node's `ServerResponse` is one. */
export interface NodeOutgoing {
  statusCode: number;
  readonly headersSent: boolean;
  readonly destroyed?: boolean;
  setHeader(name: string, value: string): unknown;
  appendHeader(name: string, value: string): unknown;
  on(event: "drain" | "error" | "close", listener: () => void): unknown;
  write(piece: Uint8Array): boolean;
  end(): unknown;
  destroy(): unknown;
}
