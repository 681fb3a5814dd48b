// The handler behind a local HTTP server of Node, over the simulated tenant: what a platform that cannot import a package
// talks to.

import { once } from "node:events";
import { createServer } from "node:http";
import { createClient, createHandler, toNodeListener } from "nexthink-chatbot";
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
  const listener = toNodeListener(handler);
  const answered = new Map();
  const server = createServer((incoming, outgoing) => {
    outgoing.on("finish", () => {
      const which = `${incoming.method} ${incoming.url} ${outgoing.statusCode}`;
      answered.set(which, (answered.get(which) ?? 0) + 1);
    });
    listener(incoming, outgoing);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address();
  return { url: `http://127.0.0.1:${port}`, errors, answered };
}
