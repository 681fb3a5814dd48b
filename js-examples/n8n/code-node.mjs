// What the Code node holds: the body of this function, which `npm run workflow` puts into workflow.json. What has to be allowed for it
// in n8n is in the README.

/** One turn of a conversation: from "my Outlook is offline" to "did it help?". n8n gives the names. */
export async function codeNode({ require, $input, $env }) {
  const { createClient } = require("nexthink-chatbot");
  const { converse } = require("nexthink-chatbot/low-code");

  // Who is asking, as the server behind your chat says it, which has signed them in and has the webhook's key. The body, which they
  // have written, is never asked.
  const { headers, body } = $input.first().json;
  const username = headers["x-employee"];
  if (!username) throw new Error("nobody is signed in: the header x-employee is missing");

  // The package is loaded outside of this sandbox, and has fetch and randomness from there; signatures come from the client secret.
  const nexthink = createClient({
    instance: $env.NEXTHINK_INSTANCE,
    region: $env.NEXTHINK_REGION,
    credentials: { clientId: $env.NEXTHINK_CLIENT_ID, clientSecret: $env.NEXTHINK_CLIENT_SECRET },
    ...($env.NEXTHINK_API_URL && { apiUrl: $env.NEXTHINK_API_URL, tokenUrl: $env.NEXTHINK_TOKEN_URL }),
  });

  const { text, choice, state } = body;
  const turn = await converse(nexthink.assistant(), {
    employee: { username },
    reply: choice ? { choice } : text ? { text } : undefined,
    state: state ? JSON.parse(state) : undefined,
    budgetMs: 10_000,
  });

  // The server behind your chat keeps the state, which is sealed, and sends it with the next message.
  const { messages, status, resumeAfterMs, escalation } = turn;
  return [{ json: { messages, status, resumeAfterMs, escalation, state: JSON.stringify(turn.state) } }];
}
