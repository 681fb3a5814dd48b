// The conversations of a bot that can speak without having been asked, as in Slack and Teams: each goes on one turn after the
// other, looks again when it is time to, and tells the employee what has become of it.

import { converse } from "nexthink-chatbot/low-code";

/** So long an employee looks at nothing, in milliseconds. What takes longer goes on, and they are told when it is there. */
const budgetMs = 10_000;

export class Talks {
  #assistant;
  #say;
  #handOver;
  #sleep;
  #states;
  #latest = new Map();

  /**
   * @param {object} options
   * @param options.assistant `nexthink.assistant()`
   * @param {(place: object, turn: object) => Promise<unknown>} options.say tells the employee what a turn says
   * @param {(turn: object) => Promise<unknown>} options.handOver hands over what the service desk is to know, if a turn has it
   * @param {(milliseconds: number) => Promise<unknown>} options.sleep
   * @param {{ get: Function, set: Function }} [options.states] where the conversations stand, by their keys: in a database, where
   * they are to outlive this process. They are below 4 KB each, sealed, and hold personal data
   */
  constructor({ assistant, say, handOver, sleep, states = new Map() }) {
    this.#assistant = assistant;
    this.#say = say;
    this.#handOver = handOver;
    this.#sleep = sleep;
    this.#states = states;
  }

  /**
   * Takes what an employee has said or chosen, and tells them what there is to say.
   *
   * @param {string} key of the conversation
   * @param {{ employee: object, place: object }} who the employee, as the platform has authenticated them, and what `say` needs
   * to reach them
   * @param {{ text: string } | { choice: string }} reply
   */
  hear(key, who, reply) {
    return this.#inOrder(key, async () => {
      const state = await this.#states.get(key);
      await this.#tell(key, who, await converse(this.#assistant, { employee: who.employee, state, reply, budgetMs }));
    });
  }

  async #tell(key, who, turn) {
    // Where this fails, it is as if they had not answered.
    await this.#handOver(turn);
    // What is kept first is not lost when the platform does not take the message.
    await this.#states.set(key, turn.state);
    if (turn.resumeAfterMs !== undefined) void this.#lookLater(key, who, turn);
    if (turn.messages.length > 0) await this.#say(who.place, turn);
  }

  async #lookLater(key, who, { state, resumeAfterMs }) {
    await this.#sleep(resumeAfterMs);
    const look = async () => {
      // They have said something meanwhile, and that has been looked at.
      if ((await this.#states.get(key))?.seal !== state.seal) return;
      await this.#tell(key, who, await converse(this.#assistant, { employee: who.employee, state, budgetMs }));
    };
    await this.#inOrder(key, look).catch((error) => console.error(`not told: ${error.message}`));
  }

  /** One after the other: two replies must not go on from the same state. */
  #inOrder(key, work) {
    const result = (this.#latest.get(key) ?? Promise.resolve()).then(work);
    const ended = result.catch(() => {});
    this.#latest.set(key, ended);
    ended.then(() => {
      if (this.#latest.get(key) === ended) this.#latest.delete(key);
    });
    return result;
  }
}
