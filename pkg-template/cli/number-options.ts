// Options that are numbers, as they are written on a command line.

/** @throws Error for anything but the digits of a whole number from 0 to `last` */
export function whole(name: string, text: string, last: number): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > last) {
    throw new Error(`--${name} takes a whole number from 0 to ${last}, not ${text}`);
  }
  return number;
}

/** The number of a port; 0 is any that is free. @throws as `whole` */
export const portOf = (text: string): number => whole("port", text, 65_535);

/** @throws Error for anything but a number above 0, and no more than `most`: not without an end, where nothing is said */
export function positive(name: string, text: string, most = Number.MAX_VALUE): number {
  const number = Number(text);
  if (!(number > 0 && number <= most)) throw new Error(`--${name} takes a number above 0, not ${text}`);
  return number;
}
