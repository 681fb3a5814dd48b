// A tenant in a process of its own, so that its work is not counted as the client's. It answers at once, always the
// same, and tells its parent where it listens; it ends with its parent.

import { createServer } from "node:http";
import { answers, token } from "./answers.mjs";

const server = createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    if (request.url === "/token") return send(response, 200, token);
    const { queryId } = JSON.parse(Buffer.concat(chunks));
    const answer = answers.get(queryId);
    if (answer) send(response, answer.status, answer.body);
  });
});

function send(response, status, body) {
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    "x-request-id": "7f1d8a52-8c0b-4a39-9a54-2f6ac8f5f2a1",
  });
  response.end(body);
}

// No connection may be closed under a client between two requests.
server.keepAliveTimeout = 600_000;
server.listen(0, "127.0.0.1", () => process.send({ url: `http://127.0.0.1:${server.address().port}` }));
process.on("disconnect", () => process.exit());
