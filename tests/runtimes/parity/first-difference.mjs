// Where two texts part: of two results of 700 KB nobody wants to see both.

/** The line, with its place and two before it, in which a text differs from what was expected; nothing for equal ones. */
export function firstDifference(text, expected) {
  if (text === expected) return undefined;
  const [lines, wanted] = [text.split("\n"), expected.split("\n")];
  const at = wanted.findIndex((line, index) => line !== lines[index]);
  const place = at < 0 ? wanted.length : at;
  const before = wanted.slice(Math.max(0, place - 2), place).join("\n");
  return `line ${place + 1}, after\n${before}\nwanted: ${wanted[place]}\nsaid:   ${lines[place]}`;
}
