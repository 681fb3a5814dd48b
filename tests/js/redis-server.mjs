// A Redis of a test's own, from whatever package the machine has it, and a client of a few lines: no port, no data on
// disk, gone with the test.

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const isThere = spawnSync("redis-server", ["--version"]).status === 0;

/** Why there is none, in a line; nothing where there is one. */
export const missing = isThere
  ? undefined
  : "redis-server is not installed: `apt-get install redis-server` or `brew install redis`, then run this test again";

/** @param {import("node:test").TestContext} context ends it with the test */
export async function startRedis(context) {
  const folder = mkdtempSync(join(tmpdir(), "redis-"));
  const socket = join(folder, "socket");
  const server = spawn("redis-server", ["--port", "0", "--unixsocket", socket, "--save", "", "--dir", folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(server, "close");
  context.after(async () => {
    server.kill("SIGKILL");
    await ended;
    rmSync(folder, { recursive: true });
  });
  let output = "";
  await new Promise((resolve, reject) => {
    server.stdout.on("data", (text) => {
      output += text;
      if (output.includes("eady to accept connections")) resolve();
    });
    server.once("close", () => reject(new Error(`redis-server ended: ${output}`)));
  });
  return { socket, connect: () => connectTo(context, socket) };
}

/** A connection. Gives what sends a command and resolves with its reply. */
function connectTo(context, path) {
  const socket = connect(path);
  context.after(() => socket.destroy());
  const waiting = [];
  let bytes = Buffer.alloc(0);
  socket.on("data", (chunk) => {
    bytes = Buffer.concat([bytes, chunk]);
    for (let reply = readReply(bytes); reply; reply = readReply(bytes)) {
      bytes = bytes.subarray(reply.end);
      const { resolve, reject } = waiting.shift();
      if (reply.error) reject(new Error(reply.error));
      else resolve(reply.value);
    }
  });
  socket.on("error", (error) => {
    for (const { reject } of waiting.splice(0)) reject(error);
  });
  return (...words) =>
    new Promise((resolve, reject) => {
      waiting.push({ resolve, reject });
      const parts = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
      socket.write(`*${words.length}\r\n${parts.join("")}`);
    });
}

/** The first reply in the bytes, of the kinds that come here, and where it ends; nothing while it is not all there. */
function readReply(bytes) {
  const lineEnd = bytes.indexOf("\r\n");
  if (lineEnd < 0) return undefined;
  const [kind, rest] = [String.fromCharCode(bytes[0]), bytes.toString("utf8", 1, lineEnd)];
  const end = lineEnd + 2;
  if (kind === "+") return { value: rest, end };
  if (kind === "-") return { error: rest, end };
  if (kind === ":") return { value: Number(rest), end };
  if (kind !== "$") throw new Error(`a reply of the kind ${kind} is not read here`);
  const length = Number(rest);
  if (length < 0) return { value: null, end };
  if (bytes.length < end + length + 2) return undefined;
  return { value: bytes.toString("utf8", end, end + length), end: end + length + 2 };
}
