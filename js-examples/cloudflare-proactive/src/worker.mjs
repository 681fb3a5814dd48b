// Speaks to employees before they complain: what comes in, and by when what is done.

import { StoreEntry } from "../../stores/durable-object.mjs";
import { shows } from "./access.mjs";
import { wrongInReply } from "./chat.mjs";
import { clientOf } from "./client.mjs";
import { Conversation } from "./conversation.mjs";
import { refreshDirectory } from "./directory.mjs";
import { conversationOf } from "./names.mjs";
import { Outreach, outreachOf } from "./outreach.mjs";
import { askedFor, findTrouble } from "./trouble.mjs";
import { wakeByWebhook } from "./webhook.mjs";

export { Conversation, Outreach, StoreEntry };

/** By the lines of `wrangler.jsonc`. */
const jobs = {
  "15 3 * * *": (env) => refreshDirectory(clientOf(env), env.FILES),
  "45 3 * * *": (env) => findTrouble(env, askedFor(env)),
  "*/10 * * * *": (env) => outreachOf(env).plan(),
};

const routes = {
  /** The chat platform: what an employee has answered. It has authenticated them; here it proves who it is. */
  async "POST /chat"(request, env) {
    if (!(await shows(env.CHAT_KEY, request))) return refusal(401, "the key is missing or wrong");
    const given = await request.json().catch(() => undefined);
    const wrong = wrongInReply(given);
    if (wrong) return refusal(400, wrong);
    const { id, employee, text, choice } = given;
    const isKnown = await conversationOf(env, employee).reply(id, choice ? { choice } : { text });
    return isKnown ? Response.json({ id }, { status: 202 }) : refusal(404, "there is no conversation");
  },

  /** Nexthink's webhook: a remote action has made progress. */
  "POST /nexthink/remote-action": wakeByWebhook,

  /** Nexthink's HTTP data exporter, in place of the export that the second cron line starts. */
  async "POST /nexthink/export"(request, env) {
    if (!(await shows(env.CONNECTOR_SECRET, request))) return refusal(401, "the secret is missing or wrong");
    return Response.json(await findTrouble(env, request));
  },
};

const refusal = (status, error) => Response.json({ error }, { status });

export default {
  async fetch(request, env, ctx) {
    const route = routes[`${request.method} ${new URL(request.url).pathname}`];
    return route ? route(request, env, ctx) : refusal(404, "there is nothing here");
  },

  async scheduled({ cron }, env) {
    await jobs[cron](env);
  },

  /** Each message on its own: one that fails comes again, and the others do not. */
  async queue({ messages }, env) {
    const begin = async (message) => {
      try {
        const outcome = await conversationOf(env, message.body.employee).begin(message.body);
        if (outcome !== "told") await outreachOf(env).notTold(message.body);
        message.ack();
      } catch (error) {
        console.error(`${message.body.id}: ${error}`);
        message.retry();
      }
    };
    await Promise.all(messages.map(begin));
  },
};
