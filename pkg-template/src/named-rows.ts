// Rows as objects: a value for each column.

/**
 * Makes rows of cells in the columns' order. Assignment is six times as fast as `Object.fromEntries`, but would take a
 * column called `__proto__` for the prototype.
 */
export function rowMaker<Cell>(columns: readonly string[]): (cells: readonly Cell[]) => Record<string, Cell> {
  if (columns.includes("__proto__")) {
    return (cells) => Object.fromEntries(columns.map((column, at) => [column, cells[at] as Cell]));
  }
  return (cells) => {
    const row: Record<string, Cell> = {};
    for (let at = 0; at < columns.length; at++) row[columns[at] as string] = cells[at] as Cell;
    return row;
  };
}
