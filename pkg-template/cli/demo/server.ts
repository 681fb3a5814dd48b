// The demo's files and the package's own modules, as a browser of this machine gets them: the same files that could be
// served from anywhere, with headers that keep the page to itself.

import { readdirSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname } from "node:path";

/** A page that is being served. */
export interface DemoServer {
  /** `http://127.0.0.1:4080/demo/` */
  readonly url: string;
  close(): Promise<void>;
}

/** Everything that the page needs is here, its program may only come from here, and it sends nothing anywhere. */
export const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** The package, as seen from the bundle of the program. */
const home = new URL("../", import.meta.url);

/** The page's place: its modules import the package's by `../`. */
const place = "demo/";

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".mjs": "text/javascript; charset=utf-8",
};

/** @param port 0 takes any that is free. Other machines cannot reach it */
export function serveDemo(port: number): Promise<DemoServer> {
  const files = filesByPath();
  const server = createServer((request, response) => answer(files, request, response));
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const { port: taken } = server.address() as AddressInfo;
      resolve({ url: `http://127.0.0.1:${taken}/${place}`, close: () => closed(server) });
    });
  });
}

/** The only paths that there are: a path of a request never becomes one of a file. */
function filesByPath(): Map<string, URL> {
  const modules = readdirSync(home).filter((name) => name.endsWith(".mjs"));
  const page = readdirSync(new URL(place, home)).map((name) => `${place}${name}`);
  const files = new Map([...modules, ...page].map((name) => [`/${name}`, new URL(name, home)]));
  files.set(`/${place}`, new URL(`${place}index.html`, home));
  return files;
}

function answer(files: Map<string, URL>, request: IncomingMessage, response: ServerResponse): void {
  const path = (request.url ?? "").replace(/[?#].*$/s, "");
  const file = files.get(path);
  if (request.method !== "GET" && request.method !== "HEAD") tell(response, 405, "only GET is answered");
  else if (path === "/") tell(response, 302, `the page is at /${place}`, { location: `/${place}` });
  else if (!file) tell(response, 404, `the page is at /${place}`);
  else send(response, file, request.method === "HEAD");
}

function send(response: ServerResponse, file: URL, isHead: boolean): void {
  const content = readFileSync(file);
  response.writeHead(200, {
    "content-type": types[extname(file.pathname)] ?? "application/octet-stream",
    "content-length": content.length,
    "content-security-policy": policy,
    "cross-origin-opener-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    // Another version may be served here tomorrow.
    "cache-control": "no-cache",
  });
  response.end(isHead ? undefined : content);
}

function tell(response: ServerResponse, status: number, message: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", ...headers });
  response.end(`${message}\n`);
}

function closed(server: ReturnType<typeof createServer>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
