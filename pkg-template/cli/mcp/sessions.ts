// The sessions of the server over HTTP: each has a protocol server, tools and an employee of its own. A session of
// which nothing was heard for long is closed, since clients that crash never say goodbye.

import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import type { Employee } from "nexthink-chatbot";

/** A client's session. */
interface Session {
  transport: StreamableHTTPServerTransport;
  employee: string;
  /** How many of its requests are being answered: a stream of events is one. */
  open: number;
  /** When the last one ended, in milliseconds. */
  heard: number;
}

/** How many sessions there can be at once: who opens more has a fault, or bad intentions. */
const most = 500;

/** After how long without a request a session is closed, and how often that is looked at, in milliseconds. */
const idle = 30 * 60_000;
const interval = 60_000;

/** The largest request, in bytes: what a model gives a tool is small. */
const maxRequestBodySize = 256 * 1_024;

/** What a request that leads to no session is told. */
export class NoSession extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** All sessions of one server. */
export class Sessions {
  readonly #sessions = new Map<string, Session>();
  readonly #newServer: (employee: Employee) => Server;
  readonly #timer = setInterval(() => this.#closeIdle(), interval).unref();

  constructor(newServer: (employee: Employee) => Server) {
    this.#newServer = newServer;
  }

  /** Answers a request of a session, or one that begins one. @throws NoSession */
  async answer(request: IncomingMessage, response: ServerResponse, employee: Employee): Promise<void> {
    const id = request.headers["mcp-session-id"];
    const session = typeof id === "string" ? this.#find(id, employee) : await this.#begin(request, employee);
    session.open += 1;
    response.once("close", () => {
      session.open -= 1;
      session.heard = performance.now();
    });
    await session.transport.handleRequest(request, response);
  }

  /** Closes all of them. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all([...this.#sessions.values()].map(({ transport }) => transport.close()));
  }

  #find(id: string, employee: Employee): Session {
    const session = this.#sessions.get(id);
    // The same answer for somebody else's: whoever has found out an ID learns nothing from it.
    if (!session || session.employee !== nameOf(employee)) {
      throw new NoSession(404, "there is no such session: begin a new one");
    }
    return session;
  }

  /** The session is one of ours as soon as the transport has seen that its first message begins one. */
  async #begin(request: IncomingMessage, employee: Employee): Promise<Session> {
    if (request.method !== "POST") throw new NoSession(400, "a session begins with `initialize`, by POST");
    if (this.#sessions.size >= most) throw new NoSession(503, `${most} sessions are open: come back later`);
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      maxRequestBodySize,
      onsessioninitialized: (id) => {
        this.#sessions.set(id, session);
      },
    });
    const session: Session = { transport, employee: nameOf(employee), open: 0, heard: performance.now() };
    const server = this.#newServer(employee);
    server.onclose = () => {
      if (transport.sessionId !== undefined) this.#sessions.delete(transport.sessionId);
    };
    await server.connect(transport);
    return session;
  }

  #closeIdle(): void {
    const since = performance.now() - idle;
    for (const { transport, open, heard } of this.#sessions.values()) {
      if (open === 0 && heard < since) void transport.close();
    }
  }
}

function nameOf(employee: Employee): string {
  return JSON.stringify(employee);
}
