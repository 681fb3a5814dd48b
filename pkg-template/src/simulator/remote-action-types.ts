// A remote action of a simulated tenant, as a test writes it.

/** A value of an output. Text for every type is taken, too: real scripts write `-`, and numbers as text. */
export type OutputValue = string | number | boolean | null | (string | number | boolean | null)[];

/** Values by the names of outputs. */
export type OutputValues = Record<string, OutputValue>;

/**
 * A remote action: one of your own, or a built-in one as you want it. It has either `collects` or `repairs`.
 *
 * @example
 * ```ts
 * tenant.setRemoteAction({
 *   id: "get_teams_startup_windows",
 *   name: "Get Teams startup",
 *   platforms: ["Windows"],
 *   outputs: [{ name: "StartupSeconds", type: "Float" }],
 *   apiTrigger: false,
 *   collects: { schedule: "hourly" },
 * });
 * tenant.set("AMARTIN-LT", { outputs: { get_teams_startup_windows: { StartupSeconds: 41 } } });
 * tenant.setRemoteAction({
 *   id: "clear_teams_cache",
 *   name: "Clear Teams cache",
 *   platforms: ["Windows"],
 *   apiTrigger: true,
 *   repairs: { seconds: 20, sets: { get_teams_startup_windows: { StartupSeconds: 6 } } },
 * });
 * ```
 */
export interface SimulatedRemoteAction {
  /** The NQL ID: letters, digits and underscores, with or without a `#` before them. */
  id: string;
  /** The name for people. */
  name: string;
  /** What it is for. */
  description?: string;
  /** The platforms that it has a script for. On others it ends as `no_script`, or collects nothing. */
  platforms: ("Windows" | "macOS")[];
  /** What the script takes. A parameter that is none of these is refused. */
  inputs?: RemoteActionInput[];
  /** What the script gives. */
  outputs?: RemoteActionOutput[];
  /** Whether the API may trigger it. */
  apiTrigger: boolean;
  /** Whether an agent may trigger it. Default: only where it repairs. */
  manualTrigger?: boolean;
  /** Whether a workflow may trigger it. Default: true. */
  workflowTrigger?: boolean;
  /**
   * For a data collection: when it runs on each device that is online, as if it had done so for long. It reports what
   * `set` gave the device in `outputs`; where that gave nothing, a built-in action reports the device's facts, and any
   * other has never run there.
   */
  collects?: RemoteActionSchedule;
  /**
   * For a remediation: what it does. A built-in action does what it always does, unless `sets`, `outputs` or `fails` is
   * given; any other succeeds.
   */
  repairs?: RemoteActionEffect;
}

/** An input of a script. */
export interface RemoteActionInput {
  /** Its name. */
  id: string;
  /** What it is for. */
  description?: string;
  /** The values that are offered. */
  options?: string[];
  /** Whether any other value is accepted. Default: true. */
  allowCustomValue?: boolean;
}

/** An output of a script. */
export interface RemoteActionOutput {
  /** Its name; in a query `remote_action.<id>.execution.outputs.<name>`. */
  name: string;
  /** The type, by the vendor's word. */
  type: "String" | "Bool" | "UInt32" | "Float" | "Size" | "Ratio" | "BitRate" | "DateTime" | "Duration" | "StringList";
}

/** When data is collected. */
export interface RemoteActionSchedule {
  /** How often. `null`: the schedule is off, and nothing was ever collected by it. */
  schedule: "hourly" | "daily" | "weekly" | null;
  /** When the schedule was switched off: a time in UTC. What ran before stays. Default: it is still on. */
  until?: string;
}

/** What a remediation does. */
export interface RemoteActionEffect {
  /** How long the script takes. */
  seconds: number;
  /**
   * What becomes true when it has succeeded, by the IDs of data collections that the tenant has: their next run reports
   * it. An output that is not named stays as it is, and so does all of a device from which nothing was ever collected.
   */
  sets?: Record<string, OutputValues>;
  /** What the script gives itself. An output that is not named is null. */
  outputs?: OutputValues;
  /** The error with which the script ends on every device, without having done anything. */
  fails?: string;
}
