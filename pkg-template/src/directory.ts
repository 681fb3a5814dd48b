// A directory of employees and devices. The fleet module makes it, holds it and finds in it; here bytes are handed over.

import { checkNotAborted, requireSignal, unlessAborted } from "./abort-signal.ts";
import { openSource, orLetGo } from "./byte-source.ts";
import { bytesOf, type OwnBytes } from "./bytes.ts";
import type { DeviceDirectory } from "./device-directory.ts";
import { encode } from "./encode.ts";
import { invalid } from "./errors.ts";
import { type DirectoryCore, DirectoryImage, DirectoryReader, startFleet } from "./fleet.ts";
import type { Device, DirectorySummary, Employee, IdentifiedBy, Timestamp } from "./generated/types.ts";
import { timeOf } from "./given-time.ts";
import { requireFunction } from "./host.ts";
import { askFleet, letGo } from "./judges.ts";
import type { Pieces } from "./response-body.ts";
import type { RowSource } from "./row-source.ts";
import { startOrExplain } from "./start.ts";

/** How to make a directory. */
export interface DirectoryOptions {
  /**
   * Of when the data is: when the export was made. Default: when the last of its devices was seen, where the rows tell
   * that with a time zone and it is not in the future; the export is no older than that.
   */
  asOf?: Date;
  /**
   * An older directory that the rows bring up to date. Of a device that they speak of, they say all: what the older one
   * knew of it, also whose it was, is gone. All other devices stay as they were, and as old as they were: `identify` asks
   * the tenant for an employee who has one that is too old. One that no rows speak of for 85 days is left behind.
   */
  base?: Directory | undefined;
  /** End with an error at the first row that cannot be read. Else it is counted and passed over. */
  strict?: boolean;
  /** Is told how far the reading is, after each piece of the export, and waited for. What it throws ends the reading. */
  onProgress?: (progress: DirectoryProgress) => void | PromiseLike<void>;
  /** Ends the reading, and lets go of the stream. */
  signal?: AbortSignal;
}

/** How far the reading is. */
export interface DirectoryProgress {
  /** Rows read so far. */
  rows: number;
  /** Bytes read so far; of a packed file, after unpacking. */
  bytes: number;
}

/** How much is in a directory. */
export interface DirectorySize {
  devices: number;
  /** Employees, told apart by all of their identifiers together. */
  employees: number;
  /** What it takes in memory, and what `toBytes` gives. */
  bytes: number;
}

/** By what devices are looked up: exactly one of these. */
export type DeviceLookup = {
  [Kind in IdentifiedBy | "collectorUid"]: { [Name in Kind]: string };
}[IdentifiedBy | "collectorUid"];

/**
 * Makes a directory of an export of employees and their devices: the data exporter "nexthink-chatbot devices" of
 * `npx nexthink-chatbot content`, or any with the column `device.collector.uid`. The export may have a row for each device
 * or for each pair of an employee and a device. Shapes, packing and names of columns are those of `scan`; employees are
 * found by `user.name`, `user.upn`, `user.ad.email_address` and `user.sid`, as far as the export has them.
 *
 * A row that cannot be read, or has no Collector UID, is in `summary.malformedRows` with its line.
 *
 * @throws NexthinkError `invalid` for a file without Collector UIDs, `malformed` for a broken archive and, with `strict`,
 * for a row that cannot be read, `network` where the stream fails, `aborted` after `signal`
 * @example
 * ```ts
 * const directory = await createDirectory(await open("devices.csv"), { asOf: new Date("2026-11-21T02:00:00Z") });
 * const nexthink = createClient({ ...options, directory });
 * const [device] = await nexthink.identify({ username: "amartin" }); // no call to the tenant
 * ```
 */
export async function createDirectory(source: RowSource, options: DirectoryOptions = {}): Promise<Directory> {
  const { strict, time } = orLetGo(source, () => settled(options ?? {}));
  const pieces = openSource(source);
  let reader: DirectoryReader | undefined;
  try {
    reader = askFleet(() => {
      startOrExplain(startFleet);
      return new DirectoryReader(strict, time, Date.now());
    });
    return await read(pieces, reader, options ?? {});
  } catch (thrown) {
    letGo(() => reader?.free());
    throw thrown;
  } finally {
    pieces.cancel();
  }
}

/** What a directory is made by. */
function settled(options: DirectoryOptions): { strict: boolean; time: number | undefined } {
  const { asOf, base, strict = false } = checked(options);
  if (base) coreOf(base);
  return { strict, time: timeOf(asOf, "asOf") };
}

async function read(pieces: Pieces, reader: DirectoryReader, options: DirectoryOptions): Promise<Directory> {
  const { base, onProgress, signal } = options;
  let bytes = 0;
  for (let ended = false; !ended; ) {
    checkNotAborted(signal, cancelled);
    const piece = await unlessAborted(pieces.next(), signal, cancelled);
    ended = piece === undefined;
    for (let from = 0; from < (piece?.length ?? 0); from += mostBytes) {
      askFleet(() => reader.feed((piece as Uint8Array).subarray(from, from + mostBytes)));
      checkNotAborted(signal, cancelled);
    }
    bytes += piece?.length ?? 0;
    if (ended) askFleet(() => reader.finish());
    const told = onProgress?.({ rows: reader.rows(), bytes });
    // To wait for nothing costs time, too.
    if (told) await told;
  }
  // It may have been closed meanwhile.
  if (base) askFleet(() => reader.absorb(coreOf(base)));
  const summary: DirectorySummary = askFleet(() => JSON.parse(reader.summary()));
  return Directory.of(
    askFleet(() => reader.directory()),
    summary,
  );
}

