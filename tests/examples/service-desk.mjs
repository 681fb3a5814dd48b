// A service desk at a local address, which takes what is handed over to it.

import { createServer } from "node:http";
import { json } from "node:stream/consumers";

/** @param {import("node:test").TestContext} context at whose end it is gone */
export async function serviceDesk(context) {
  /** What has come, by the keys under which the same would come again. */
  const tickets = new Map();
  let isClosed = false;
  const server = createServer(async (request, response) => {
    const escalation = await json(request);
    if (!isClosed) tickets.set(request.headers["idempotency-key"], escalation);
    response.writeHead(isClosed ? 503 : 201).end();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  context.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    tickets: () => [...tickets.values()],
    setClosed: (value) => {
      isClosed = value;
    },
  };
}
