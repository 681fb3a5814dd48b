// The conversation in a Worker: what the page sends, and what the tenant does.

import { StoreEntry } from "../../stores/durable-object.mjs";
import { Conversation, conversationOf } from "./conversation.mjs";
import { employeeOf } from "./employee.mjs";
import { wakeByWebhook } from "./webhook.mjs";

export { Conversation, StoreEntry };

const routes = {
  /** The page: what the employee has answered, as `reply`, or, without, whether there is something new. */
  async "POST /chat"(request, env) {
    const employee = await employeeOf(request, env);
    // Another site's request would have the employee's cookie, too.
    if (!employee || request.headers.get("sec-fetch-site") !== "same-origin")
      return refusal(403, "nobody has signed in here");
    const { reply } = (await request.json().catch(() => undefined)) ?? {};
    return Response.json(await conversationOf(env, employee).hear(employee, replyOf(reply)));
  },

  /** Nexthink's webhook: a remote action has made progress. */
  "POST /nexthink/remote-action": wakeByWebhook,
};

const isText = (value) => typeof value === "string" && value !== "";

/** Whatever else a page sends is nothing new. */
function replyOf({ choice, text } = {}) {
  if (isText(choice)) return { choice };
  return isText(text) ? { text: text.slice(0, 2_000) } : undefined;
}

const refusal = (status, error) => Response.json({ error }, { status });

export default {
  async fetch(request, env) {
    const route = routes[`${request.method} ${new URL(request.url).pathname}`];
    return route ? route(request, env) : refusal(404, "there is nothing here");
  },
};
