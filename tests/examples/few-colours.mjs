// A picture of a page, small enough for a repository: PNG with a palette of the 256 colours that it has most of. What is
// between two of them, at the edges of letters, becomes the nearer one.

// As a whole: old releases of Node 20 lack `crc32`, which is needed only where a picture is taken.
import zlib from "node:zlib";

/** @param {Buffer} png as a browser writes it: 8 bits for each of red, green, blue, and maybe opacity; not interlaced */
export function inFewColours(png) {
  const { width, height, channels, data } = read(png);
  const pixels = unfiltered(zlib.inflateSync(data), width, height, channels);
  const counts = new Map();
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const palette = [...counts]
    .sort(([, one], [, other]) => other - one)
    .slice(0, 256)
    .map(([colour]) => colour);
  const indexes = new Map([...counts.keys()].map((colour) => [colour, nearest(palette, colour)]));
  const rows = Buffer.alloc(height * (width + 1));
  pixels.forEach((colour, at) => {
    rows[at + Math.floor(at / width) + 1] = indexes.get(colour);
  });
  const head = Buffer.from(png.subarray(16, 29));
  head.set([8, 3], 8);
  const colours = Buffer.from(palette.flatMap((colour) => parts(colour)));
  const body = zlib.deflateSync(rows, { level: 9, memLevel: 9 });
  return Buffer.concat([
    png.subarray(0, 8),
    chunk("IHDR", head),
    chunk("PLTE", colours),
    chunk("IDAT", body),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function read(png) {
  const chunks = [];
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    if (png.toString("latin1", at + 4, at + 8) === "IDAT")
      chunks.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const channels = png[25] === 6 ? 4 : 3;
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20), channels, data: Buffer.concat(chunks) };
}

/** The pixels as numbers. Each row says by which of its neighbours its bytes were told. */
function unfiltered(bytes, width, height, channels) {
  const length = width * channels;
  const pixels = new Uint32Array(width * height);
  let above = new Uint8Array(length);
  for (let y = 0; y < height; y++) {
    const begins = y * (length + 1);
    const filter = bytes[begins];
    const row = Uint8Array.from(bytes.subarray(begins + 1, begins + 1 + length));
    for (let x = 0; x < length; x++) {
      const [left, up, corner] = [row[x - channels] ?? 0, above[x], above[x - channels] ?? 0];
      row[x] += [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
    }
    for (let x = 0; x < width; x++) {
      const at = x * channels;
      pixels[y * width + x] = (row[at] << 16) | (row[at + 1] << 8) | row[at + 2];
    }
    above = row;
  }
  return pixels;
}

function paeth(left, up, corner) {
  const guess = left + up - corner;
  const [toLeft, toUp, toCorner] = [left, up, corner].map((one) => Math.abs(guess - one));
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

const parts = (colour) => [colour >> 16, (colour >> 8) & 255, colour & 255];

function nearest(palette, colour) {
  const wanted = parts(colour);
  const distance = (other) => parts(other).reduce((sum, part, at) => sum + (part - wanted[at]) ** 2, 0);
  let best = 0;
  for (let at = 1; at < palette.length; at++) if (distance(palette[at]) < distance(palette[best])) best = at;
  return best;
}

function chunk(name, data) {
  const named = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(zlib.crc32(named), 4);
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)]);
}
