// Who is told what, before anybody complains. A file of its own in the package: who sends nothing leaves it out. The proactive
// module decides; here matches are handed to it in pieces, and what it has decided is handed out with the caller's own objects.

import { encode } from "./encode.ts";
import { invalid } from "./errors.ts";
import type {
  Employee,
  HeldMatches,
  OutreachDecisions,
  OutreachEmployee,
  OutreachLimitValues,
  OutreachRecord,
  PlannedOutreach,
  Timestamp,
} from "./generated/types.ts";
import { timeOf } from "./given-time.ts";
import { requireFunction } from "./host.ts";
import { answerOf } from "./module-answer.ts";
import { type MatchReading, matchReader, type OutreachMatch } from "./outreach-match.ts";
import { OutreachCore, startProactive } from "./proactive.ts";
import { startOrExplain } from "./start.ts";
import { knowsTimeZones, offsetsOf } from "./time-zone.ts";

export type { OutreachMatch } from "./outreach-match.ts";

/** When employees may be told something unasked, and how often. */
export interface OutreachLimits<Match extends OutreachMatch = OutreachMatch> extends OutreachLimitValues {
  /**
   * The time zone of an employee, as in `timeZone`, which counts where there is none. Asked once for each employee. One whose
   * zone the runtime does not know is held.
   */
  timeZoneOf?: (employee: Employee, matches: readonly Match[]) => string | null | undefined;
  /**
   * Who wants to be told nothing: employees, or texts that are any one of an employee's identifiers. Of employees each identifier
   * holds by itself; the name of an account, which others may have elsewhere, where nothing else is known.
   */
  optedOut?: Iterable<Employee | string>;
}

/** What a plan stands on. */
export interface OutreachOptions<Match extends OutreachMatch = OutreachMatch> {
  /** The time. */
  now: Date;
  /** The limits; each has a default, but for the time zone that quiet hours need. */
  limits?: OutreachLimits<Match>;
  /** What was sent so far: the `record` of each message that has gone out, in any order. */
  sent?: Iterable<OutreachRecord>;
  /** The playbook of matches that do not tell theirs, or its ID. */
  playbook?: string | { id: string };
  /**
   * Whom a match concerns, in place of what it tells itself: for exports that have devices only. Give nothing where nobody
   * knows, and all where it may be one of several: such a match is held, because others have no business with it.
   */
  employeeOf?: (match: Match) => Employee | readonly Employee[] | null | undefined;
  /** How bad a match is: the higher, the earlier it goes out. Default: how many rules match. */
  severityOf?: (match: Match) => number | undefined;
}

/** A message to one employee. */
export interface Outreach<Match extends OutreachMatch = OutreachMatch> extends Omit<PlannedOutreach, "matches"> {
  /** The matches that it is about, the worst first: your own objects. */
  matches: Match[];
}

/** Matches that are not told to anybody now. */
export interface HeldOutreach<Match extends OutreachMatch = OutreachMatch> extends Omit<HeldMatches, "matches"> {
  /** The matches: your own objects. */
  matches: Match[];
}

/** Who is told what now, and what waits. Each match is in one message, or held, once. */
export interface OutreachPlan<Match extends OutreachMatch = OutreachMatch> {
  /** What may go out now, one message for each employee, the most urgent first. */
  send: Outreach<Match>[];
  /** What may not, and why; what can go out first comes first. */
  held: HeldOutreach<Match>[];
  /** When to plan again: something that is held can go out then. None where time alone will not do. */
  nextAt?: Timestamp;
  /** The keys of records in `sent` that hold nothing back any more. */
  forget: string[];
}

/**
 * Plans who is told what unasked: one message for each employee, no more of them than employees bear, never at night, not the
 * same again too soon, and nothing to those who do not want it. It sends nothing. Keep the `record` of each message that you
 * have sent, and give all of them as `sent` next time: what was held goes out then, and no limit is exceeded by several plans.
 *
 * The same input gives the same plan, in whatever order matches come. Employees are the same in any case of letters; where
 * matches name them by several identifiers, the strongest that they share decides: the SID, the user principal name, the
 * e-mail address, the name of the account.
 *
 * Between a message and its record a host may crash. Then the next plan has the message again, under the same `key`, as long as
 * each plan's matches name the employee, and by the same strongest identifier. Keys are personal data: anybody who can guess an
 * address can tell its keys.
 *
 * @throws NexthinkError `invalid`, naming the option, match or record
 * @example
 * ```ts
 * const matches = [];
 * for await (const match of scan(await open("devices.csv"), "slow-pc")) matches.push(match);
 * const limits = { perHour: 100, timeZone: "Europe/Zurich" };
 * const plan = planOutreach(matches, { limits, now: new Date(), sent: await table.all() });
 * for (const { key, employee, playbook, record } of plan.send) {
 *   await queue.send({ key, employee, playbook }); // whoever takes it: assistant.start({ employee, playbook })
 *   await table.put(record.key, record);
 * }
 * ```
 */
