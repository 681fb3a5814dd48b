// What a handler is made with.

import type { AssistantOptions } from "../assistant.ts";
import { invalid } from "../errors.ts";
import type { Employee } from "../generated/types.ts";
import type { ExportedRow } from "../row-source.ts";
import type { ReceivedWebhook } from "../webhook.ts";
import { checkWebhookOptions, type WebhookOptions } from "../webhook-options.ts";
import type { CorsOptions } from "./cors.ts";
import type { HandlerRequest, ResponseMaker } from "./request.ts";

/** What the tenant sends of itself, and who takes it. What they throw is answered with 500. */
export interface DeliveryOptions {
  /** Takes webhooks, at `POST /webhook`. Without it, there is no such address. A webhook may come twice. */
  onWebhook?: (delivery: WebhookDelivery) => unknown;
  /**
   * How webhooks are taken: with the secret of the tenant's connector credential, which then counts in the place of the API
   * key, and read, as `webhook` of a client does. Without it, they come with the API key, and `onWebhook` gets them unread.
   * What is wrong with the text of its `template`, `onError` is told at the first webhook.
   */
  webhook?: WebhookOptions;
  /** Takes the rows of a data exporter, at `POST /export`. Without it, there is no such address. */
  onExport?: (rows: AsyncIterable<ExportedRow>) => unknown;
}

/** A webhook as it came. */
export interface WebhookDelivery {
  /** The payload, which the webhook's author has written: JSON or anything else. */
  body: string;
  /** Its media type, without parameters; empty where none was sent. */
  contentType: string;
  /** What it says, where the handler has `webhook`. */
  event?: ReceivedWebhook;
}

/** The options of `createHandler`. Options that are not known are refused. */
export interface HandlerOptions<Incoming extends HandlerRequest = Request, Answer = Response> extends DeliveryOptions {
  /**
   * What callers send as `Authorization: Bearer …` or `x-api-key`: a random text, best of 32 characters; a list while you
   * change it.
   */
  apiKey: string | readonly string[];
  /**
   * Who is asking, as your chatbot has authenticated them: from a header or a token that the platform signs, never from
   * what somebody has written. Null is answered with 403, what it throws with 401.
   */
  employee?: (request: Incoming) => EmployeeAnswer | PromiseLike<EmployeeAnswer>;
  /**
   * Whether callers may name the employee, as `employee` in the body: whoever has the API key then acts for everyone.
   * Default: false.
   */
  trustCaller?: boolean;
  /** How conversations are led: language, words of your own, playbooks. */
  assistant?: AssistantOptions;
  /** Which pages of other origins may call. Default: none. */
  cors?: CorsOptions;
  /** What precedes the paths, such as `/nexthink`. Default: nothing. */
  basePath?: string;
  /** The address under which the handler is reached from outside, for its documents. Default: that of the request. */
  publicUrl?: string;
  /** The largest body that is read, in bytes: a whole number from 1,024. Default: 65,536. Exports may have 10 MB. */
  maxBodyBytes?: number;
  /**
   * How long a step may take, in milliseconds, and a turn whose request gives no budget. Default: the client's
   * `totalTimeoutMs`.
   */
  timeoutMs?: number;
  /** Is told what is answered with 500, and what `employee` throws. What it throws is ignored. */
  onError?: (error: unknown, operation: string) => unknown;
  /** Makes answers. Default: the global `Response`. */
  Response?: ResponseMaker<Answer>;
}

/** What `employee` gives: who it is, or nobody. */
export type EmployeeAnswer = Employee | null | undefined;

const known = new Set<keyof HandlerOptions>([
  ...(["apiKey", "employee", "trustCaller", "assistant", "cors", "basePath", "publicUrl", "maxBodyBytes"] as const),
  ...(["timeoutMs", "onError", "Response", "webhook", "onWebhook", "onExport"] as const),
]);

/** @throws NexthinkError of kind `invalid` for an option that is not known, or of another type. */
export function checkOptions(options: HandlerOptions<never, unknown>): void {
  for (const [name, value] of Object.entries(options ?? {})) {
    if (!known.has(name as keyof HandlerOptions)) {
      throw invalid(`\`${name}\` is no option of a handler`, `give ${[...known].join(", ")}`);
    }
    const isFunction = ["employee", "onError", "Response", "onWebhook", "onExport"].includes(name);
    if (isFunction && value !== undefined && typeof value !== "function") {
      throw invalid(`\`${name}\` is not a function`, "pass a function, or leave it out");
    }
  }
  if (options?.webhook !== undefined) {
    if (!options.onWebhook) throw invalid("there is no `onWebhook`", "give it with `webhook`, or leave both out");
    checkWebhookOptions(options.webhook, "webhook.");
  }
  const { employee, trustCaller, basePath = "", publicUrl = "" } = options ?? {};
  if (trustCaller !== undefined && typeof trustCaller !== "boolean") {
    throw invalid("`trustCaller` is neither true nor false", "give one of them, or leave it out");
  }
  if (!employee && !trustCaller) {
    throw invalid("the handler cannot know the employee", "give `employee`, or `trustCaller: true`");
  }
  if (!/^(\/[\w.~-]+)*$/.test(basePath)) {
    throw invalid("`basePath` is no path", "give one like `/nexthink`, without a slash at its end");
  }
  if (publicUrl && !/^https?:\/\/[^?#\s]+[^?#\s/]$/.test(publicUrl)) {
    throw invalid(
      "`publicUrl` is no address",
      "give one like `https://chat.acme.com/nexthink`, without a slash at its end",
    );
  }
}
