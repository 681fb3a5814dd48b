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
    await clock.sleep(outcome.latencyMs, signal);
    if (outcome.status === null) {
      throw new TypeError("fetch failed", { cause: new Error("the connection to the simulated tenant broke") });
    }
    return responseOf(outcome.status, outcome.headers, answer);
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
function responseOf(status: number, headers: [string, string][], bytes: Uint8Array): Response {
  if (typeof globalThis.Response === "function") {
    // With these statuses a response may not have a body, not even an empty one.
    return new Response([204, 205, 304].includes(status) ? null : bytes.slice(), { status, headers });
  }
  const text = () => new TextDecoder().decode(bytes);
  const plain = {
    status,
    ok: status >= 200 && status < 300,
    headers: { get: (name: string) => headers.find(([known]) => known === name.toLowerCase())?.[1] ?? null },
    body: null,
    arrayBuffer: async () => bytes.slice().buffer,
    text: async () => text(),
    json: async () => JSON.parse(text()),
  };
  return plain as unknown as Response;
}
