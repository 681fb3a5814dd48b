// The stores that come as examples do what every store must, and a client that uses one triggers once.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { createClient } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";
import { fileStore, removeEnded } from "../../js-examples/stores/file.mjs";
import { redisStore } from "../../js-examples/stores/redis.mjs";
import { missing, startRedis } from "./redis-server.mjs";
import { storeChecks } from "./store-conformance.mjs";

/** A folder that is removed at the end of a test. */
function temporaryFolder(context) {
  const folder = mkdtempSync(join(tmpdir(), "store-"));
  context.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

// Without a Redis the reason is shown in a line; .ci/run installs one.
test("a store in Redis", { skip: missing }, async (context) => {
  const { connect } = await startRedis(context);
  for (const { name, check } of storeChecks) await context.test(name, () => check(() => redisStore(connect())));
  await context.test("clients over it trigger a proposal once", () => triggersOnce(() => redisStore(connect())));
  await context.test("what Redis refuses is no answer", async () => {
    const command = connect();
    await command("CONFIG", "SET", "maxmemory", "1");
    await assert.rejects(redisStore(command).putIfAbsent("key", "value", { ttlMs: 1_000 }), /OOM/);
  });
});

test("a store in a folder", async (context) => {
  const folder = temporaryFolder(context);
  for (const { name, check } of storeChecks) await context.test(name, () => check(() => fileStore(folder)));
  await context.test("clients over it trigger a proposal once", () => triggersOnce(() => fileStore(folder)));
});

/** Several clients, each with a store of its own over the same data, and one token. */
async function triggersOnce(open) {
  const tenant = createSimulator({ speed: Number.POSITIVE_INFINITY, now: "2026-11-18T09:00:00Z" });
  const client = () => createClient({ ...tenant.client, store: open() });
  const employee = { username: "amartin" };
  const nexthink = client();
  const [device] = await nexthink.identify(employee);
  const { token } = nexthink.propose(await nexthink.diagnose("outlook", device), "offline", { employee });
  const clients = [nexthink, ...Array.from({ length: 5 }, client)];
  const runs = await Promise.all(clients.map((one) => one.remediate(token)));
  assert.equal(new Set(runs.map(({ id }) => id)).size, 1);
  assert.equal(tenant.requests.filter(({ path }) => path.endsWith("/act/execute")).length, 1);
  let [run] = runs;
  for await (run of nexthink.follow(run));
  assert.equal(run.state, "succeeded");
  for (const one of clients) assert.deepEqual(await one.progress(runs[0]), run);
}

test("of many processes that count in one folder nobody's step is lost", async (context) => {
  const folder = temporaryFolder(context);
  const [processes, steps] = [3, 60];
  const file = new URL("../../js-examples/stores/file.mjs", import.meta.url);
  // They wait for each other first: one that starts late would count alone, or find nothing left to count.
  const source = `
    import { fileStore } from ${JSON.stringify(file.href)};
    const store = fileStore(${JSON.stringify(folder)});
    const countOne = async (key) => {
      for (;;) {
        const count = await store.get(key);
        const next = String(Number(count) + 1);
        if (await store.replace(key, count, next, { ttlMs: 60_000 })) return next;
      }
    };
    await countOne("started");
    while ((await store.get("started")) !== "${processes}");
    for (let step = 0; step < ${steps}; step += 1) console.log(await countOne("count"));`;
  for (const key of ["started", "count"]) await fileStore(folder).putIfAbsent(key, "0", { ttlMs: 60_000 });
  const run = promisify(execFile);
  const counting = Array.from({ length: processes }, () =>
    run(process.execPath, ["--input-type=module", "--eval", source]),
  );
  const counted = (await Promise.all(counting)).map(({ stdout }) => stdout.trim().split("\n").map(Number));
  assert.ok(counted.every(({ length }) => length === steps));
  assert.deepEqual(
    counted.flat().sort((one, other) => one - other),
    Array.from({ length: processes * steps }, (_, at) => at + 1),
  );
});

const filesIn = (folder) => readdirSync(folder, { recursive: true }).map((name) => join(folder, name));
const textsIn = (folder) => {
  const files = filesIn(folder).filter((file) => statSync(file).isFile());
  return files.map((file) => readFileSync(file, "utf8")).join("");
};

test("a store in a folder keeps no value that was replaced, and removes what ended more than a day ago", async (context) => {
  const folder = temporaryFolder(context);
  const store = fileStore(folder);
  const time = context.mock.method(Date, "now", () => Date.UTC(2026, 10, 18));
  await store.putIfAbsent("old", "first", { ttlMs: 1_000 });
  await store.replace("old", "first", "second", { ttlMs: 1_000 });
  await store.putIfAbsent("new", "third", { ttlMs: 2 * 86_400_000 });
  writeFileSync(join(folder, "left.draft"), "by a process that was killed");
  assert.ok(!textsIn(folder).includes("first"));
  for (const file of filesIn(folder)) if (!file.endsWith("left.draft")) assert.equal(statSync(file).mode & 0o077, 0);

  await removeEnded(folder);
  assert.ok(textsIn(folder).includes("second") && !textsIn(folder).includes("killed"));
  time.mock.mockImplementation(() => Date.UTC(2026, 10, 19, 0, 0, 2));
  await removeEnded(folder);
  assert.ok(!textsIn(folder).includes("second"));
  assert.deepEqual([await store.get("old"), await store.get("new")], [undefined, "third"]);
  assert.equal(await store.putIfAbsent("old", "again", { ttlMs: 1_000 }), true);
  await removeEnded(join(folder, "that is not there"));
});

test("a folder that cannot be written is an error, and no answer", async (context) => {
  const file = join(temporaryFolder(context), "file");
  writeFileSync(file, "");
  const store = fileStore(file);
  await assert.rejects(store.get("key"), { code: "ENOTDIR" });
  await assert.rejects(store.putIfAbsent("key", "value", { ttlMs: 1_000 }), { code: "ENOTDIR" });
});
