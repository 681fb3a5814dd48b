// What a playbook says of the rows of an answer, without a client.

import assert from "node:assert/strict";
import { test } from "node:test";
import { NexthinkError, playbooks } from "nexthink-chatbot";

const healthy = {
  free_space: 120.5,
  "device.boot.days_since_last_full_boot": 2,
  outdated_office_packages: null,
  "remote_action.get_startup_impact_windows.execution.outputs.HighImpactCount": 0,
  "remote_action.get_gpo_startup_impact_windows.execution.outputs.UserGpoAppliedTimeInSeconds": 1.5,
  "remote_action.get_gpo_startup_impact_windows.execution.outputs.UserGpoDCDiscoveryInSeconds": 0.5,
};
const no = "no-match";
const allWell = {
  "long-uptime": no,
  "disk-full": no,
  "startup-load": no,
  "slow-group-policy": no,
  "outdated-office": no,
};

function shapes(rows) {
  const v1 = JSON.stringify({ headers: Object.keys(healthy), data: rows.map((row) => Object.values(row)) });
  const v2 = JSON.stringify({ queryId: "#q", rows: rows.length, data: rows });
  return [v1, v2, JSON.stringify(rows), JSON.stringify(rows, null, 2), new TextEncoder().encode(v2)];
}

test("every rule has a verdict for every row, whatever the shape of the answer", () => {
  const rows = [
    healthy,
    { ...healthy, free_space: "5.5" },
    { ...healthy, free_space: "-" },
    // More rows than one number of the core has room for.
    ...Array.from({ length: 40 }, (_, at) => ({ ...healthy, "device.boot.days_since_last_full_boot": at })),
  ];
  for (const answer of shapes(rows)) {
    const [first, second, third, ...others] = playbooks.verdicts("slow-pc", answer);
    assert.deepEqual(first, allWell);
    assert.deepEqual(second, { ...allWell, "disk-full": "match" });
    assert.deepEqual(third, { ...allWell, "disk-full": "unknown" });
    others.forEach((row, at) => {
      assert.deepEqual(row, { ...allWell, "long-uptime": at > 10 ? "match" : no });
    });
    assert.equal(others.length, 40);
  }
});

test("long answers and letters of all alphabets arrive whole", () => {
  const rows = Array.from({ length: 500 }, (_, at) => ({ name: "Ünïcødé 😀 ЖЩ", free_space: at }));
  const found = playbooks.verdicts("slow-pc", JSON.stringify(rows));
  assert.equal(found.filter((row) => row["disk-full"] === "match").length, 7);
  assert.equal(found.length, 500);
  assert.equal(playbooks.verdicts("slow-pc", JSON.stringify(rows[3]))[0]["disk-full"], "match");
});

test("an answer without rows has no verdicts", () => {
  for (const answer of shapes([])) assert.deepEqual(playbooks.verdicts("slow-pc", answer), []);
});

test("what is no answer, and a playbook that there is not, are errors that say so", () => {
  for (const answer of ["", "null", "<html>", '{"data":[{]}', new Uint8Array([0xff])]) {
    assert.throws(
      () => playbooks.verdicts("slow-pc", answer),
      (error) => NexthinkError.is(error) && error.kind === "invalid" && error.message.includes("no rows"),
    );
  }
  assert.throws(
    () => playbooks.verdicts("slow-mac", "[]"),
    (error) => NexthinkError.is(error) && error.kind === "not-found",
  );
});

test("a time that is none, an unknown option and what is no answer are refused in words, and never passed over", () => {
  const refused = (call, message) =>
    assert.throws(call, (error) => NexthinkError.is(error) && error.kind === "invalid" && message.test(error.message));
  for (const now of ["2026-11-21", 5, null, new Date("never")]) {
    refused(() => playbooks.evaluate("disk", healthy, { now }), /`now` is not a `Date`/);
    refused(() => playbooks.verdicts("disk", "[]", { now }), /`now` is not a `Date`/);
  }
  refused(() => playbooks.verdicts("disk", "[]", { collected: {} }), /`collected` is no option/);
  for (const answer of [undefined, null, 5, healthy]) {
    refused(() => playbooks.verdicts("disk", answer), /neither text nor bytes/);
  }
});
