// Who waits to be told, who has been told, and who is told next: one Durable Object for the company, so that no two plans are
// made at once.

import { DurableObject } from "cloudflare:workers";
import { planOutreach } from "nexthink-chatbot";

/** So many messages a queue takes at once. */
const mostAtOnce = 100;

export const outreachOf = ({ OUTREACH }) => OUTREACH.get(OUTREACH.idFromName("company"));

export class Outreach extends DurableObject {
  #sql = this.ctx.storage.sql;
  #latestPlan = Promise.resolve();

  constructor(ctx, env) {
    super(ctx, env);
    this.#sql.exec(`
      CREATE TABLE IF NOT EXISTS waiting (
        device TEXT PRIMARY KEY, employee TEXT NOT NULL COLLATE NOCASE, match TEXT NOT NULL, found INTEGER NOT NULL);
      CREATE TABLE IF NOT EXISTS told (key TEXT PRIMARY KEY, record TEXT NOT NULL)`);
  }

  /** Takes devices in trouble, of an export that is being read; one export may come in several deliveries. */
  take(matches) {
    for (const match of matches) {
      this.#sql.exec(
        "INSERT OR REPLACE INTO waiting VALUES (?, ?, ?, ?)",
        match.device.collectorUid,
        match.employee.username,
        JSON.stringify(match),
        Date.now(),
      );
    }
  }

  /** Puts a message into the queue for each employee who may be told now; the others wait for their time. */
  plan() {
    // While it waits for the queue others come in: another plan must know what this one has sent.
    const plan = this.#latestPlan.then(() => this.#plan());
    this.#latestPlan = plan.catch(() => {});
    return plan;
  }

  async #plan() {
    // What no export has found again is over.
    this.#sql.exec("DELETE FROM waiting WHERE found <= ?", Date.now() - this.env.WAITING_HOURS * 3_600_000);
    const matches = this.#all("SELECT match FROM waiting ORDER BY device", "match");
    const sent = this.#all("SELECT record FROM told", "record");
    const { send, held, forget } = planOutreach(matches, { limits: this.env.LIMITS, now: new Date(), sent });
    for (let from = 0; from < send.length; from += mostAtOnce) {
      const batch = send.slice(from, from + mostAtOnce);
      await this.env.TO_TELL.sendBatch(batch.map((planned) => ({ body: messageOf(planned) })));
      // Afterwards: if this object ends in between, the same messages come twice, and a conversation begins once.
      for (const { key, record } of batch) {
        this.#sql.exec("INSERT OR REPLACE INTO told VALUES (?, ?)", key, JSON.stringify(record));
      }
    }
    for (const key of forget) this.#sql.exec("DELETE FROM told WHERE key = ?", key);
    return { told: send.length, held: held.length };
  }

  /**
   * A message told its employee nothing: it does not count as told. They wait no longer either, or they would be the first in
   * every plan and take the places of others; if anything is still wrong, the next export finds it.
   */
  async notTold({ id, employee }) {
    // The queue may be faster than the plan, which then has yet to count it as told.
    await this.#latestPlan;
    this.#sql.exec("DELETE FROM told WHERE key = ?", id);
    this.#sql.exec("DELETE FROM waiting WHERE employee = ?", employee.username);
  }

  #all(query, column) {
    return this.#sql
      .exec(query)
      .toArray()
      .map((row) => JSON.parse(row[column]));
  }
}

const messageOf = ({ key, employee, playbook, devices }) => ({
  id: key,
  employee,
  playbook,
  device: devices[0]?.name,
});
