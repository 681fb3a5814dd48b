// What a client needs of a directory of devices.

import type { Identity } from "./client.ts";
import type { Device } from "./generated/types.ts";

/**
 * Which employee has which devices. A `Directory` is one; another may ask where one is kept, such as a Durable Object or a
 * table of yours.
 *
 * @example
 * ```ts
 * // A directory that is made anew every night: the client asks the one that is there.
 * const directory: DeviceDirectory = {
 *   get asOf() {
 *     return latest.asOf;
 *   },
 *   lookup: (identity) => latest.lookup(identity),
 * };
 * ```
 */
export interface DeviceDirectory {
  /** Of when its data is: ISO 8601 in UTC, or a `Date`. Looked at after each lookup; without it nothing is believed. */
  readonly asOf?: string | Date | undefined;
  /**
   * The devices, most recently seen first; none where it knows none. It has two seconds; where it fails, the tenant is
   * asked, and what it throws is ignored.
   */
  lookup(identity: Identity): readonly Device[] | PromiseLike<readonly Device[]>;
}
