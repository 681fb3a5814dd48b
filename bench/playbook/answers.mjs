// Answers to the diagnosis query of the slow-PC playbook, in both shapes: devices of all kinds, always the same ones.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/paths.mjs";

const startup = "remote_action.get_startup_impact_windows.execution.outputs";
const groupPolicy = "remote_action.get_gpo_startup_impact_windows.execution.outputs";

/** The columns, as the API names them. */
export const columns = {
  uid: "device.collector.uid",
  name: "device.name",
  freeSpace: "free_space",
  daysSinceBoot: "device.boot.days_since_last_full_boot",
  outdatedOffice: "outdated_office_packages",
  highImpactCount: `${startup}.HighImpactCount`,
  highImpactApplications: `${startup}.HighImpactApplications`,
  actionableApplications: `${startup}.HighImpactActionableApplications`,
  policiesApplied: `${groupPolicy}.UserGpoAppliedTimeInSeconds`,
  controllerFound: `${groupPolicy}.UserGpoDCDiscoveryInSeconds`,
};

const query = readFileSync(join(root, "playbooks", "slow-pc.nql"), "utf8");

/** @param {"v1" | "v2"} shape @param {number} rows @param {number} first the first device's number @returns {string} the answer's text */
export function answer(shape, rows, first = 0) {
  const devices = Array.from({ length: rows }, (_, at) => device(first + at));
  const head = {
    queryId: "#diagnose_slow_pc_issues",
    executedQuery: query.replace("$device_name", `"${devices[0][columns.name]}"`),
    rows,
  };
  if (shape === "v2") return JSON.stringify({ ...head, executionDateTime: "2026-11-20T10:05:01", data: devices });
  const executionDateTime = { year: 2026, month: 11, day: 20, hour: 10, minute: 5, second: 1 };
  const data = devices.map((row) => Object.values(row));
  return JSON.stringify({ ...head, executionDateTime, headers: Object.values(columns), data });
}

/** Most values are what a well kept device has; every rule matches, fails and cannot be told for some devices. */
function device(number) {
  let state = (number + 1) * 0x9e3779b9;
  const pick = (...values) => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d);
    state = Math.imul(state ^ (state >>> 12), 0x297a2d39);
    state ^= state >>> 15;
    return values[(state >>> 0) % values.length];
  };
  const id = String(number).padStart(4, "0");
  return {
    [columns.uid]: `e0aa796d-e3af-47b5-88d8-228cf555${id}`,
    [columns.name]: `XN1231242-${id}`,
    [columns.freeSpace]: pick(120.5, 87.25, 41.333333333, 231.0, 5.95, "5.5", "64.2", null),
    [columns.daysSinceBoot]: pick(0, 1, 2, 3, 6, 14, "12", null),
    [columns.outdatedOffice]: pick(null, null, null, 0, 1, 2),
    [columns.highImpactCount]: pick(0, 0, 0, 1, 3, "2", "-", null),
    [columns.highImpactApplications]: pick('["-"]', '["-"]', '["Spotify: 2100 ms, 35 MB"]', null),
    [columns.actionableApplications]: pick('["-"]', '["-"]', '["Spotify","Zoom"]', null),
    [columns.policiesApplied]: pick(1.5, 2.25, 3.0, 9.75, "11.5", null),
    [columns.controllerFound]: pick(0.5, 0.25, 1.0, 4.5, "-"),
  };
}
