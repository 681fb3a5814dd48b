// What the programs on the pages import besides the package: other people's packages, of which the suites that have them run these
// programs, and files of the reader's.
declare module "ai" {
  export function generateText(options: object): Promise<Generated>;
  export function stepCountIs(count: number): unknown;

  interface Generated {
    text: string;
    content: { type: string; approvalId?: string; toolCall?: { input: unknown } }[];
    responseMessages?: unknown[];
    response: { messages: unknown[] };
  }
}

declare module "@modelcontextprotocol/sdk/server/index.js" {
  import type { ElicitingServer } from "nexthink-chatbot/language-models";

  export class Server {
    constructor(info: object, options: object);
    setRequestHandler(schema: unknown, handler: Handler): void;
    elicitInput: ElicitingServer["elicitInput"];
    getClientCapabilities: ElicitingServer["getClientCapabilities"];
  }

  type Handler = (request: { params: { name: string; arguments: Record<string, unknown> } }, extra: object) => unknown;
}

declare module "@modelcontextprotocol/sdk/types.js" {
  export const CallToolRequestSchema: unknown;
  export const ListToolsRequestSchema: unknown;
}

declare module "@aws-sdk/client-scheduler" {
  export class SchedulerClient {
    send(command: CreateScheduleCommand): Promise<unknown>;
  }

  export class CreateScheduleCommand {
    constructor(input: Record<string, unknown>);
  }
}

declare module "express" {
  import type { IncomingMessage, ServerResponse } from "node:http";

  type Listener = (request: SignedIn, response: ServerResponse, next: () => void) => void;

  interface SignedIn extends IncomingMessage {
    originalUrl: string;
    user?: { upn: string };
  }

  interface Application {
    use(path: string, ...listeners: Listener[]): Application;
    listen(port: unknown): void;
  }

  export default function express(): Application;
}

declare module "redis" {
  export function createClient(options: object): {
    on(event: "error", listener: (error: unknown) => void): void;
    connect(): Promise<unknown>;
    sendCommand(words: string[]): Promise<unknown>;
  };
}

declare module "*/nexthink" {
  export const nexthink: import("nexthink-chatbot").NexthinkClient;
  export function sessionOf(request: Request): Promise<{ employee: import("nexthink-chatbot").Employee } | undefined>;
}

declare module "*/store-conformance.mjs" {
  export const storeChecks: { name: string; check(make: () => unknown): Promise<void> }[];
}