export function planOutreach<Match extends OutreachMatch>(
  matches: Iterable<Match>,
  options: OutreachOptions<Match>,
): OutreachPlan<Match> {
  const { now, limits, sent, ...reading } = checked(options);
  const { timeZoneOf, optedOut, ...values } = limits ?? {};
  const time = timeOf(now);
  startOrExplain(startProactive);
  const core = new OutreachCore();
  try {
    const all = giveMatches(core, matches, reading);
    give("sent", sent ?? [], (piece) => core.addSent(piece));
    give("limits.optedOut", optedOut ?? [], (piece) => core.addOptedOut(piece));
    const own = ({ matches }: { matches: number[] }) => matches.map((position) => all[position] as Match);
    const zones = new Zones(values.timeZone);
    const zoneOf: (number | null)[] = [];
    if (timeZoneOf !== undefined) {
      requireFunction("limits.timeZoneOf", timeZoneOf);
      for (const one of taken<OutreachEmployee>(() => core.employees())) {
        zoneOf.push(zones.position(timeZoneOf(one.employee, own(one))));
      }
    }
    const lacksNames = !knowsTimeZones();
    const where = { zones: zones.from(time), zoneOf, hasZonesOf: timeZoneOf !== undefined, lacksNames };
    const settings = encode({ now: new Date(time).toISOString(), limits: values, ...where });
    const { send, ...rest } = ask<OutreachDecisions>(() => core.plan(settings));
    const held = Array.from(
      taken<HeldMatches>(() => core.held()),
      (one) => ({ ...one, matches: own(one) }),
    );
    return { send: send.map((one) => ({ ...one, matches: own(one) })), held, ...rest };
  } finally {
    core.free();
  }
}

function checked<Match extends OutreachMatch>(options: OutreachOptions<Match>): OutreachOptions<Match> {
  const unknown = Object.keys(options ?? {}).find((name) => !known.has(name));
  // One that is passed over would be taken for kept.
  if (unknown !== undefined) {
    throw invalid(`\`${unknown}\` is no option of \`planOutreach\``, `it takes ${[...known].join(", ")}`);
  }
  if (options?.now === undefined) throw invalid("`now` is missing", "pass the time, as in `now: new Date()`");
  for (const name of ["employeeOf", "severityOf"] as const) {
    if (options[name] !== undefined) requireFunction(name, options[name]);
  }
  return options;
}

const known = new Set(["now", "limits", "sent", "playbook", "employeeOf", "severityOf"]);

const ask = <Answer>(call: () => string) => answerOf<Answer>(startProactive, call);

/** Hands over what is read of matches; gives the matches themselves, by their positions. */
function giveMatches<Match extends OutreachMatch>(
  core: OutreachCore,
  matches: Iterable<Match>,
  reading: MatchReading<Match>,
): Match[] {
  const all: Match[] = [];
  const read = matchReader(reading, (names) => ask(() => core.columns(encode(names))));
  give(
    "matches",
    matches,
    (piece) => core.addMatches(piece),
    (match) => read(match, all.push(match) - 1),
  );
  return all;
}

/** Hands over a list, so much at once that no text of a whole company is ever there. */
function give<One>(
  name: string,
  list: Iterable<One>,
  add: (piece: Uint8Array) => string,
  read: (one: One) => unknown = (one) => one,
): void {
  if (typeof list !== "object" || typeof list?.[Symbol.iterator] !== "function") {
    throw invalid(
      `\`${name}\` is no list`,
      "pass an array or another iterable; collect what comes asynchronously first",
    );
  }
  let piece: unknown[] = [];
  const handOver = () => {
    const bytes = encode(piece);
    ask(() => add(bytes));
    piece = [];
  };
  for (const one of list) {
    if (piece.push(read(one)) === atOnce) handOver();
  }
  handOver();
}

const atOnce = 1_000;

/** Takes out a list piece by piece, up to an empty one. */
function* taken<One>(take: () => string): Generator<One, void, undefined> {
  for (let piece = ask<One[]>(take); piece.length > 0; piece = ask<One[]>(take)) yield* piece;
}

/** The time zones that are named, each once. */
class Zones {
  readonly #positions = new Map<string, number>();

  constructor(first: unknown) {
    if (typeof first === "string") this.#positions.set(first, 0);
  }

  position(name: string | null | undefined): number | null {
    if (name == null) return null;
    if (typeof name !== "string") {
      throw invalid("`limits.timeZoneOf` gave no text", "give an IANA name, an offset such as `+09:00`, or nothing");
    }
    const position = this.#positions.get(name) ?? this.#positions.size;
    this.#positions.set(name, position);
    return position;
  }

  /** With their offsets from some time on. */
  from(time: number): { name: string; offsets: number[] | undefined }[] {
    return [...this.#positions.keys()].map((name) => ({ name, offsets: offsetsOf(name, time) }));
  }
}
