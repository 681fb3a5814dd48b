// A simulated tenant behind a local HTTP server that can be held: a request of which the test says so is answered when
// the test lets it go, so that what overlaps in a runtime is certain and needs no sleeping.

import { EventEmitter } from "node:events";
import { createServer } from "node:http";
import { createClient } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";

const tokenPath = "/oauth2/default/v1/token";

/**
 * @param {import("node:test").TestContext} context at whose end the server closes
 * @param {{ hold?: (path: string) => boolean }} [options] which requests wait until `release()`; none by default
 */
export async function serveHeldTenant(context, { hold = () => false } = {}) {
  const tenant = createSimulator({ speed: Number.POSITIVE_INFINITY, now: "2026-09-14T09:00:00Z" });
  const changes = new EventEmitter().setMaxListeners(0);
  /** All requests to the tenant, in the order in which they came. */
  const requests = [];
  let isHolding = true;
  let arrived = 0;

  async function answer(request, response) {
    const { pathname } = new URL(request.url, "http://127.0.0.1");
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    if (pathname === "/arrived") {
      // Where an invocation says that it runs: no part of the tenant.
      arrived += 1;
      changes.emit("change");
      return response.end();
    }
    if (pathname === "/when-held") {
      await until(() => requests.some(({ isHeld }) => isHeld));
      return response.end();
    }
    const seen = { path: pathname, isHeld: isHolding && hold(pathname), isAnswered: false, isCut: false };
    requests.push(seen);
    response.once("close", () => {
      seen.isAnswered = response.writableFinished;
      seen.isCut = !response.writableFinished;
      changes.emit("change");
    });
    changes.emit("change");
    if (seen.isHeld) await until(() => !isHolding || seen.isCut);
    if (seen.isCut) return undefined;
    const answered = await tenant.fetch(`http://127.0.0.1${request.url}`, {
      method: request.method,
      headers: request.headers,
      body: Buffer.concat(chunks),
    });
    response.writeHead(answered.status, [...answered.headers].flat());
    return response.end(new Uint8Array(await answered.arrayBuffer()));
  }

  /** Waits for what is told by the requests that came, were answered or were cut. */
  async function until(condition) {
    while (!condition()) await new Promise((resolve) => changes.once("change", resolve));
  }

  const server = createServer((request, response) => {
    // Whoever asked has gone in the middle of the request.
    answer(request, response).catch(() => request.socket.destroy());
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  context.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const url = `http://127.0.0.1:${server.address().port}`;
  const { instance, region, credentials } = tenant;
  return {
    employees: tenant.employees,
    /** A client of this tenant in the test's own process, which asks it without the server. */
    direct: createClient(tenant.client),
    /** The options of a client of this tenant, as JSON. */
    client: { instance, region, credentials, apiUrl: url, tokenUrl: `${url}${tokenPath}` },
    until,
    /** How many invocations have said that they run. */
    arrived: () => arrived,
    tokenRequests: () => requests.filter(({ path }) => path === tokenPath),
    requests: () => requests,
    /** Answers what is held, and holds nothing any more. */
    release() {
      isHolding = false;
      changes.emit("change");
    },
  };
}

export const isTokenRequest = (path) => path === tokenPath;
