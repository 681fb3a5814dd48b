// The numbers of a whole file, which a scan reads many at a time: they are those that one row has.

import assert from "node:assert/strict";
import { test } from "node:test";
import { playbooks, scan } from "nexthink-chatbot";

/** Every number that is asked for by name: a digit in each place, the point in each place. */
const numbers = [
  ...["0.1", "0.5", "12.3", "123456.7", "999999.9"],
  ...["0.01", "1.25", "10.75", "12345.67", "99999.99"],
  ...["0.001", "3.058", "1234.567", "9999.999"],
  ...["0.0001", "123.4567", "999.9999"],
  ...["0.00001", "12.34567", "99.99999"],
  ...["0.000001", "1.234567", "9.999999"],
  ...["0", "1", "7", "10", "42", "1234567", "99999999"],
];

/** Numbers that nobody asks for: their neighbours. */
const others = numbers.map((number) => number.replace(/.$/, (digit) => (digit === "9" ? "8" : Number(digit) + 1)));

/** What is no number, or one that is written as few are; none of it says what a number above says. */
const odd = [
  ...["", "-", ".", "/", "x", "5.", "3.", "0.", "1.2.3", "1..7", "1234.5.7", "-0.7", "-3", "+1.7", "1e.7", "1e3"],
  ...["0x.1", "0.x7", " 0.7", "0.7 ", "1:7", "1/7", "1·7", "１.7", "0.1\u0080"],
  ...["12345678.9", "0.1234567", "123456789", "007", "00.7", "00.77", "01.777", "00.7777", "07.77777", "0777.7"],
  ...[".7", ".77", ".777", ".7777", ".77777", ".777777"],
];

const own = {
  id: "numbers",
  version: "1",
  title: { en: "Numbers" },
  query: {
    id: "#numbers",
    text: "devices during past 7d | where name == $device_name | include device_performance.events during past 24h | compute a = system_drive_free_space.avg(), b = free_memory.avg() | list collector.uid, name, a, b",
  },
  rules: numbers.flatMap((number, at) => [ruleOf(`a-${at}`, `a == ${number}`), ruleOf(`b-${at}`, `b == ${number}`)]),
};

/** The same with rules that most rows match, by other comparisons. */
const wide = {
  ...own,
  rules: ["a > 12.5", "a <= 0.25", "a != 7", "b < 1.5", "b >= 10", "a + b > 20", "a - b <= 0"].map((when, at) =>
    ruleOf(`wide-${at}`, when),
  ),
};

function ruleOf(id, when) {
  return { id, when, reason: { en: "r" }, advice: { en: "a" } };
}

/** Rows of which neighbours mostly are written alike, as in a file; always the same ones. */
function* rowsOf(count) {
  let state = 1;
  const chance = (of) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % of;
  };
  const one = (list) => list[chance(list.length)];
  const decimalsOf = (text) => text.length - 1 - text.indexOf(".");
  let alike = numbers;
  for (let row = 0; row < count; row++) {
    if (row % 97 === 0) {
      const decimals = decimalsOf(one(numbers));
      // Most rows match no rule, as in a file.
      alike = [...others, ...others, ...others, ...numbers].filter((number) => decimalsOf(number) === decimals);
    }
    const cell = () => (chance(20) === 0 ? one([...odd, ...numbers]) : one(alike));
    yield { "device.name": `d${row}`, a: cell(), b: cell() };
  }
}

for (const [playbook, lineEnd, which] of [
  [own, "\n", "rules that single values match"],
  [own, "\r\n", "rules that single values match, and another line end"],
  [wide, "\n", "rules that most values match"],
]) {
  test(`a scan says of each row what \`evaluate\` says of it, however its numbers are written: ${which}`, async () => {
    const rows = [...rowsOf(6_000)];
    const expected = new Map();
    const unknown = { a: 0, b: 0 };
    for (const row of rows) {
      const { findings } = playbooks.evaluate(playbook, { ...row, a: row.a || null, b: row.b || null });
      expected.set(
        row["device.name"],
        findings.filter(({ verdict }) => verdict === "match").map(({ rule }) => rule),
      );
      const unsure = findings.filter(({ verdict }) => verdict === "unknown").flatMap(({ missing }) => missing);
      for (const column of new Set(unsure.map(({ column }) => column))) unknown[column]++;
    }
    const file = ["device.name,a,b", ...rows.map((row) => Object.values(row).join())].join(lineEnd) + lineEnd;
    const scanned = scan(new TextEncoder().encode(file), playbook);
    const found = new Map(rows.map((row) => [row["device.name"], []]));
    for await (const { row, matched } of scanned) found.set(row["device.name"], matched);
    for (const row of rows) {
      const name = row["device.name"];
      assert.deepEqual(found.get(name), expected.get(name), JSON.stringify(row));
    }
    assert.equal(scanned.summary.rows, rows.length);
    assert.deepEqual(scanned.summary.unknownPerFact, unknown);
  });
}
