// A tenant on this machine that repeats what it was asked, is busy the first time, has moved, lacks the query, gives its
// answer in pieces or only the first of them, or keeps its caller waiting, as its name says.

import { EventEmitter, once } from "node:events";
import { createServer } from "node:http";
import { createClient } from "nexthink-chatbot";

const token = { access_token: "t", expires_in: 900, token_type: "Bearer" };

/** @param {{ after(end: () => void): void }} context ends it @param more options of the client */
export async function serveEcho(context, more = {}) {
  const requests = [];
  const refused = new Set();
  const answered = new EventEmitter();
  const held = new Set();
  const server = createServer(async (request, response) => {
    requests.push(request.url);
    const answer = (status, value, headers) => {
      const text = JSON.stringify(value);
      const length = { "content-type": "application/json", "content-length": Buffer.byteLength(text) };
      response.writeHead(status, { ...length, ...headers }).end(text);
      answered.emit("answer");
    };
    let body = "";
    for await (const piece of request) body += piece;
    if (request.url === "/token") return answer(200, token);
    const { queryId, remoteActionId, parameters } = JSON.parse(body || "{}");
    const status = /moved_(\d+)/.exec(queryId ?? remoteActionId ?? "")?.[1];
    if (status) return answer(Number(status), {}, { location: "/elsewhere" });
    if (queryId === "#missing") return answer(404, { message: "there is none" });
    if (queryId === "#busy_at_first" && !refused.has(parameters.at)) {
      refused.add(parameters.at);
      return answer(503, { message: "busy" }, { "retry-after": "0" });
    }
    const echoed = { queryId, data: [{ at: parameters?.at }] };
    if (/^#held/.test(queryId ?? remoteActionId)) {
      held.add(response.on("close", () => held.delete(response)).on("close", () => answered.emit("cut")));
    }
    if (queryId === "#held" || remoteActionId === "#held") return answered.emit("held");
    if (!/^#(pieces|first_piece|held_piece)$/.test(queryId)) return answer(200, echoed);
    const bytes = Buffer.from(JSON.stringify(echoed));
    response.writeHead(200, { "content-type": "application/json", "content-length": bytes.length });
    response.write(bytes.subarray(0, 20), () => {
      if (queryId === "#pieces") setImmediate(() => response.end(bytes.subarray(20)));
      else if (queryId === "#held_piece") answered.emit("held");
      else response.destroy();
    });
  });
  let connections = 0;
  server.on("connection", () => {
    connections += 1;
  });
  context.after(() => {
    server.close();
    server.closeAllConnections();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = `http://127.0.0.1:${server.address().port}`;
  const credentials = { clientId: "c", clientSecret: "s" };
  const hosts = { apiUrl: url, tokenUrl: `${url}/token` };
  const nexthink = createClient({ instance: "acme", region: "eu", credentials, ...hosts, ...more });
  return { nexthink, requests, answered, held, connections: () => connections };
}
