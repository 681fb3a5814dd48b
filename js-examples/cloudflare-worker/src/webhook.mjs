// Nexthink's webhook: a remote action has moved on. The conversation that waits for it looks now; what it then says it has read
// from the tenant itself.

import { NexthinkError } from "nexthink-chatbot";
import { clientOf } from "./client.mjs";
import { conversationOf } from "./conversation.mjs";

const statuses = { authentication: 401, invalid: 400 };

export async function wakeByWebhook(request, env) {
  try {
    const { run, duplicate } = await clientOf(env).webhook(request, { secret: env.CONNECTOR_SECRET });
    // A run that nobody here has triggered is somebody else's.
    if (run && !duplicate) await conversationOf(env, run.employee).wake(run.employee);
    return new Response(null, { status: 204 });
  } catch (error) {
    if (!NexthinkError.is(error)) throw error;
    return Response.json({ error: error.message }, { status: statuses[error.kind] ?? 503 });
  }
}
