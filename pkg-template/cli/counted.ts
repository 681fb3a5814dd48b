// A number of things, as summaries say it.

/** `1 test`, `2 tests`. */
export function counted(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}
