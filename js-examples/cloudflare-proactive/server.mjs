// An HTTP server of Node whose requests and answers are those of the web.

import { createServer } from "node:http";

/** @param {(request: Request) => Promise<Response>} answer */
export async function serve(answer) {
  const server = createServer(async (incoming, outgoing) => {
    try {
      const chunks = [];
      for await (const chunk of incoming) chunks.push(chunk);
      const { method, headers } = incoming;
      const body = chunks.length > 0 ? Buffer.concat(chunks) : undefined;
      const {
        status,
        headers: given,
        body: stream,
      } = await answer(new Request(new URL(incoming.url, `http://${headers.host}`), { method, headers, body }));
      outgoing.writeHead(status, [...given].flat());
      for await (const chunk of stream ?? []) outgoing.write(chunk);
      outgoing.end();
    } catch {
      incoming.socket.destroy();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
