// The server over streamable HTTP, at one path of one address, for any number of clients.

import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Employee } from "nexthink-chatbot";
import { cannotListen } from "../listening.ts";
import { toldToStop } from "../told-to-stop.ts";
import { messageOf } from "../wrong-call.ts";
import type { EmployeeSource } from "./employee.ts";
import { type Guard, isLoopback, refusalOf } from "./guard.ts";
import { mcpServer } from "./server.ts";
import { NoSession, Sessions } from "./sessions.ts";
import type { McpTenant } from "./tenant.ts";

const path = "/mcp";

/** Where the server listens, and to whom. */
export interface HttpSetting extends Guard {
  host: string;
  port: number;
  /** Whether the key was made for this run, so that nobody knows it yet. */
  isNewKey: boolean;
}

/** @throws Error for what is no address, and for a door that would stand open */
export function httpSetting(given: {
  address: string;
  names: readonly string[];
  open: boolean;
  key: string | undefined;
}): HttpSetting {
  const { host, port } = addressOf(given.address);
  const isHere = isLoopback(host);
  if (!isHere && given.open) throw new Error(`--no-key is for this machine only, and ${host} is not`);
  if (!isHere && !given.key) throw new Error("off this machine a key is needed: set NEXTHINK_MCP_KEY");
  if (given.key && (given.key.length < 16 || !/^[\x21-\x7e]+$/.test(given.key))) {
    throw new Error("NEXTHINK_MCP_KEY must be at least 16 characters of ASCII without spaces");
  }
  if (given.open && given.key) throw new Error("--no-key or NEXTHINK_MCP_KEY, not both");
  const names = ["localhost", "127.0.0.1", "[::1]", host, ...given.names].map((name) => name.toLowerCase());
  const key = given.open ? undefined : given.key || randomBytes(24).toString("base64url");
  return { host, port, names: new Set(names), key, isNewKey: !given.open && !given.key };
}

/** Serves until it is told to stop. @throws Error where it cannot */
export async function serveHttp(tenant: McpTenant, employees: EmployeeSource, setting: HttpSetting): Promise<void> {
  const sessions = new Sessions((employee) => mcpServer(tenant.nexthink, employee));
  const server = createServer((request, response) => {
    answer(request, response).catch(() => request.socket.destroy());
  });
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = refusalOf(request, setting);
    if (refusal) return refuse(response, refusal.status, refusal.message, refusal.headers);
    if (request.url?.replace(/\?.*$/s, "") !== path) return refuse(response, 404, `everything is at ${path}`);
    let employee: Employee;
    try {
      employee = employees.employeeOf(request);
    } catch (error) {
      return refuse(response, 400, messageOf(error));
    }
    try {
      await sessions.answer(request, response, employee);
    } catch (error) {
      if (response.headersSent) throw error;
      if (error instanceof NoSession) return refuse(response, error.status, error.message);
      process.stderr.write(`${messageOf(error)}\n`);
      refuse(response, 500, "the server has failed, and its own output says how");
    }
  }
  const { host, port, key, isNewKey } = setting;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(cannotServe(error, host, port)));
    server.listen(port, host.replace(/^\[|\]$/g, ""), resolve);
  });
  const address = server.address() as AddressInfo;
  const lines = [`${tenant.name}, employee ${employees.name}`];
  if (key !== undefined) lines.push(isNewKey ? `key, for this run only: ${key}` : "key: that of NEXTHINK_MCP_KEY");
  process.stdout.write(`${lines.join("\n")}\n\nServing at http://${host}:${address.port}${path}; Ctrl+C ends it.\n`);
  await toldToStop();
  await sessions.close();
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  process.stdout.write("\nStopped.\n");
}

/** `4100`, `127.0.0.1:4100`, `[::1]:4100`. */
function addressOf(text: string): { host: string; port: number } {
  const [, host = "127.0.0.1", digits = ""] = /^(?:(\[[\da-f:.]+\]|[^:[\]]+):)?(\d{1,5})$/i.exec(text) ?? [];
  const port = Number(digits);
  if (digits === "" || port > 65_535) throw new Error(`--http takes HOST:PORT or PORT, not ${text}`);
  return { host, port };
}

/** As the protocol's own errors are told over HTTP. */
function refuse(response: ServerResponse, status: number, message: string, headers: Record<string, string> = {}): void {
  const body = JSON.stringify({ jsonrpc: "2.0", error: { code: -32_000, message }, id: null });
  // What follows of the request is not read.
  response.writeHead(status, { ...headers, "content-type": "application/json", connection: "close" });
  response.end(body);
}

function cannotServe(error: Error, host: string, port: number): Error {
  const isNowhere = "code" in error && error.code === "ENOTFOUND";
  return isNowhere ? new Error(`--http: there is no address ${host}`) : cannotListen(error, port, "--http");
}
