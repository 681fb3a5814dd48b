// A table of devices that exports bring up to date: one row for each collector UID.

import { DatabaseSync } from "node:sqlite";

/** The table's columns, and the export's. */
const columns = {
  collector_uid: "device.collector.uid",
  name: "device.name",
  platform: "device.operating_system.platform",
  operating_system: "device.operating_system.name",
  type: "device.hardware.type",
  manufacturer: "device.hardware.manufacturer",
  owner: "device.login.last_login_user_name",
  first_seen: "device.first_seen",
  last_seen: "device.last_seen",
};

const names = Object.keys(columns);

/** What a newer export says takes the place of what an older one did. */
const latest = names.filter((name) => !["collector_uid", "first_seen", "last_seen"].includes(name));

const upsert = `
  INSERT INTO devices (${names}, as_of) VALUES (${names.map(() => "?")}, ?)
  ON CONFLICT (collector_uid) DO UPDATE SET
    ${latest.map((name) => `${name} = iif(excluded.as_of >= as_of, excluded.${name}, ${name})`)},
    first_seen = min(ifnull(first_seen, excluded.first_seen), ifnull(excluded.first_seen, first_seen)),
    last_seen = max(ifnull(last_seen, excluded.last_seen), ifnull(excluded.last_seen, last_seen)),
    as_of = max(as_of, excluded.as_of)`;

/** So many rows are written at once: one by one each would wait for the disk. */
const atOnce = 1_000;

export class Cmdb {
  #database;
  #upsert;

  /** @param {string} file which is made if it is not there */
  constructor(file) {
    this.#database = new DatabaseSync(file);
    this.#database.exec(`
      CREATE TABLE IF NOT EXISTS devices (
        collector_uid TEXT PRIMARY KEY,
        ${names.slice(1).map((name) => `${name} TEXT`)},
        as_of TEXT NOT NULL
      )`);
    this.#upsert = this.#database.prepare(upsert);
  }

  /**
   * Takes the rows of an export as they arrive. Taken twice, it changes nothing; one that breaks off leaves what has arrived,
   * and is taken again from its beginning. A device that it does not name keeps its row, and when it was last seen.
   *
   * @param {AsyncIterable<Record<string, string>>} rows
   * @param {Date} asOf when the export was made
   * @returns {Promise<number>} how many rows were taken
   */
  async take(rows, asOf) {
    let taken = 0;
    let batch = [];
    const write = () => {
      const written = batch;
      // First of all: what cannot be written is not tried again.
      batch = [];
      this.#database.exec("BEGIN");
      try {
        for (const values of written) this.#upsert.run(...values, asOf.toISOString());
        this.#database.exec("COMMIT");
      } catch (error) {
        this.#rollBack();
        throw error;
      }
      taken += written.length;
    };
    try {
      for await (const row of rows) {
        const values = names.map((name) => known(row[columns[name]]));
        // Without a collector UID it is nobody's row.
        if (values[0] === null) continue;
        batch.push(values);
        if (batch.length === atOnce) write();
      }
    } finally {
      write();
    }
    return taken;
  }

  #rollBack() {
    try {
      this.#database.exec("ROLLBACK");
    } catch {
      // SQLite has done so already, as it does where the disk is full; why is what matters.
    }
  }

  /** @returns {Record<string, string | null>[]} in the order of their names */
  devices() {
    return this.#database.prepare("SELECT * FROM devices ORDER BY name, collector_uid").all();
  }

  close() {
    this.#database.close();
  }
}

/** Nexthink writes `-` for what there is not. Times stay as they come: the tenant's own, in one form, so that text compares. */
const known = (text) => (!text || text === "-" ? null : text);
