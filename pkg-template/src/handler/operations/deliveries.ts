// What the tenant sends of itself: webhooks and the rows of its data exporter. The host's own functions take them.

import { NexthinkError } from "../../errors.ts";
import type { ReceivedWebhook } from "../../webhook.ts";
import { usualWebhookBytes } from "../../webhook-body.ts";
import type { WebhookOptions } from "../../webhook-options.ts";
import type { Asked, Operation } from "../operation.ts";
import type { DeliveryOptions } from "../options.ts";
import { Refusal } from "../problem.ts";
import { readRows } from "../rows.ts";
import type { Schema } from "../schema.ts";

/** How long the body of an export may be, in bytes. */
const longestExport = 10 * 1024 * 1024;

const lines: Schema = { type: "string", description: "One object a line." };

const rows: Schema = {
  description: "The rows, or an object with one list of them; what else that object has is left out.",
  oneOf: [{ type: "array", items: { type: "object" } }, { type: "object" }],
};

/** The operations for what the host wants to be told. */
export function deliveries({ webhook, onWebhook, onExport }: DeliveryOptions): Operation[] {
  const found: Operation[] = [];
  if (onWebhook) {
    found.push({
      method: "POST",
      path: "/webhook",
      id: "ReceiveWebhook",
      summary: "Take a webhook of Nexthink",
      description: webhook
        ? "For the tenant, not for people: it proves itself by the secret of its connector credential, and needs no API key."
        : "For the tenant, not for people. The body is what the webhook's author has written as its payload.",
      isPublic: webhook !== undefined,
      asksTenant: webhook !== undefined,
      problems: ["too-large", "media-type", "invalid", "unauthorized"],
      takesText: {
        types: {},
        description: "The payload, in UTF-8.",
        ...(webhook && { maxBytes: webhook.maxBodyBytes ?? usualWebhookBytes }),
      },
      run: async (asked) => {
        const event = webhook && (await eventOf(asked, webhook));
        const { text: body, contentType } = asked;
        await onWebhook({ body, contentType, ...(event && { event }) });
      },
    });
  }
  if (onExport) {
    found.push({
      method: "POST",
      path: "/export",
      id: "ReceiveExport",
      summary: "Take rows of Nexthink's HTTP data exporter",
      description: "For the tenant, not for people. One object a line, a list of objects, or an object with one list.",
      takesText: {
        types: { "application/json": rows, "application/x-ndjson": lines, "application/jsonl": lines },
        description: "The rows.",
        maxBytes: longestExport,
      },
      gives: {
        type: "object",
        description: "What was taken.",
        required: ["rows"],
        properties: { rows: { type: "integer", title: "Rows", description: "How many rows there were.", minimum: 0 } },
      },
      async run({ text, contentType }) {
        const rows = readRows(text, contentType);
        await onExport(eachOf(rows));
        return { rows: rows.length };
      },
    });
  }
  return found;
}

/** What a webhook says. Who lacks the secret is not known here; what is wrong with the options is the host's fault. */
async function eventOf({ nexthink, headers, text, calls }: Asked, webhook: WebhookOptions): Promise<ReceivedWebhook> {
  try {
    return await nexthink.webhook({ headers, body: text }, webhook, calls);
  } catch (thrown) {
    if (!NexthinkError.is(thrown)) throw thrown;
    const { kind, code, message, hint } = thrown;
    if (code === "webhook-credential") throw new Refusal("unauthorized", message, hint);
    if (code === "webhook-size") throw new Refusal("too-large", message, hint);
    if (kind === "invalid" && code === undefined)
      throw new Error("the handler's `webhook` is wrong", { cause: thrown });
    throw thrown;
  }
}

async function* eachOf<T>(rows: readonly T[]): AsyncGenerator<T, void, undefined> {
  yield* rows;
}
