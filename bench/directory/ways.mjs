// The ways to hold a company's devices that are compared.

import { gzipSync } from "node:zlib";
import { packageUnderTest } from "../client/package-under-test.mjs";
import { device, employee } from "./devices.mjs";

export const ours = "directory";
export const map = "Map of objects";

/** The directory out of the bytes that were kept. */
export const kept = "directory, read back";

/** Each gives what finds an employee's devices by their account, in any case; and what else there is to tell of it. */
export const ways = { [ours]: byDirectory, [map]: byMap };

/** @param {Uint8Array[]} rows the pieces of the export, which are taken out */
async function byDirectory(rows) {
  const { createDirectory } = await packageUnderTest();
  const taken = (function* () {
    for (const [at, piece] of rows.entries()) {
      rows[at] = undefined;
      yield piece;
    }
  })();
  const directory = await createDirectory(taken);
  return { find: (username) => directory.lookup({ username }), held: directory };
}

/**
 * As one would write it: an object for each device, texts that repeat held once, and for each identifier a `Map` from it
 * to the devices.
 */
async function byMap({ devices, identifiers }) {
  const maps = (identifiers === "all" ? ["username", "upn", "email", "sid"] : ["username"]).map((kind) => [
    kind,
    new Map(),
  ]);
  // Of when the data is.
  let identifiedAt = "";
  for (let number = 0; number < devices; number++) {
    const known = employee(number);
    const { collectorUid, name, platform, operatingSystem, type, manufacturer, lastSeen } = device(number);
    const object = {
      collectorUid: flat(collectorUid),
      name: flat(name),
      platform,
      operatingSystem,
      type,
      manufacturer,
      lastSeen: flat(lastSeen),
    };
    if (lastSeen > identifiedAt) identifiedAt = object.lastSeen;
    const owned = [object];
    for (const [kind, of] of maps) {
      const key = flat(known[kind].toLowerCase());
      const others = of.get(key);
      if (others) others.push(object);
      else of.set(key, owned);
    }
  }
  const [[, usernames]] = maps;
  const found = ({ ...told }) => ({ ...told, identifiedBy: "username", identifiedAt });
  return { find: (username) => (usernames.get(username.toLowerCase()) ?? []).map(found), held: maps };
}

/** A text in one piece, as one that was read from a file is: those that were put together take more. */
const flat = (text) => Buffer.from(text).toString();

/** How long it takes to keep a directory, and how many bytes that are. */
export function keep(directory) {
  const began = performance.now();
  const bytes = directory.toBytes();
  return { toBytes: performance.now() - began, bytes, packed: gzipSync(bytes).length };
}
