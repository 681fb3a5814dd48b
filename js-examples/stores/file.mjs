// A store in a folder, for several processes on one machine.
//
// A key is a folder, and each of its values a file named by a number, one more than the last. A value is written beside
// it and then linked to its name, which only one process can: there is no lock that a killed process could leave behind.
// What a newer value has replaced is emptied, and its name stays, so that nobody who is late can take it.

import { createHash, randomUUID } from "node:crypto";
import { link, mkdir, open, readdir, readFile, rename, rm, truncate } from "node:fs/promises";
import { join } from "node:path";

/**
 * @param {string} folder on a disk of this machine; it holds personal data, so only its owner may read it
 * @returns {import("nexthink-chatbot").Store}
 */
export function fileStore(folder) {
  const folderOf = (key) => join(folder, createHash("sha256").update(key).digest("hex"));
  const put = async (key, expected, value, { ttlMs }) => {
    const entry = folderOf(key);
    const latest = await latestOf(entry);
    if (standing(latest) !== expected) return false;
    await mkdir(entry, { recursive: true, mode: 0o700 });
    const draft = join(folder, `${randomUUID()}.draft`);
    try {
      await writeThrough(draft, JSON.stringify({ value, until: Date.now() + ttlMs }));
      await link(draft, join(entry, `${latest.number + 1}`));
    } catch (error) {
      if (error.code === "EEXIST") return false;
      throw error;
    } finally {
      await rm(draft, { force: true });
    }
    if (latest.number > 0) await truncate(join(entry, `${latest.number}`));
    return true;
  };
  return {
    atomic: true,
    get: async (key) => standing(await latestOf(folderOf(key))),
    putIfAbsent: (key, value, options) => put(key, undefined, value, options),
    replace: put,
  };
}

/**
 * Removes what ended more than a day ago, and what killed processes have left. Call it while no process uses the store,
 * such as before your chatbot starts.
 */
export async function removeEnded(folder) {
  const longAgo = Date.now() - 86_400_000;
  for (const name of await readdir(folder).catch(whereMissing([]))) {
    const path = join(folder, name);
    if (!name.endsWith(".draft") && (await latestOf(path)).until > longAgo) continue;
    // Under another name first: half an entry would be none that can be read.
    const draft = join(folder, `${randomUUID()}.draft`);
    await rename(path, draft);
    await rm(draft, { recursive: true });
  }
}

async function latestOf(entry) {
  for (;;) {
    const names = await readdir(entry).catch(whereMissing([]));
    const number = Math.max(0, ...names.map(Number));
    if (number === 0) return { number };
    const text = await readFile(join(entry, `${number}`), "utf8").catch(whereMissing(""));
    if (text !== "") return { number, ...JSON.parse(text) };
    // Replaced between the two: there is a newer one.
  }
}

/** What has not ended. */
const standing = ({ value, until }) => (Date.now() < until ? value : undefined);

const whereMissing = (otherwise) => (error) => {
  if (error.code !== "ENOENT") throw error;
  return otherwise;
};

async function writeThrough(file, text) {
  const handle = await open(file, "wx", 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
