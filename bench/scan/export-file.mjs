// An export of a company's devices for the slow-PC playbook: always the same ones, 137 bytes a row. One row in a hundred
// has quotes and line breaks; few devices are in trouble, and of some a fact is not known.

import { once } from "node:events";
import { createWriteStream, existsSync, mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { target } from "../../scripts/paths.mjs";

const startup = "remote_action.get_startup_impact_windows.execution.outputs";
const groupPolicy = "remote_action.get_gpo_startup_impact_windows.execution.outputs";

/** The columns, in the file's order. */
export const columns = [
  "device.collector.uid",
  "device.name",
  "device.operating_system.name",
  "device.last_seen",
  "free_space",
  "device.boot.days_since_last_full_boot",
  "outdated_office_packages",
  `${startup}.HighImpactCount`,
  `${startup}.HighImpactApplications`,
  `${startup}.HighImpactActionableApplications`,
  `${groupPolicy}.UserGpoAppliedTimeInSeconds`,
  `${groupPolicy}.UserGpoDCDiscoveryInSeconds`,
];

/** Where the facts of the five rules are. */
export const places = { name: 1, free: 4, days: 5, office: 6, count: 7, applied: 10, found: 11 };

/** The rules, in the playbook's order. */
export const rules = ["long-uptime", "disk-full", "startup-load", "slow-group-policy", "outdated-office"];

/** @returns {Promise<string>} the file of so many rows, made if it is not there; in `perMille` of them something is wrong */
export async function exportFile(rows, perMille) {
  const folder = join(target, "bench-scan");
  const file = join(folder, `${rows}-${perMille}.csv`);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  const out = createWriteStream(`${file}.new`);
  let text = `${columns.join()}\r\n`;
  for (let row = 0; row < rows; row++) {
    text += device(row, perMille);
    if (text.length > 1_000_000 || row === rows - 1) {
      if (!out.write(text)) await once(out, "drain");
      text = "";
    }
  }
  out.end();
  await once(out, "finish");
  renameSync(`${file}.new`, file);
  return file;
}

function device(number, perMille) {
  let state = Math.imul(number + 1, 0x9e3779b9);
  const chance = (of) => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d);
    state = Math.imul(state ^ (state >>> 12), 0x297a2d39);
    state ^= state >>> 15;
    return (state >>> 0) % of;
  };
  // Of a device in trouble one thing is wrong, now and then two.
  const trouble = chance(1_000) < perMille ? chance(5) : -1;
  const second = chance(5);
  const is = (which) => trouble === which || (trouble >= 0 && second === which);
  const decimals = (whole, digits) => `${whole}.${String(chance(10 ** digits)).padStart(digits, "0")}`;
  const unknown = (value, perHundred) => (chance(100) < perHundred ? (chance(2) ? "" : "-") : value);
  const quoted = chance(100) === 0;
  const id = (number * 2_654_435_761) % 2 ** 48;
  return `${[
    `e0aa796d-e3af-47b5-88d8-${id.toString(16).padStart(12, "0")}`,
    `XN${String(1_000_000 + number)}-${2_142 + (number % 97)}`,
    quoted ? '"Windows 11 Enterprise ""23H2"",\n(64 bits)"' : "Windows 11 Enterprise 23H2 (64 bits)",
    `2026-11-${String(1 + chance(20)).padStart(2, "0")} ${10 + chance(10)}:${10 + chance(50)}:${10 + chance(50)}`,
    unknown(is(1) ? decimals(chance(6), 2) : decimals(20 + chance(400), 2), 1),
    unknown(is(0) ? 11 + chance(60) : chance(10), 1),
    is(4) ? 1 + chance(3) : chance(10) ? "" : 0,
    unknown(is(2) ? 1 + chance(5) : 0, 3),
    quoted ? '"[""Spotify: 2100 ms, 35 MB""]"' : "-",
    quoted ? '"[""Spotify"",""Zoom""]"' : "-",
    unknown(is(3) ? decimals(11 + chance(20), 3) : decimals(chance(4), 3), 3),
    unknown(decimals(chance(4), 3), 1),
  ].join()}\r\n`;
}
