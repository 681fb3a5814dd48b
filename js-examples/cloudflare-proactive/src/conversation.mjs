// The conversation with one employee, in a Durable Object of their own: where it stands, what is still to be said, and the
// alarm by which it goes on. Everything here may come twice, at once or after a crash, and happens once.

import { DurableObject } from "cloudflare:workers";
import { NexthinkError, render } from "nexthink-chatbot";
import { clientOf } from "./client.mjs";
import { deliver } from "./delivery.mjs";

/** So long a conversation waits for an answer; then its state is refused, and nothing of it is kept. */
const longest = 7 * 86_400_000;

const ended = new Set(["solved", "escalated", "ended"]);

/** What comes before all else: nobody has asked for this conversation. */
const opening = {
  text: "Hello, this is the IT assistant. Your PC has reported something that may slow you down, so I had a look.",
  items: [],
  kind: "statement",
  choices: [],
};

export class Conversation extends DurableObject {
  #latest = Promise.resolve();

  /**
   * Begins a conversation, and proposes what helps. A message of the queue that comes again finds it begun.
   *
   * @param {{ id: string, employee: { username: string }, playbook: string, device: string }} message
   * @returns {Promise<"told" | "busy" | "nothing to say">}
   */
  begin({ id, employee, playbook, device }) {
    return this.#inTurn(async () => {
      const talk = await this.ctx.storage.get("talk");
      if (talk?.id === id) {
        await this.#sayRest();
        return "told";
      }
      if (talk && !ended.has(talk.status)) return "busy";
      const assistant = this.#assistant();
      let turns = await this.#untilAsked(await assistant.start({ employee, playbook }));
      if (turns.at(-1).status === "choosing-device") {
        turns = await this.#untilAsked(await assistant.reply(turns.at(-1).state, { text: device }, { employee }));
      }
      // Its greeting is for somebody who has asked.
      const proposed = turns.at(-1);
      // The export is hours old: what was wrong may be over, and then there is nothing to trouble anybody with.
      if (proposed.status !== "awaiting-consent") return "nothing to say";
      await this.#keep({ id, employee, turns: 0, taken: [] }, [
        { ...proposed, messages: [opening, ...proposed.messages] },
      ]);
      return "told";
    });
  }

  /**
   * Takes what the employee has answered.
   *
   * @param {string} id of the chat platform's message: one that comes again is passed over
   * @param {{ text: string } | { choice: string }} reply
   * @returns {Promise<boolean>} whether there is a conversation
   */
  reply(id, reply) {
    return this.#inTurn(async () => {
      const talk = await this.ctx.storage.get("talk");
      if (!talk) return false;
      if (talk.taken.includes(id)) {
        await this.#sayRest();
        return true;
      }
      const taken = [...talk.taken, id].slice(-20);
      return this.#goOn({ ...talk, taken }, (state, options) => this.#assistant().reply(state, reply, options));
    });
  }

  /** Something has happened in the tenant: looks now, and not only when it is time. */
  async wake() {
    const talk = await this.ctx.storage.get("talk");
    if (!talk?.waits) return;
    await this.ctx.storage.put("talk", { ...talk, due: Date.now() });
    await this.ctx.storage.setAlarm(Date.now());
  }

  /** What has to be said or looked at by now. Where it throws, Cloudflare rings again. */
  alarm() {
    return this.#inTurn(async () => {
      const talk = await this.ctx.storage.get("talk");
      if (!talk) return;
      await this.#sayAll();
      // It may come early, or for what is over.
      if (Date.now() < talk.due) return this.#setAlarm();
      if (!talk.waits) return this.ctx.storage.deleteAll();
      await this.#goOn(talk, (state, options) => this.#assistant().resume(state, options));
    });
  }

  /** Makes the next turn, and all that can be made at once. Gives whether there still is a conversation. */
  async #goOn(talk, make) {
    const { employee, state } = talk;
    try {
      await this.#keep(talk, await this.#untilAsked(await make(state, { employee })));
      return true;
    } catch (error) {
      if (!NexthinkError.is(error) || error.kind !== "consent") throw error;
      // The state is too old, or its key was changed: nobody can go on with it.
      await this.ctx.storage.deleteAll();
      return false;
    }
  }

  #assistant() {
    return clientOf(this.env).assistant({ playbooks: ["slow-pc"] });
  }

  /** Goes on as long as there is something to do at once. */
  async #untilAsked(first) {
    const turns = [first];
    while (turns.at(-1).resumeAfterMs === 0 && turns.length < 20) {
      turns.push(await this.#assistant().resume(turns.at(-1).state));
    }
    return turns;
  }

  /** Keeps where the conversation stands, what is to be said, and when to go on; and then says it. */
  async #keep(talk, made) {
    const messages = made.flatMap((turn) => turn.messages);
    const turn = { ...made.at(-1), messages };
    const { state, status, resumeAfterMs, escalation } = turn;
    const turns = talk.turns + 1;
    const waits = resumeAfterMs !== undefined;
    const due = Date.now() + (resumeAfterMs ?? longest);
    const unsaid = (await this.ctx.storage.get("unsaid")) ?? [];
    if (messages.length > 0 || escalation) {
      const choices = messages.flatMap((message) => message.choices.map(({ id, label }) => ({ id, label })));
      const text = render(turn, "markdown");
      const message = { id: `${talk.id}/${turns}`, employee: talk.employee, text, choices, escalation };
      unsaid.push(message);
    }
    // Without an `await` in between, what is kept and the alarm are stored in one step: whatever ends this object now, it goes on.
    const kept = this.ctx.storage.put({ talk: { ...talk, turns, state, status, waits, due }, unsaid });
    await Promise.all([kept, this.ctx.storage.setAlarm(nextAlarm(due, unsaid))]);
    await this.#sayRest();
  }

  /** Says what is still to be said, and waits for what comes next. */
  async #sayRest() {
    await this.#sayAll();
    await this.#setAlarm();
  }

  /** Says what is to be said, in order. What the chat platform does not take is said later. */
  async #sayAll() {
    const unsaid = (await this.ctx.storage.get("unsaid")) ?? [];
    while (unsaid.length > 0) {
      try {
        await deliver(this.env, unsaid[0]);
      } catch (error) {
        console.error(`not delivered: ${error.message}`);
        return;
      }
      unsaid.shift();
      await this.ctx.storage.put("unsaid", unsaid);
    }
  }

  async #setAlarm() {
    const [talk, unsaid] = await Promise.all([this.ctx.storage.get("talk"), this.ctx.storage.get("unsaid")]);
    await this.ctx.storage.setAlarm(nextAlarm(talk.due, unsaid));
  }

  /**
   * One after the other: a Durable Object holds others back while it reads and writes, but not while it waits for the
   * tenant, and two replies must not go on from the same state. Requests to one object may wait for each other.
   */
  #inTurn(work) {
    const result = this.#latest.then(work);
    this.#latest = result.catch(() => {});
    return result;
  }
}

/** When something is due, or what was not delivered is to be tried again. */
const nextAlarm = (due, unsaid) => (unsaid?.length > 0 ? Math.min(due, Date.now() + 30_000) : due);
