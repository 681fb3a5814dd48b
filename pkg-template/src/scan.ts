// A whole export through a playbook. The fleet module reads and judges; here bytes are handed to it as they come, and the
// rows that match are handed out. What a row says, and what is wrong with it, is not known here.

import { checkNotAborted, requireSignal, unlessAborted } from "./abort-signal.ts";
import { openSource, orLetGo } from "./byte-source.ts";
import { encode } from "./encode.ts";
import { invalid } from "./errors.ts";
import type { ScanCore } from "./fleet.ts";
import type { Evaluation, EvaluationInput, Playbook, ScanCounts } from "./generated/types.ts";
import { timeOf } from "./given-time.ts";
import { requireFunction } from "./host.ts";
import { askFleet, judgeOf, letGo } from "./judges.ts";
import { rowMaker } from "./named-rows.ts";
import { oneByOne } from "./one-by-one.ts";
import type { Pieces } from "./response-body.ts";
import type { RowSource } from "./row-source.ts";

/** How to scan. */
export interface ScanOptions extends Pick<EvaluationInput, "locale" | "remoteActionIds"> {
  /** Give every row, and not only those that match. */
  all?: boolean;
  /** End with an error at the first row that cannot be read. Else it is counted and passed over. */
  strict?: boolean;
  /**
   * The time, for rules that want fresh facts. Without it, or where the row does not tell when a fact was collected, they
   * cannot tell how old it is, and say `unknown`.
   */
  now?: Date;
  /** Is told how far the scan is, after each piece of the file, and waited for. What it throws ends the scan. */
  onProgress?: (progress: ScanProgress) => void | PromiseLike<void>;
  /** Ends the scan, and lets go of the stream. */
  signal?: AbortSignal;
}

/** How far a scan is. */
export interface ScanProgress {
  /** Rows read so far. */
  rows: number;
  /** Bytes read so far; of a packed file, after unpacking. */
  bytes: number;
  /** Rows per second since the beginning, the consumer's own time included; 0 where no time has passed. */
  rowsPerSecond: number;
  /** Rows that match so far. */
  matches: number;
}

/** What a scan says of a row. */
export interface ScanMatch {
  /** The row by the file's names. Cells of CSV are text, and null where they are empty. Of an object, a copy. */
  row: EvaluationInput["row"] & Record<string, unknown>;
  /** The ID of the playbook. */
  playbook: string;
  /** The names of the rules that match: known at once. */
  matched: string[];
  /** Whether the playbook is for the device's platform, where the row tells it. Only with `all` is this ever false. */
  applicable: boolean;
  /** What each rule says, and why; worked out from `row` when it is first read. */
  readonly findings: Evaluation["findings"];
  /** What to do, best first; worked out from `row` when it is first read. */
  readonly recommendations: Evaluation["recommendations"];
}

/** What a scan has counted. */
export interface ScanSummary extends ScanCounts {
  /** Bytes read; of a packed file, after unpacking. */
  bytes: number;
  /** Whether the file was read to its end. */
  complete: boolean;
}

/** A scan under way: to be iterated once. */
export interface Scan extends AsyncIterableIterator<ScanMatch> {
  /** What has been counted so far; of the whole file, once the iteration has come to its end. */
  readonly summary: ScanSummary;
}

