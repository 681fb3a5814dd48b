// The five rules in json-rules-engine, as its documentation has it: the engine is made once, a row is the facts of a
// run, what is computed from facts is a fact of its own. It knows matches and failures; what is not known fails.

import { Engine } from "json-rules-engine";
import { columns } from "./answers.mjs";

const policySeconds = "group-policy-seconds";

const engine = new Engine(
  [
    rule("long-uptime", columns.daysSinceBoot, "greaterThan", 10),
    rule("disk-full", columns.freeSpace, "lessThanInclusive", 6),
    rule("startup-load", columns.highImpactCount, "greaterThan", 0),
    rule("slow-group-policy", policySeconds, "greaterThan", 10),
    rule("outdated-office", columns.outdatedOffice, "greaterThanInclusive", 1),
  ],
  { allowUndefinedFacts: true },
);

engine.addFact(policySeconds, async (_, almanac) => {
  const applied = await almanac.factValue(columns.policiesApplied);
  const found = await almanac.factValue(columns.controllerFound);
  return Number.parseFloat(applied) + Number.parseFloat(found);
});

/** @param {string} text @returns {Promise<string[][]>} for each row, the rules that match */
export async function matchesByRulesEngine(text) {
  const { headers, data } = JSON.parse(text);
  const matches = [];
  for (const row of data) {
    const facts = headers ? Object.fromEntries(headers.map((name, at) => [name, row[at]])) : row;
    const { events } = await engine.run(facts);
    matches.push(events.map((event) => event.type));
  }
  return matches;
}

function rule(name, fact, operator, value) {
  return { name, conditions: { all: [{ fact, operator, value }] }, event: { type: name } };
}
