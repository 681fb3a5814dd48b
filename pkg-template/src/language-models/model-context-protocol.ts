// The tools for servers of the Model Context Protocol: what they list and call. With `approve: "by-kit"` the client's user
// is asked, by the protocol's own elicitation, in a form of one question.

import { invalid } from "../errors.ts";
import { asData, notAgreed } from "../tools/failure.ts";
import type { ProposalToApprove, Tool, ToolAnnotations, ToolAnswer } from "../tools/types.ts";
import { type ElicitationWords, elicitationWords, subjectOf } from "./elicitation-words.ts";

/** The tools, as a server answers for them. */
export interface ModelContextProtocolTools {
  /** The answer to `tools/list`. */
  listTools(): { tools: ModelContextProtocolTool[] };
  /**
   * The answer to `tools/call`. What went wrong is in it, with `isError`, for the model to read.
   *
   * @param extra what the SDK gives its handlers besides the request
   */
  callTool(
    name: string,
    input?: Record<string, unknown>,
    extra?: ModelContextProtocolCall,
  ): Promise<ModelContextProtocolResult>;
}

/** A tool as `tools/list` gives it. */
export interface ModelContextProtocolTool {
  name: string;
  title: string;
  description: string;
  /** JSON Schema. */
  inputSchema: { type: "object"; [keyword: string]: unknown };
  annotations: ToolAnnotations;
}

/** The result of a call: the same twice, as data, and as text for clients that take no data. */
export interface ModelContextProtocolResult {
  content: { type: "text"; text: string }[];
  structuredContent: ToolAnswer;
  isError?: true;
  /** Results are open in the protocol. */
  [field: string]: unknown;
}

/** What is used of a call besides its input. */
export interface ModelContextProtocolCall {
  /** Aborts when the client cancels the call. */
  signal?: AbortSignal;
  /** The call's own ID: over HTTP, a question to the user travels with the answer that it belongs to. */
  requestId?: string | number;
}

/** The options of `forModelContextProtocol`. */
export interface ModelContextProtocolOptions {
  /** The SDK's `Server`; of an `McpServer`, its `server`. Needed with `approve: "by-kit"`. One server serves one client. */
  server?: ElicitingServer;
  /** The questions in another language or manner. */
  words?: Partial<ElicitationWords>;
}

/** What is used of the SDK's `Server`. */
export interface ElicitingServer {
  getClientCapabilities():
    | { elicitation?: { form?: object | undefined; url?: object | undefined } | undefined }
    | undefined;
  elicitInput(
    params: { message: string; requestedSchema: ElicitationForm },
    options?: { signal?: AbortSignal; timeout?: number; relatedRequestId?: string | number },
  ): Promise<{ action: string; content?: Record<string, unknown> | undefined }>;
}

/** A form of one question that takes yes or no. */
export interface ElicitationForm {
  type: "object";
  properties: Record<string, { type: "boolean"; title: string; default: false }>;
  required: string[];
}

/**
 * The tools for a server of the Model Context Protocol, made with its official SDK. With `approve: "by-kit"` the client's
 * user is asked before anything is triggered, and a second time where it interrupts their work. Only a form that was sent
 * with yes is a yes: whoever declines, closes it or does not answer in time triggers nothing. Where the client cannot ask
 * its user, nothing is triggered either, and the model is told so.
 *
 * The protocol leaves it to the client who answers: let only the employee, or who may decide for them, use it.
 *
 * @throws NexthinkError of kind `invalid` where the client's user is to be asked and `server` is missing
 * @example
 * ```ts
 * const server = new Server({ name: "service-desk", version: "1.0.0" }, { capabilities: { tools: {} } });
 * const tools = nexthink.tools({ employee, approve: "by-kit" });
 * const { listTools, callTool } = forModelContextProtocol(tools, { server });
 * server.setRequestHandler(ListToolsRequestSchema, listTools);
 * server.setRequestHandler(CallToolRequestSchema, ({ params }, extra) => callTool(params.name, params.arguments, extra));
 * ```
 */