/**
 * Reads an export of any size and gives the rows for which a rule of a playbook matches, as the file arrives: nothing is
 * held but a piece of it, and no piece is asked for before the rows of the one before are taken.
 *
 * The file is CSV with a header, JSON lines, a JSON list of objects, or an object that holds such a list, in UTF-8, packed
 * with gzip or not; its first bytes tell. Names of columns may be short or qualified, as in `playbooks.evaluate`. A column
 * that a rule reads and the file lacks is unknown, and `summary.notReturned` has it. A rule that always matches makes no
 * row a match. Where the file has the devices' platform, devices of a platform that the playbook is not for are counted in
 * `summary.notApplicable` and passed over.
 *
 * Leaving the loop lets go of the stream.
 *
 * @param source a `FileHandle` of Node, which is closed at the end, a `ReadableStream`, a Node stream or any async iterable of
 * bytes, a `Response`, a `Blob`, bytes or a text; or rows as objects, in a list or an async iterable, as `nql.execute`,
 * `nql.export` and `onExport` of `createHandler` give them
 * @param playbook the ID of a built-in playbook, or one of yours with `query.text`
 * @throws NexthinkError `invalid` for a file without any column that the playbook reads, `malformed` for a broken archive
 * and, with `strict`, for a row that cannot be read, `network` where the stream fails, `aborted` after `signal`
 * @example
 * ```ts
 * const scanned = scan(await open("devices.csv"), "slow-pc");
 * for await (const { row, matched, recommendations } of scanned) await plan(row["device.name"], recommendations);
 * console.log(`${scanned.summary.matches} of ${scanned.summary.rows}`);
 * ```
 */
export function scan(source: RowSource, playbook: string | Playbook, options: ScanOptions = {}): Scan {
  const { judge, time, all, strict, onProgress, signal, words } = orLetGo(source, () =>
    settled(playbook, options ?? {}),
  );
  const { core, id, rules } = judge;
  const circumstances = { ...words, ...(time !== undefined && { now: new Date(time).toISOString() }) };
  const evaluate = (row: ScanMatch["row"]): Evaluation => {
    const input = encode({ ...circumstances, row });
    return askFleet(() => JSON.parse(core.evaluate(input)));
  };
  const pieces = openSource(source);
  const file = new File(askFleet(() => core.scan(all, strict, time)));
  const leave = () => {
    pieces.cancel();
    file.close();
  };
  const batches = read(file, pieces, matchMaker(file, id, rules, evaluate), onProgress, signal, leave);
  const matches = oneByOne(batches, leave, () => signal?.aborted === true);
  return Object.defineProperty(matches, "summary", { get: () => file.summary(), enumerable: true }) as unknown as Scan;
}

/** What a scan goes by. */
function settled(playbook: string | Playbook, options: ScanOptions) {
  const { all = false, strict = false, now, onProgress, signal, ...words } = checked(options);
  return { judge: judgeOf(playbook), time: timeOf(now), all, strict, onProgress, signal, words };
}

function checked(options: ScanOptions): ScanOptions {
  const unknown = Object.keys(options).find((name) => !known.has(name));
  // One that is passed over would be taken for kept.
  if (unknown !== undefined)
    throw invalid(`\`${unknown}\` is no option of \`scan\``, `it takes ${[...known].join(", ")}`);
  if (options.onProgress !== undefined) requireFunction("onProgress", options.onProgress);
  requireSignal(options.signal);
  return options;
}

const known = new Set(["all", "strict", "now", "onProgress", "signal", "locale", "remoteActionIds"]);

/** So much of a piece at a time: what comes out of it is in memory at once, and a text can be one piece. */
const mostBytes = 262_144;

/** What a signal cancels. */
const cancelled = "the scan";

/**
 * Rows as the module gives them: two parts for each, in one list, because a list in it for each would take longer. The
 * positions of the rules that match, `null` where the playbook is not for the row; and the row.
 */
type Given = readonly (number[] | null | object)[];

/** A file in the module, until its end; then what was counted. */
class File {
  bytes = 0;
  complete = false;
  readonly #core: ScanCore;
  #counts: ScanCounts | undefined;
  #rowOf: ((cells: unknown[]) => object) | undefined;

  constructor(core: ScanCore) {
    this.#core = core;
  }

  get rows(): number {
    return this.#core.rows();
  }

  get matches(): number {
    return this.#core.matches();
  }

