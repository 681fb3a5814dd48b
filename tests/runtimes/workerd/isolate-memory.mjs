// What a Worker takes while it works: V8's heap and buffers by its inspector, and the process where the system tells.

import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.env.CHECKOUT, "tests", "runtimes", "package.json"));
// In Node 20 there is no WebSocket.
const { WebSocket } = createRequire(require.resolve("miniflare"))("ws");

/**
 * Looks at the isolate again and again while `work` goes on.
 *
 * @param {URL} inspector of the runtime
 * @returns {Promise<{ result: unknown, heap: number, buffers: number }>} bytes, the most that was seen
 */
export async function watchIsolate(inspector, work) {
  const session = await connect(inspector);
  const most = { heap: 0, buffers: 0 };
  let isDone = false;
  const look = async () => {
    while (!isDone) {
      const { usedSize, embedderHeapUsedSize = 0, backingStorageSize = 0 } = await session.ask("Runtime.getHeapUsage");
      most.heap = Math.max(most.heap, usedSize + embedderHeapUsedSize);
      most.buffers = Math.max(most.buffers, backingStorageSize);
    }
  };
  const looking = look();
  try {
    const result = await work();
    isDone = true;
    await looking;
    return { result, ...most };
  } finally {
    isDone = true;
    session.close();
  }
}

async function connect(inspector) {
  const targets = await (await fetch(`http://${inspector.host}/json`)).json();
  // The others are Miniflare's own.
  const { webSocketDebuggerUrl } = targets.find(({ id }) => id.startsWith("core:user:"));
  const socket = new WebSocket(webSocketDebuggerUrl);
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  const waiting = new Map();
  socket.on("message", (data) => {
    const { id, result, error } = JSON.parse(data);
    const { resolve, reject } = waiting.get(id) ?? {};
    waiting.delete(id);
    if (error) reject?.(new Error(error.message));
    else resolve?.(result);
  });
  let last = 0;
  return {
    ask: (method) =>
      new Promise((resolve, reject) => {
        waiting.set(++last, { resolve, reject });
        socket.send(JSON.stringify({ id: last, method }));
      }),
    close: () => socket.close(),
  };
}

/** The process of workerd that this one has started, on Linux; nothing elsewhere. */
export function workerdProcess() {
  const read = (file) => readFileSync(`/proc/${file}`, "utf8");
  const children = (pid) => {
    try {
      return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
        read(`${pid}/task/${task}/children`).split(" ").filter(Boolean),
      );
    } catch {
      return [];
    }
  };
  const pid = children(process.pid).find((child) => read(`${child}/comm`).startsWith("workerd"));
  if (!pid) return undefined;
  const status = (name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(read(`${pid}/status`))?.[1]) * 1024;
  return {
    /** Bytes that it holds now. */
    resident: () => status("VmRSS"),
    /** The most that it has ever held. */
    mostResident: () => status("VmHWM"),
  };
}
