// An export of all devices → those for which a rule of the playbook matches, handed to whoever plans what is said to whom.

import { scan } from "nexthink-chatbot";
import { clientOf } from "./client.mjs";
import { outreachOf } from "./outreach.mjs";

/** What we look for. */
const playbook = "slow-pc";

/** The saved query that brings the facts of all devices: `queries/slow_pc_of_all_devices.nql`. */
const query = "#slow_pc_of_all_devices";

/** So many are handed over at once. */
const mostAtOnce = 500;

/** The export that the tenant makes when it is asked for one, as a file: an object a line. */
export async function* askedFor(env) {
  let lines = "";
  for await (const row of clientOf(env).nql.export(query)) {
    lines += `${JSON.stringify(row)}\n`;
    if (lines.length < 65_536) continue;
    yield lines;
    lines = "";
  }
  yield lines;
}

/**
 * Reads an export as it arrives: no more of it is asked for than was handed on.
 *
 * @param source what `scan` takes: a request with a body, a stream, any iterable of bytes or text
 */
export async function findTrouble(env, source) {
  const outreach = outreachOf(env);
  const scanned = scan(source, playbook, { now: new Date() });
  let found = [];
  let nameless = 0;
  for await (const { row, matched } of scanned) {
    const username = nameIn(row["device.login.last_login_user_name"]);
    const collectorUid = nameIn(row["device.collector.uid"]);
    if (!username || !collectorUid) {
      nameless += 1;
      continue;
    }
    const device = { collectorUid, name: nameIn(row["device.name"]) };
    found.push({ playbook, matched, employee: { username }, device });
    if (found.length < mostAtOnce) continue;
    await outreach.take(found);
    found = [];
  }
  await outreach.take(found);
  const { rows, matches, malformed } = scanned.summary;
  console.log(
    `${matches} of ${rows} devices are in trouble; ${nameless} name no employee or device; ${malformed} rows could not be read`,
  );
  return { rows, matches, malformed, nameless };
}

/** A name in a row: one that is all digits may come as a number, and `-` stands for none. */
function nameIn(cell) {
  const name = Number.isSafeInteger(cell) ? String(cell) : cell;
  return typeof name === "string" && name.trim() !== "-" ? name.trim() : "";
}
