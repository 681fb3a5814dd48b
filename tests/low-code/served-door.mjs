// The handler behind a local HTTP server of Node, over the simulated tenant: what a platform that cannot import a package
// talks to.

import { once } from "node:events";
import { createServer } from "node:http";
import { createClient, createHandler } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";

export const apiKey = "the-key-of-the-door-of-these-tests";

/**
 * @param options what the handler is made with besides the key
 * @returns its address, what it was told of errors, and how often which path was answered how
 */
export async function serveDoor(context, options) {
  const nexthink = createClient(createSimulator({ devices: 0, speed: Number.POSITIVE_INFINITY }).client);
  const errors = [];
  const onError = (error, operation) => errors.push({ error, operation });
  const handler = createHandler(nexthink, { apiKey, onError, ...options });
  const answered = new Map();
  const server = createServer((incoming, outgoing) => {
    outgoing.on("finish", () => {
      const which = `${incoming.method} ${incoming.url} ${outgoing.statusCode}`;
      answered.set(which, (answered.get(which) ?? 0) + 1);
    });
    answer(handler, incoming, outgoing).catch((error) => {
      errors.push({ error, operation: "the server" });
      outgoing.destroy();
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address();
  return { url: `http://127.0.0.1:${port}`, errors, answered };
}

async function answer(handler, incoming, outgoing) {
  const { method, url, headers } = incoming;
  const hasBody = method !== "GET" && method !== "HEAD";
  const leaving = new AbortController();
  outgoing.on("close", () => leaving.abort());
  // Node's own `Request` refuses some methods; a plain object does as well.
  const request = {
    method,
    url: `http://${headers.host}${url}`,
    headers: { get: (name) => (Array.isArray(headers[name]) ? headers[name].join() : (headers[name] ?? null)) },
    signal: leaving.signal,
    async arrayBuffer() {
      const pieces = [];
      if (hasBody) for await (const piece of incoming) pieces.push(piece);
      const whole = Buffer.concat(pieces);
      return whole.buffer.slice(whole.byteOffset, whole.byteOffset + whole.length);
    },
  };
  const response = await handler(request);
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}
