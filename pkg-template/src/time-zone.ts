// What time it is elsewhere, as the host's `Intl` knows it: the offsets of a time zone from UTC. What follows from them is the
// core's affair.

/** Whether the host knows time zones by their names. */
export function knowsTimeZones(): boolean {
  return typeof (globalThis as { Intl?: { DateTimeFormat?: unknown } }).Intl?.DateTimeFormat === "function";
}

/**
 * The offsets of a time zone in the 400 days from some time on, in pairs: from when (milliseconds since 1970), and how far its
 * clocks are ahead of UTC then (milliseconds).
 *
 * @returns undefined for a name that the host does not know
 */
export function offsetsOf(timeZone: string, from: number): number[] | undefined {
  const offsetAt = offsetTeller(timeZone);
  if (!offsetAt) return undefined;
  let [time, offset] = [from, offsetAt(from)];
  const offsets = [time, offset];
  for (let week = 1; week <= weeks; week++) {
    const next = from + week * weekMs;
    const then = offsetAt(next);
    if (then !== offset) {
      offsets.push(changeBetween(time, next, then, offsetAt), then);
      offset = then;
    }
    time = next;
  }
  return offsets;
}

const weekMs = 604_800_000;

/** 400 days, and a week: the longest limit is 366 days, and what is held may wait for the end of a quiet week after it. */
const weeks = 58;

/** The first time with the later offset. No zone changes twice within a week. */
function changeBetween(before: number, after: number, later: number, offsetAt: (time: number) => number): number {
  let [low, high] = [before, after];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle) === later) high = middle;
    else low = middle;
  }
  return high;
}

function offsetTeller(timeZone: string): ((time: number) => number) | undefined {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone,
      calendar: "gregory",
      numberingSystem: "latn",
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  } catch {
    return undefined;
  }
  return (time) => {
    const seconds = Math.floor(time / 1_000) * 1_000;
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = fieldsOf(format, seconds);
    return Date.UTC(year, month - 1, day, hour, minute, second) - seconds;
  };
}

function fieldsOf(format: Intl.DateTimeFormat, time: number): Partial<Record<string, number>> {
  const fields: Partial<Record<string, number>> = {};
  for (const { type, value } of format.formatToParts(time)) fields[type] = Number(value);
  return fields;
}
