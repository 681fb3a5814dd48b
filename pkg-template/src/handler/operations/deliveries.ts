// What the tenant sends of itself: webhooks and the rows of its data exporter. The host's own functions take them.

import type { Operation } from "../operation.ts";
import type { DeliveryOptions } from "../options.ts";
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
export function deliveries({ onWebhook, onExport }: DeliveryOptions): Operation[] {
  const found: Operation[] = [];
  if (onWebhook) {
    found.push({
      method: "POST",
      path: "/webhook",
      id: "ReceiveWebhook",
      summary: "Take a webhook of Nexthink",
      description: "For the tenant, not for people. The body is what the webhook's author has written as its payload.",
      problems: ["too-large", "media-type", "invalid"],
      takesText: { types: {}, description: "The payload, in UTF-8." },
      run: async ({ text, contentType }) => void (await onWebhook({ body: text, contentType })),
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

async function* eachOf<T>(rows: readonly T[]): AsyncGenerator<T, void, undefined> {
  yield* rows;
}