  /** Reads so many bytes, or the file's end. What is wrong comes after the rows before it. */
  read(bytes: Uint8Array | undefined): { rows: Given; error?: unknown } {
    this.bytes += bytes?.length ?? 0;
    try {
      askFleet(() => (bytes ? this.#core.feed(bytes) : this.#core.finish()));
      return { rows: askFleet(() => this.#take()) };
    } catch (error) {
      return { rows: this.#rest(), error };
    }
  }

  summary(): ScanSummary {
    const counts = this.#counts ?? askFleet(() => JSON.parse(this.#core.counts()) as ScanCounts);
    return { ...counts, bytes: this.bytes, complete: this.complete };
  }

  close(): void {
    if (this.#counts) return;
    letGo(() => {
      this.#counts = JSON.parse(this.#core.counts());
      this.#core.free();
    });
  }

  /** A row as an object, which one of JSON is. */
  rowOf(given: object): object {
    if (!Array.isArray(given)) return given;
    this.#rowOf ??= rowMaker<unknown>(JSON.parse(this.#core.columns()));
    return this.#rowOf(given);
  }

  /** The rows before what is wrong; none where the module has trapped, which holds on to what it had. */
  #rest(): Given {
    try {
      return this.#take();
    } catch {
      return [];
    }
  }

  #take(): Given {
    const text = this.#core.take();
    return text === undefined ? [] : JSON.parse(text);
  }
}

async function* read(
  file: File,
  pieces: Pieces,
  matchesOf: (given: Given) => ScanMatch[],
  onProgress: ScanOptions["onProgress"],
  signal: AbortSignal | undefined,
  leave: () => void,
): AsyncGenerator<ScanMatch[], void, undefined> {
  const began = Date.now();
  try {
    for (let ended = false; !ended; ) {
      checkNotAborted(signal, cancelled);
      const piece = await unlessAborted(pieces.next(), signal, cancelled);
      ended = piece === undefined;
      for (let from = 0; from < (piece?.length ?? 1); from += mostBytes) {
        const { rows, error } = file.read(piece?.subarray(from, from + mostBytes));
        if (rows.length > 0) yield matchesOf(rows);
        if (error) throw error;
        checkNotAborted(signal, cancelled);
      }
      const seconds = (Date.now() - began) / 1_000;
      const { rows, bytes, matches } = file;
      const told = onProgress?.({ rows, bytes, rowsPerSecond: seconds > 0 ? rows / seconds : 0, matches });
      // To wait for nothing costs a twentieth of a scan.
      if (told) await told;
    }
    file.complete = true;
  } finally {
    leave();
  }
}

/**
 * Makes matches. What is worked out are properties of the match itself, so that it can be copied, logged and sent. Their
 * functions are the same for all matches of a scan: with some for each, an engine gives each match a layout of its own,
 * which takes as long as judging twenty rows.
 */
function matchMaker(
  file: File,
  playbook: string,
  rules: string[],
  evaluate: (row: ScanMatch["row"]) => Evaluation,
): (given: Given) => ScanMatch[] {
  const evaluations = new WeakMap<ScanMatch, Evaluation>();
  const evaluated = (match: ScanMatch): Evaluation => {
    let evaluation = evaluations.get(match);
    if (!evaluation) {
      evaluation = match.applicable ? evaluate(match.row) : { applicable: false, findings: [], recommendations: [] };
      evaluations.set(match, evaluation);
    }
    return evaluation;
  };
  const workedOut = <Name extends "findings" | "recommendations">(name: Name) => ({
    get(this: ScanMatch) {
      return evaluated(this)[name];
    },
    enumerable: true,
    configurable: true,
  });
  // Not by `map`: its lists are of another kind once V8 has compiled this, and then it compiles anew what reads them. Nor by
  // `for … of`, which takes it twice as long to compile.
  const namesOf = (positions: number[]) => {
    const names: string[] = [];
    for (let at = 0; at < positions.length; at++) names.push(rules[positions[at] as number] as string);
    return names;
  };
  const findings = workedOut("findings");
  const recommendations = workedOut("recommendations");
  return (given) => {
    const matches: ScanMatch[] = [];
    for (let at = 0; at < given.length; at += 2) {
      const positions = given[at] as number[] | null;
      const matched = namesOf(positions ?? []);
      const row = file.rowOf(given[at + 1] as object);
      const match = { row, playbook, matched, applicable: positions !== null };
      Object.defineProperty(match, "findings", findings);
      matches.push(Object.defineProperty(match, "recommendations", recommendations) as ScanMatch);
    }
    return matches;
  };
}
