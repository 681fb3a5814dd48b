// What comes back of a saved query, and the list of playbooks.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient, playbooks } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";

/** A client whose tenant answers every query with this text. */
function clientOf(body) {
  const { client, fetch } = createSimulator();
  return createClient({
    ...client,
    fetch: (url, init) => (url.includes("/nql/") ? new Response(body) : fetch(url, init)),
  });
}

const execute = (body) => clientOf(body).nql.execute("#any_query");

test("v1 and v2 give the same rows", async () => {
  const v1 = await execute(
    '{"headers":["device.name","free"],"data":[["XN1",0.30000000000000004],[null,17179869184]]}',
  );
  const v2 = await execute('{"data":[{"device.name":"XN1","free":0.30000000000000004},{"free":17179869184}]}');
  assert.deepEqual(v1, v2);
  assert.deepEqual(v1.columns, ["device.name", "free"]);
  assert.deepEqual(v1.rows, [
    { "device.name": "XN1", free: 0.30000000000000004 },
    { "device.name": null, free: 17179869184 },
  ]);
  assert.equal(v1.truncated, false);
});

test("as many rows as an answer can hold are called truncated", async () => {
  const rows = Array.from({ length: 1000 }, () => "[1]").join(",");
  assert.equal((await execute(`{"headers":["a"],"data":[${rows}]}`)).truncated, true);
});

test("a column called __proto__ is a column, and pollutes nothing", async () => {
  const { rows, columns } = await execute('{"data":[{"__proto__":{"polluted":true},"device.name":"XN1"}]}');
  assert.deepEqual(columns, ["__proto__", "device.name"]);
  assert.deepEqual(Object.keys(rows[0]), columns);
  assert.equal(Object.getPrototypeOf(rows[0]), Object.prototype);
  assert.equal({}.polluted, undefined);
});

test("the playbooks are listed with their words and rules", () => {
  const list = playbooks.list();
  assert.deepEqual(
    list.map(({ id }) => id),
    ["outlook", "onedrive", "slow-pc", "disk"],
  );
  for (const { title, symptoms, rules, queryId, version } of list) {
    assert.ok(title.en && symptoms.en.length > 0 && rules.length > 0);
    assert.match(queryId, /^#diagnose_/);
    assert.match(version, /^\d+\.\d+\.\d+$/);
  }
});

test("a column that comes twice loses no value in an export, either", async () => {
  const answers = {
    "/nql/export": '{"exportId":"e"}',
    "/nql/status/e": '{"status":"COMPLETED","resultsFileUrl":"https://storage.example/e"}',
    "storage.example/e": "a,b,a\n1,2,3\n",
  };
  const { client, fetch } = createSimulator({ speed: Number.POSITIVE_INFINITY });
  const answer = (url) => Object.keys(answers).find((end) => url.endsWith(end));
  const nexthink = createClient({
    ...client,
    host: {
      fetch: async (url, init) => (answer(url) ? new Response(answers[answer(url)]) : fetch(url, init)),
      sleep: async () => {},
    },
  });
  const rows = [];
  for await (const row of nexthink.nql.export("#any_query")) rows.push(row);
  assert.deepEqual(rows, [{ a: "1", b: "2", "a (2)": "3" }]);
});
