// The table of docs/compatibility.md: written from what the suite has run, and compared with what was committed. Versions
// that a distribution decides may differ from those: its updates are no change of ours.

const heading = ["Runtime", "Version", "How", "Result"];
const rowPattern = /^\| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$/;

const introduction = `# Where the package runs

Every runtime below installs the same tarball and runs the same scenario: the tests of the playbooks, conversations in
three languages with a simulated tenant, a repair with its audit, every way to fail, a scan of an export, and 100 calls that
overlap. A runtime passes where the result is, byte for byte, that of Node.js 20.

\`npm test -- parity\` runs it and holds this table to what came of it; \`UPDATE_COMPATIBILITY=1 npm test -- parity\` writes
the table anew. Versions of Node.js, Deno, Bun, workerd and edge-runtime are those of \`tests/runtimes/parity\`; browsers are
those of Debian, and of them the table has the version that it was written with.
`;

/**
 * @typedef {{ runtime: string, form: string, version?: string, result?: "pass" | "fail", isLenient?: boolean }} Row a row
 * without a result was not run
 * @param {Row[]} rows
 * @param {string} committed the file as it is, from which the rows come that were not run
 */
export function compatibility(rows, committed) {
  const known = parse(committed);
  const cells = rows.map((row) => {
    const { runtime, form, version, result } = row;
    const before = known.get(`${runtime} ${form}`);
    if (result === undefined) return [runtime, before?.version ?? "–", form, before?.result ?? "not run yet"];
    return [runtime, version, form, result];
  });
  const line = (row) => `| ${row.join(" | ")} |`;
  return `${introduction}\n${[heading, heading.map(() => "---"), ...cells].map(line).join("\n")}\n`;
}

/** The same text with the versions that do not matter as they were committed. */
export function lenient(text, rows, committed) {
  const known = parse(committed);
  const free = new Set(rows.filter(({ isLenient }) => isLenient).map(({ runtime, form }) => `${runtime} ${form}`));
  return text
    .split("\n")
    .map((line) => {
      const [, runtime, , form, result] = rowPattern.exec(line) ?? [];
      const before = known.get(`${runtime} ${form}`);
      if (!before || !free.has(`${runtime} ${form}`)) return line;
      return `| ${runtime} | ${before.version} | ${form} | ${result} |`;
    })
    .join("\n");
}

function parse(text) {
  const rows = text.split("\n").flatMap((line) => {
    const [, runtime, version, form, result] = rowPattern.exec(line) ?? [];
    return runtime === undefined ? [] : [[`${runtime} ${form}`, { version, result }]];
  });
  return new Map(rows);
}
