// The ways to evaluate the slow-PC playbook that are compared: an answer's text in, decisions out. Each makes the
// function that is measured.

import { packageUnderTest } from "../client/package-under-test.mjs";
import { answer } from "./answers.mjs";
import { verdictsByHand } from "./hand-written.mjs";

const engine = "JSON.parse, json-rules-engine";
const byHand = "JSON.parse, by hand";
const ours = "playbooks.verdicts";
const byHandOfBytes = "bytes, by hand";
const oursOfBytes = "bytes, playbooks.verdicts";

export const evaluations = {
  // Imported when it is measured: it is installed by the benchmark.
  [engine]: async () => (await import("./rules-engine.mjs")).matchesByRulesEngine,
  [byHand]: async () => verdictsByHand,
  [ours]: async () => {
    const { playbooks } = await packageUnderTest();
    return (text) => playbooks.verdicts("slow-pc", text);
  },
  [byHandOfBytes]: async () => (bytes) => verdictsByHand(decoder.decode(bytes)),
  [oursOfBytes]: async () => {
    const { playbooks } = await packageUnderTest();
    return (bytes) => playbooks.verdicts("slow-pc", bytes);
  },
};

const decoder = new TextDecoder();

/** Those that take an answer as bytes. */
export const ofBytes = [byHandOfBytes, oursOfBytes];

/** What is divided by what. */
export const ratios = [
  [engine, ours],
  [ours, byHand],
  [oursOfBytes, byHandOfBytes],
];

/** Answers, each with other devices than the one before it; as text, or as bytes where that is what is measured. */
export function inputs(name, shape, rows, count) {
  const texts = Array.from({ length: count }, (_, at) => answer(shape, rows, at * rows));
  return ofBytes.includes(name) ? texts.map((text) => new TextEncoder().encode(text)) : texts;
}

/** The rules that match, for what tells more than that too. */
export function matches(decisions) {
  return decisions.map((row) =>
    Array.isArray(row)
      ? row.toSorted()
      : Object.keys(row)
          .filter((rule) => row[rule] === "match")
          .toSorted(),
  );
}
