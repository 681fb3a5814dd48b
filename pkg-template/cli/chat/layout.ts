// Text for a terminal of 80 columns.

const columns = 78;

/** Breaks long lines between words; what is indented or listed stays in its column. */
export function wrap(text: string): string {
  return text.split("\n").map(wrapLine).join("\n");
}

function wrapLine(line: string): string {
  // Up to the last gap of two spaces it is a label or a list's mark, under which the rest of the text stands.
  const label = /^(?:.* {2})?(?:- |\d+\. )?/.exec(line)?.[0] ?? "";
  const first = label.length <= columns / 2 ? label : "";
  const indent = " ".repeat(first.length);
  const lines: string[] = [];
  let current = first;
  let begins = true;
  for (const word of line.slice(first.length).split(" ")) {
    if (!begins && current.length + 1 + word.length > columns) {
      lines.push(current);
      current = indent;
      begins = true;
    }
    current += begins ? word : ` ${word}`;
    begins = false;
  }
  return [...lines, current].map((one) => one.trimEnd()).join("\n");
}
