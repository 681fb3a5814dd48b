// Rows of text in columns: the first to the left, figures to the right.

/** @param {string[][]} rows the first is the heading */
export function table(rows) {
  const widths = rows[0].map((_, at) => Math.max(...rows.map((row) => row[at].length)));
  const line = (row) => row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at])));
  return rows.map((row) => `${line(row).join("  ").trimEnd()}\n`).join("");
}
