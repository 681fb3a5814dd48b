// The tenant's HTTP in the shape of `fetch`: what is asked, how long the answer takes, and what comes back.

import type { SimulatorCore } from "wasm:simulator/glue";
import { bytesOf } from "../bytes.ts";
import { reasonOf, type TenantClock } from "./clock.ts";
import type { FetchInit, FetchInput, HeadersLike, RequestLike, SimulatedFetch } from "./types.ts";

interface Outcome {
  /** `null` where the connection breaks. */
  status: number | null;
  headers: [string, string][];
  latencyMs: number;
  /** Whether the connection breaks after what there is of the body. */
  isTruncated: boolean;
}

/** A `fetch` that leads to the tenant. */
export function fetchOf(core: SimulatorCore, clock: TenantClock): SimulatedFetch {
  return async (input, init = {}) => {
    const request = requestOf(input);
    const signal = init.signal ?? request.signal;
    if (signal?.aborted) throw reasonOf(signal);
    const body = await bodyOf(request, init);
    // Real time counts up to here: a token may have ended.
    clock.now();
    const outcome: Outcome = JSON.parse(core.handle(JSON.stringify(headOf(request, init)), body));
    const answer = core.body();
    // The request may have let the tenant's clock jump: whoever is due wakes.
    clock.advance(0);
    await clock.sleep(outcome.latencyMs, signal);
    if (outcome.status === null) {
      throw new TypeError("fetch failed", { cause: broken() });
    }
    return responseOf(outcome.status, outcome.headers, answer, outcome.isTruncated);
  };
}

function requestOf(input: FetchInput): RequestLike {
  return typeof input === "object" && "url" in input ? input : { url: String(input) };
}

function headOf(request: RequestLike, init: FetchInit): { method: string; url: string; headers: string[][] } {
  const headers = pairsOf(init.headers ?? request.headers);
  if (isTagged(init.body, "URLSearchParams") && !headers.some(([name]) => name?.toLowerCase() === "content-type")) {
    headers.push(["content-type", "application/x-www-form-urlencoded;charset=UTF-8"]);
  }
  return { method: (init.method ?? request.method ?? "GET").toUpperCase(), url: request.url, headers };
}

function pairsOf(headers: HeadersLike | undefined): string[][] {
  if (!headers) return [];
  const pairs =
    Symbol.iterator in headers ? Array.from(headers as Iterable<readonly string[]>) : Object.entries(headers);
  return pairs.map(([name, value]) => [String(name), String(value)]);
}

async function bodyOf(request: RequestLike, init: FetchInit): Promise<Uint8Array> {
  const { body } = init;
  const source = (body ?? request) as { arrayBuffer?: () => Promise<ArrayBuffer> };
  if (typeof source.arrayBuffer === "function") return new Uint8Array(await source.arrayBuffer());
  if (body == null) return new Uint8Array();
  return bytesOf(body) ?? new TextEncoder().encode(String(body));
}

function isTagged(value: unknown, tag: string): boolean {
  return Object.prototype.toString.call(value) === `[object ${tag}]`;
}

/** A real `Response` where the runtime has one. */
function responseOf(status: number, headers: [string, string][], bytes: Uint8Array, isTruncated: boolean): Response {
  if (typeof globalThis.Response === "function") {
    // With these statuses a response may not have a body, not even an empty one.
    const whole = [204, 205, 304].includes(status) ? null : bytes.slice();
    return new Response(isTruncated ? breakingOff(bytes) : whole, { status, headers });
  }
  const read = async () => {
    if (isTruncated) throw terminated();
    return bytes.slice();
  };
  const text = async () => new TextDecoder().decode(await read());
  const plain = {
    status,
    ok: status >= 200 && status < 300,
    headers: { get: (name: string) => headers.find(([known]) => known === name.toLowerCase())?.[1] ?? null },
    body: null,
    arrayBuffer: async () => (await read()).buffer,
    text,
    json: async () => JSON.parse(await text()),
  };
  return plain as unknown as Response;
}

/** A body that ends before its end: what there is of it, then an error for whoever reads on. */
function breakingOff(bytes: Uint8Array): ReadableStream<Uint8Array<ArrayBuffer>> {
  let left: Uint8Array<ArrayBuffer> | undefined = bytes.slice();
  return new ReadableStream({
    pull(controller) {
      if (left && left.length > 0) controller.enqueue(left);
      else controller.error(terminated());
      left = undefined;
    },
  });
}

/** What reading rejects with, as Node's `fetch` has it. */
function terminated(): TypeError {
  return new TypeError("terminated", { cause: broken() });
}

function broken(): Error {
  return new Error("the connection to the simulated tenant broke");
}
