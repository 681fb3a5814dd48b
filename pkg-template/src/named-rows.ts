// Rows as objects: a value for each column.

/**
 * Makes rows of cells in the columns' order. Assignment is six times as fast as `Object.fromEntries`, but would take a
 * column called `__proto__` for the prototype.
 */
export function rowMaker<Cell>(columns: readonly string[]): (cells: readonly Cell[]) => Record<string, Cell> {
  if (columns.includes("__proto__")) {
    return (cells) => Object.fromEntries(columns.map((column, at) => [column, cells[at] as Cell]));
  }
  // A copy has room for all of them, and the shape that its columns give it.
  const empty: Record<string, Cell> = {};
  for (const column of columns) empty[column] = undefined as Cell;
  return (cells) => {
    const row = { ...empty };
    for (let at = 0; at < columns.length; at++) row[columns[at] as string] = cells[at] as Cell;
    return row;
  };
}
