// A simulated tenant as a local HTTP server, for programs in any language.

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { SimulatedTenant } from "nexthink-chatbot/simulator";

/** A tenant that is being served. */
export interface TenantServer {
  /** `http://127.0.0.1:4000`: the `apiUrl` of clients. */
  readonly url: string;
  /** Stops serving, also those who are being served. */
  close(): Promise<void>;
}

/**
 * Serves a tenant.
 *
 * @param options.port 0 takes any that is free
 * @param options.host the address to listen on. Default: 127.0.0.1, this machine only
 */
export function serveTenant(
  tenant: SimulatedTenant,
  { port, host = "127.0.0.1" }: { port: number; host?: string },
): Promise<TenantServer> {
  const server = createServer((request, response) => {
    answer(tenant, request, response).catch(() => {
      // A connection that breaks, as the tenant's network has it.
      request.socket.destroy();
    });
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      const address = server.address() as AddressInfo;
      const name = address.family === "IPv6" ? `[${address.address}]` : address.address;
      resolve({ url: `http://${name}:${address.port}`, close: () => closed(server) });
    });
  });
}

async function answer(tenant: SimulatedTenant, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  const answered = await tenant.fetch(
    // Whatever name led here, the tenant sees an address of this machine; links to files have the name of the `host`.
    new URL(request.url ?? "/", "http://127.0.0.1").href,
    {
      method: request.method ?? "GET",
      headers: pairs(request.rawHeaders),
      body: Buffer.concat(chunks),
      signal: gone.signal,
    },
  );
  const headers = [...answered.headers].flat();
  const { bytes, isWhole } = await bodyOf(answered);
  if (isWhole) {
    response.writeHead(answered.status, [...headers, ...lengthOf(answered, bytes)]);
    response.end(bytes);
  } else {
    // With the length of the whole, a part of it, and then nothing any more.
    response.writeHead(answered.status, headers);
    response.write(bytes, () => request.socket.destroy());
  }
}

async function bodyOf(answered: Response): Promise<{ bytes: Uint8Array; isWhole: boolean }> {
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of answered.body ?? []) chunks.push(chunk);
    return { bytes: Buffer.concat(chunks), isWhole: true };
  } catch {
    return { bytes: Buffer.concat(chunks), isWhole: false };
  }
}

/** Responses that can have no body have no length either. */
function lengthOf(answered: Response, bytes: Uint8Array): string[] {
  return answered.body === null ? [] : ["content-length", String(bytes.length)];
}

function pairs(flat: string[]): [string, string][] {
  return flat.flatMap((name, position) => (position % 2 === 0 ? [[name, flat[position + 1] ?? ""]] : []));
}

function closed(server: ReturnType<typeof createServer>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
