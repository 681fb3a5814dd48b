// The conversation with one employee, in a Durable Object of their own: where it stands, and what they have not been told yet.

import { DurableObject } from "cloudflare:workers";
import { converse } from "nexthink-chatbot/low-code";
import { handOverTo } from "../../service-desk/hand-over.mjs";
import { clientOf } from "./client.mjs";

/** So long somebody waits before a page, in milliseconds; then it asks again. */
const budgetMs = 5_000;

/** So long a conversation is kept; then its state would be refused. */
const longest = 7 * 86_400_000;

export const conversationOf = ({ CONVERSATIONS }, { email, username }) =>
  CONVERSATIONS.get(CONVERSATIONS.idFromName((email ?? username).toLowerCase()));

export class Conversation extends DurableObject {
  #latest = Promise.resolve();

  /**
   * Takes what the employee has answered, or looks whether there is something new.
   *
   * @returns {Promise<{ messages: object[], locale: string, resumeAfterMs?: number }>} what to show, and when to look again
   */
  hear(employee, reply) {
    return this.#inTurn(async () => {
      const talk = await this.ctx.storage.get("talk");
      const isEarly = talk && !reply && !(talk.due <= Date.now());
      const told = isEarly ? talk : await this.#goOn(employee, talk, reply);
      await this.ctx.storage.put("talk", { ...told, unsaid: [] });
      const { unsaid: messages, locale, due } = told;
      return { messages, locale, ...(due !== undefined && { resumeAfterMs: Math.max(0, due - Date.now()) }) };
    });
  }

  /** Something has happened in the tenant: it is looked at now, and told when the page asks. */
  wake(employee) {
    return this.#inTurn(async () => {
      const talk = await this.ctx.storage.get("talk");
      if (talk?.due === undefined) return;
      await this.ctx.storage.put("talk", await this.#goOn(employee, talk));
    });
  }

  /** It is over: nothing of it is kept. */
  async alarm() {
    await this.ctx.storage.deleteAll();
  }

  async #goOn(employee, { state, unsaid = [] } = {}, reply = undefined) {
    const wording = await this.env.SETTINGS.get("wording", "json");
    const assistant = clientOf(this.env).assistant(wording ? { wording } : {});
    const waitUntil = (promise) => this.ctx.waitUntil(promise);
    const turn = await converse(assistant, { employee, state, reply, budgetMs, waitUntil });
    await handOverTo(this.env.SERVICE_DESK_URL)(turn);
    await this.ctx.storage.setAlarm(Date.now() + longest);
    const due = turn.resumeAfterMs === undefined ? undefined : Date.now() + turn.resumeAfterMs;
    return { state: turn.state, locale: turn.locale, due, unsaid: [...unsaid, ...turn.messages] };
  }

  /**
   * One after the other: a Durable Object holds others back while it reads and writes, but not while it waits for the
   * tenant, and two replies must not go on from the same state.
   */
  #inTurn(work) {
    const result = this.#latest.then(work);
    this.#latest = result.catch(() => {});
    return result;
  }
}
