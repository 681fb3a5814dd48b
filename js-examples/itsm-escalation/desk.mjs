// A service desk on this machine that answers as ServiceNow does, as far as this example asks it: for trying it without one.

import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";

/** @returns its address, the account that may ask it, and the tables that it has */
export async function startDesk() {
  const [user, password] = ["nexthink.chatbot", randomBytes(12).toString("hex")];
  const tables = {
    incident: [],
    sys_user: [{ sys_id: newId(), user_name: "amartin", name: "Anna Martin" }],
    cmdb_ci_computer: [{ sys_id: newId(), name: "AMARTIN-LT" }],
    attachment: [],
  };
  const account = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
  const server = createServer(async (request, response) => {
    const answer = (status, body) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    const { pathname, searchParams } = new URL(request.url, "http://desk");
    const [, name] = /^\/api\/now\/(?:table\/)?(\w+)/.exec(pathname) ?? [];
    const table = Object.hasOwn(tables, name) ? tables[name] : undefined;
    if (request.headers.authorization !== account) return answer(401, { error: { message: "User Not Authenticated" } });
    if (!table) return answer(404, { error: { message: "Requested URI does not represent any resource" } });
    if (request.method === "GET") {
      const conditions = searchParams
        .get("sysparm_query")
        .split("^")
        .map((one) => one.split(/=(.*)/, 2));
      const found = table.filter((record) => conditions.every(([field, value]) => record[field] === value));
      return answer(200, { result: found.slice(0, Number(searchParams.get("sysparm_limit"))) });
    }
    let text = "";
    for await (const piece of request) text += piece;
    const record = { sys_id: newId(), ...(name === "attachment" ? { content: text } : JSON.parse(text)) };
    if (name === "attachment") Object.assign(record, Object.fromEntries(searchParams));
    else {
      const isThere = table.some(({ correlation_id }) => correlation_id === record.correlation_id);
      if (isThere) return answer(403, { error: { message: "Operation Failed", detail: "Unique Key violation" } });
      record.number = `INC${String(10_001 + table.length).padStart(7, "0")}`;
    }
    table.push(record);
    return answer(201, { result: record });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${server.address().port}`, user, password, tables, close };
}

const newId = () => randomBytes(16).toString("hex");