/** Employees and their devices, out of an export. `createDirectory` makes one, and `Directory.fromBytes` reads one back. */
export class Directory implements DeviceDirectory {
  /** Of when the latest of its data is; undefined where nobody told. A device's own `identifiedAt` may be earlier. */
  readonly asOf: Timestamp | undefined;
  /** How much is in it. */
  readonly size: DirectorySize;
  /** The columns that the export did not have: by them nothing is found, or told. */
  readonly notReturned: readonly string[];
  /** What was read; undefined of one that comes from bytes. */
  readonly summary: DirectorySummary | undefined;

  /** @internal */
  static of(core: DirectoryCore, summary: DirectorySummary | undefined): Directory {
    return new Directory(core, summary);
  }

  private constructor(core: DirectoryCore, summary: DirectorySummary | undefined) {
    cores.set(this, core);
    this.asOf = core.asOf();
    this.size = { devices: core.devices(), employees: core.employees(), bytes: core.bytes() };
    this.notReturned = JSON.parse(core.notReturned());
    this.summary = summary;
  }

  /**
   * Reads back what `toBytes` has given: of this version of the package, or of an earlier one that wrote the same form.
   *
   * @throws NexthinkError of kind `malformed` for bytes that are no directory, not whole or altered, or in a form that this
   * version does not read: make the directory anew
   */
  static fromBytes(bytes: ArrayBuffer | ArrayBufferView): Directory {
    const all = bytesOf(bytes);
    if (!all) throw invalid("what was passed is no bytes", "pass what `toBytes` has given");
    const image = askFleet(() => {
      startOrExplain(startFleet);
      return new DirectoryImage(all.length);
    });
    try {
      for (let from = 0; from < all.length; from += mostBytes) {
        askFleet(() => image.feed(all.subarray(from, from + mostBytes)));
      }
    } catch (error) {
      image.free();
      throw error;
    }
    return new Directory(
      askFleet(() => image.finish()),
      undefined,
    );
  }

  /**
   * The devices of an employee, or with a name or Collector UID, most recently seen first and a thousand at most; none is
   * no error. Letters may differ in their case; nothing stands for any text.
   *
   * These devices prove nothing: `identify` of a client with this `directory` gives those for which can be proposed.
   *
   * @throws NexthinkError of kind `invalid` for other than one identifier
   */
  lookup(lookup: DeviceLookup): Device[] {
    const core = coreOf(this);
    const input = encode(lookup);
    return askFleet(() => JSON.parse(core.lookup(input)));
  }

  /**
   * The employees who use a device, with all identifiers that the export had of them; none is no error. More than one may:
   * `planOutreach` tells none of them of what concerns others. The first call takes a moment and eight bytes for each device.
   *
   * @throws NexthinkError of kind `invalid` for anything but a Collector UID or a name
   * @example
   * ```ts
   * const employeeOf = ({ row }: ScanMatch) => directory.employeesOf({ collectorUid: String(row["device.collector.uid"]) });
   * ```
   */
  employeesOf(device: { collectorUid: string } | { deviceName: string }): Employee[] {
    const core = coreOf(this);
    const input = encode(device);
    return askFleet(() => JSON.parse(core.employeesOf(input)));
  }

  /** The directory as bytes, to be kept where you like; they hold personal data. */
  toBytes(): OwnBytes {
    const core = coreOf(this);
    const bytes = new Uint8Array(this.size.bytes);
    let at = 0;
    for (let number = 0; ; number++) {
      const piece = core.piece(number);
      if (!piece) return bytes;
      bytes.set(piece, at);
      at += piece.length;
    }
  }

  /**
   * Lets go of its memory at once, for whoever makes a new one every day; it finds nothing any more. Else that happens some
   * time after nobody holds it, in runtimes that can tell.
   */
  close(): void {
    cores.get(this)?.free();
    cores.delete(this);
  }
}

/** The module's parts of directories, until those are closed. */
const cores = new WeakMap<Directory, DirectoryCore>();

/** @throws NexthinkError of kind `invalid` for what is no directory, or was closed */
function coreOf(directory: Directory): DirectoryCore {
  const core = cores.get(directory);
  if (!core)
    throw invalid("this is no directory, or it was closed", "make one by `createDirectory`, or close it later");
  return core;
}

function checked(options: DirectoryOptions): DirectoryOptions {
  const unknown = Object.keys(options).find((name) => !known.has(name));
  // One that is passed over would be taken for kept.
  if (unknown !== undefined) {
    throw invalid(`\`${unknown}\` is no option of \`createDirectory\``, `it takes ${[...known].join(", ")}`);
  }
  if (options.onProgress !== undefined) requireFunction("onProgress", options.onProgress);
  requireSignal(options.signal);
  return options;
}

const known = new Set(["asOf", "base", "strict", "onProgress", "signal"]);

/** So much of a piece at a time: it is in the module's memory at once, and a text can be one piece. */
const mostBytes = 262_144;

/** What a signal cancels. */
const cancelled = "the reading";