export function forModelContextProtocol(
  tools: readonly Tool[],
  { server, words }: ModelContextProtocolOptions = {},
): ModelContextProtocolTools {
  if (!server && tools.some(({ approval }) => approval?.by === "kit")) {
    throw invalid("`server` is missing", "give the SDK's `Server`, or `nexthink.tools` your own `approve`");
  }
  const wording = { ...elicitationWords, ...words };
  return {
    listTools: () => ({ tools: tools.map(listed) }),
    async callTool(name, input, { signal, requestId } = {}) {
      const tool = tools.find((one) => one.name === name);
      if (!tool) return unknownTool(tools);
      const { approval } = tool;
      const proposal = approval?.by === "kit" ? approval.of(input) : undefined;
      if (!proposal || !server) return result(await tool.execute(input, { signal }));
      try {
        await requireYes(server, proposal, wording, { signal, relatedRequestId: requestId });
      } catch (refused) {
        // Another call of the same proposal has got its yes meanwhile, or it has expired: then that is what is true.
        const isOpen = approval?.of(input) !== undefined;
        return result(isOpen ? asData(refused) : await tool.execute(input, { signal }));
      }
      return result(await tool.execute(input, { signal, approved: true }));
    },
  };
}

function listed({ name, description, inputSchema, annotations }: Tool): ModelContextProtocolTool {
  return { name, title: annotations.title, description, inputSchema: { ...inputSchema }, annotations };
}

function result(answer: object): ModelContextProtocolResult {
  const structuredContent = answer as ToolAnswer;
  const content: ModelContextProtocolResult["content"] = [{ type: "text", text: JSON.stringify(answer) }];
  return { content, structuredContent, ...("error" in answer && { isError: true }) };
}

/** The model's mistake, for it to mend; its text is not repeated. */
function unknownTool(tools: readonly Tool[]): ModelContextProtocolResult {
  const names = tools.map(({ name }) => name).join(", ");
  return result(asData(invalid("there is no tool of this name", `call one of ${names}`)));
}

/** How a question is sent. */
interface Sending {
  signal: AbortSignal | undefined;
  relatedRequestId: string | number | undefined;
}

/** @throws NexthinkError of kind `consent` where there is no yes, or none to be had */
async function requireYes(
  server: ElicitingServer,
  proposal: ProposalToApprove,
  words: ElicitationWords,
  sending: Sending,
): Promise<void> {
  if (!canAsk(server)) {
    throw notAgreed(
      "the employee cannot be asked for consent: this client has no forms for that (elicitation)",
      "nothing was triggered, and nothing can be with this client; tell the employee so, and offer escalate",
    );
  }
  const subject = subjectOf(proposal);
  const questions = [[words.question(subject), words.yes] as const];
  if (proposal.risk === "disruptive") questions.push([words.confirmation(subject), words.yesNow]);
  for (const [message, title] of questions) {
    if (await isAffirmed(server, message, title, sending)) continue;
    throw notAgreed(
      "the employee did not agree to this proposal",
      "nothing was triggered; accept it, and offer another recommendation or escalate",
    );
  }
}

/** The protocol's first version with elicitation had forms only, and did not name them. */
function canAsk(server: ElicitingServer): boolean {
  const { elicitation } = server.getClientCapabilities() ?? {};
  return elicitation !== undefined && (elicitation.form !== undefined || elicitation.url === undefined);
}

/** As long as a proposal can be agreed to, in milliseconds. */
const patience = 10 * 60_000;

/** The one field of a form. */
const field = "agree";

/** A form that was sent without an answer to its question is no yes. */
async function isAffirmed(
  server: ElicitingServer,
  message: string,
  title: string,
  { signal, relatedRequestId }: Sending,
): Promise<boolean> {
  const properties = { [field]: { type: "boolean", title, default: false } } as const;
  const requestedSchema: ElicitationForm = { type: "object", properties, required: [field] };
  const options = {
    timeout: patience,
    ...(signal && { signal }),
    ...(relatedRequestId !== undefined && { relatedRequestId }),
  };
  try {
    const answer = await server.elicitInput({ message, requestedSchema }, options);
    return answer.action === "accept" && answer.content?.[field] === true;
  } catch {
    throw notAgreed(
      "the employee could not be asked for consent, or did not answer in time",
      "nothing was triggered; tell the employee so, and try again when they are there",
    );
  }
}
