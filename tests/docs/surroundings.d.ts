// What is the reader's own in the programs on the pages: declared here once, so that all the rest is checked.

import type {
  Assistant,
  ClientOptions,
  Device,
  Diagnosis,
  Directory,
  Employee,
  EmployeeReply,
  NexthinkClient,
  Playbook,
  Proposal,
  Run,
  Store,
  Tool,
  Turn,
} from "nexthink-chatbot";

declare global {
  // Made as the page says before.
  const options: ClientOptions;
  const nexthink: NexthinkClient;
  const assistant: Assistant;
  const employee: Employee;
  const device: Device;
  const diagnosis: Diagnosis;
  const proposal: Proposal;
  const runs: Run[];
  const turn: Turn;
  const teams: Playbook;
  const tools: Tool[];
  const consentKey: string;
  const apiKey: string;
  const store: Store;
  let latest: Directory;

  // Of the reader's chatbot.
  function employeeOf(request: unknown): Employee | null;
  function sessionOf(session: unknown): { employee: Employee } | undefined;
  function askOnScreen(proposal: unknown): Promise<boolean>;
  function askSupervisor(question: string): Promise<boolean>;
  function goOn(run: Run): Promise<void>;
  function lookAt(deviceName: unknown): Promise<void>;
  function look(error: unknown): void;
  function later(milliseconds: number): void;
  function mark(line: number, column: number, text: string): void;
  const payload: unknown;
  const reply: EmployeeReply;
  const editor: { value: string };
  const table: unknown[];

  // Of the reader's platform.
  function signIn(request: object, response: object, next: () => void): void;
  function httpStep(request: {
    method: string;
    url: string;
    headers: object;
    body?: string;
  }): Promise<{ status: number; headers: Record<string, string>; body: string }>;
  function answerOf(answer: unknown): import("nexthink-chatbot").FetchAnswer;
  function randomBytes(length: number): Uint8Array;
  function wait(milliseconds: number): Promise<void>;
  function durableObjectStore(namespace: unknown): Store;
  const bucket: { put(key: string, value: Uint8Array): Promise<unknown> };
  const vault: { read(name: string): Promise<string> };
  const log: ((value: unknown) => void) & {
    append(record: unknown): void;
    all(): Promise<import("nexthink-chatbot").AuditRecord[]>;
  };
  const tracer: { startSpan(name: string, options: object): Span };
  interface Span {
    setAttribute(name: string, value: unknown): void;
    end(): void;
  }
  const model: unknown;
  const messages: unknown[];
  function myStore(): Store;
}
