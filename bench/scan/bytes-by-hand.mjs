// The slow-PC rules over the bytes of a CSV stream, as careful JavaScript by hand: cells are found in place, numbers are
// read where they stand, and only the name of a device that matches becomes a text.

import { columns, places } from "./export-file.mjs";
import { judge } from "./outcome.mjs";

const comma = 44;
const quote = 34;
const lineFeed = 10;

export async function scanBytes(stream, outcome) {
  const reader = new Reader(outcome);
  /** The beginning of a record that a piece's end has cut. */
  let cut = new Uint8Array(0);
  for await (const piece of stream) {
    let from = 0;
    // Its end is at a line feed, unless that is in quotes.
    while (cut.length > 0 && from < piece.length) {
      const end = piece.indexOf(lineFeed, from) + 1 || piece.length;
      cut = joined(cut, piece.subarray(from, end));
      from = end;
      if (reader.read(cut) > 0) cut = new Uint8Array(0);
    }
    const left = piece.subarray(from);
    // A copy: the piece may be the room of the next.
    if (left.length > 0) cut = new Uint8Array(left.subarray(reader.read(left)));
  }
  if (cut.length > 0) reader.read(joined(cut, Uint8Array.of(lineFeed)));
}

class Reader {
  #outcome;
  #isHeader = true;
  #starts = new Int32Array(columns.length + 1);
  #ends = new Int32Array(columns.length + 1);

  constructor(outcome) {
    this.#outcome = outcome;
  }

  /** Reads the records that end in these bytes, and tells where the first begins that does not. */
  read(bytes) {
    const starts = this.#starts;
    const ends = this.#ends;
    const { length } = bytes;
    let record = 0;
    let at = 0;
    let cell = 0;
    let start = 0;
    while (at < length) {
      let byte = bytes[at];
      if (byte === quote) {
        // To the quote that closes: two are one.
        for (at++; at < length; at++) {
          if (bytes[at] !== quote) continue;
          if (at + 1 === length) return record;
          if (bytes[at + 1] !== quote) break;
          at++;
        }
        if (at >= length) return record;
        starts[cell] = start + 1;
        ends[cell] = at++;
        if (at === length) return record;
        byte = bytes[at];
        if (byte === 13) byte = bytes[++at];
      } else {
        while (byte !== comma && byte !== lineFeed) {
          if (++at === length) return record;
          byte = bytes[at];
        }
        starts[cell] = start;
        ends[cell] = byte === lineFeed && bytes[at - 1] === 13 ? at - 1 : at;
      }
      start = ++at;
      if (byte === comma) {
        cell++;
      } else if (byte === lineFeed) {
        this.#row(bytes);
        cell = 0;
        record = at;
      } else return record;
    }
    return record;
  }

  #row(bytes) {
    if (this.#isHeader) {
      this.#isHeader = false;
      return;
    }
    const starts = this.#starts;
    const ends = this.#ends;
    const { name, free, days, office, count, applied, found } = places;
    const packages = starts[office] === ends[office] ? 0 : number(bytes, starts[office], ends[office]);
    const bits = judge(
      this.#outcome,
      number(bytes, starts[days], ends[days]),
      number(bytes, starts[free], ends[free]),
      number(bytes, starts[count], ends[count]),
      number(bytes, starts[applied], ends[applied]),
      number(bytes, starts[found], ends[found]),
      packages,
    );
    if (bits !== 0) this.#outcome.match(decoder.decode(bytes.subarray(starts[name], ends[name])), bits);
  }
}

const decoder = new TextDecoder();
const powers = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/** A number without an exponent; not a number for any other text. */
function number(bytes, start, end) {
  if (start === end || end - start > 16) return Number.NaN;
  let at = start;
  const isNegative = bytes[at] === 45;
  if (isNegative && ++at === end) return Number.NaN;
  let value = 0;
  let decimals = -1;
  for (; at < end; at++) {
    const digit = bytes[at] - 48;
    if (digit >= 0 && digit <= 9) {
      value = value * 10 + digit;
      if (decimals >= 0) decimals++;
    } else if (digit === -2 && decimals < 0) decimals = 0;
    else return Number.NaN;
  }
  if (decimals > 0) value /= powers[decimals];
  return isNegative ? -value : value;
}

function joined(rest, chunk) {
  const bytes = new Uint8Array(rest.length + chunk.length);
  bytes.set(rest);
  bytes.set(chunk, rest.length);
  return bytes;
}
