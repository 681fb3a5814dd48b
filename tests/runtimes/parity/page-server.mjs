// Serves the project's files to browsers, freely or under a strict policy, and takes what their pages report.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { text } from "node:stream/consumers";
import { project } from "./project.mjs";

/** What a page may do at most for the package to work in it. */
export const strictPolicy = [
  ...["default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "worker-src 'self'", "connect-src 'self'"],
  ...["base-uri 'none'", "require-trusted-types-for 'script'", "trusted-types parity"],
].join("; ");

const types = { ".mjs": "text/javascript", ".html": "text/html" };
const page =
  '<!doctype html><meta charset="utf-8"><title>parity</title><link rel="icon" href="data:,"><script type="module" src="/tests/runtimes/parity/runners/page.mjs"></script>';

/** @param {string | undefined} policy a Content-Security-Policy for everything that is served */
export async function servePages(policy) {
  let told;
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    if (policy) response.setHeader("content-security-policy", policy);
    response.setHeader("cache-control", "no-store");
    if (request.method === "POST") {
      told?.({ path: pathname, body: await text(request) });
      return response.end();
    }
    if (pathname === "/") return response.setHeader("content-type", types[".html"]).end(page);
    try {
      const file = await readFile(join(project, normalize(pathname)));
      return response.setHeader("content-type", types[extname(pathname)] ?? "application/octet-stream").end(file);
    } catch {
      return response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    /** What the next page reports. */
    report(milliseconds) {
      return new Promise((resolve, reject) => {
        const late = setTimeout(reject, milliseconds, new Error("the page reported nothing")).unref();
        told = ({ path, body }) => {
          clearTimeout(late);
          if (path === "/said") resolve(body);
          else reject(new Error(body));
        };
      });
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
