// The door, served by Node: `npm start`. In production a proxy with TLS stands before it; in Workers, Deno and Bun, `doorOf` is the
// whole program: `export default { fetch: doorOf(...) }`.

import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { toNodeListener } from "nexthink-chatbot";
import { doorOf } from "./door.mjs";

const { PORT = "8080", HOST = "127.0.0.1", DOOR_KEY, PUBLIC_URL: publicUrl } = process.env;
const apiKey = DOOR_KEY || randomBytes(24).toString("hex");
const door = doorOf(process.env, { apiKey, publicUrl });

const server = createServer(toNodeListener(door));
server.listen(Number(PORT), HOST, () => {
  console.log(`The door is at http://${HOST}:${server.address().port}`);
  if (!DOOR_KEY) console.log(`DOOR_KEY is not set; for now it is ${apiKey}`);
});
