// Reads what cargo says: how far it is, and what is left to read without the progress. Runs nothing.

/** Makes cargo say how far it is even when it does not write to a terminal. */
export const progressEnvironment = { CARGO_TERM_PROGRESS_WHEN: "always", CARGO_TERM_PROGRESS_WIDTH: "80" };

/** "132 of 300 crates" from a line of cargo's progress bar, else undefined. */
export function progressOf(line) {
  const [, done, total] = /^\s*Building \[[^\]]*\] (\d+)\/(\d+)/.exec(withoutColours(line)) ?? [];
  return total && `${done} of ${total} crates`;
}

/** An output without progress bars and without the lines that name every crate. */
export function readable(output) {
  return output
    .split(/\r\n|[\r\n]/)
    .filter((line) => !noise.test(withoutColours(line)))
    .join("\n")
    .replace(/\n{3,}/g, "\n\n");
}

const noise =
  /^\s*(Building \[|Compiling |Checking |Downloading |Downloaded |Download \[|Unpacking |Fetch \[|Updating |Locking |Adding |Blocking )/;

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const withoutColours = (line) => line.replace(/\x1b\[[0-9;]*[A-Za-z]/g, "");
