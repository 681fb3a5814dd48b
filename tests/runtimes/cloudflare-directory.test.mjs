// How an isolate of js-examples/cloudflare-proactive comes to its directory: what it reads again, and what it holds meanwhile.

import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { wasmMemories } from "./workerd/wasm-memories.mjs";

// After what counts its memory.
const { createDirectory } = await import("nexthink-chatbot");

/** The example's directory as a new isolate has it. */
async function isolate(name) {
  const { directoryIn } = await import(`../../js-examples/cloudflare-proactive/src/directory.mjs?${name}`);
  return directoryIn;
}

/** What `createDirectory` makes of so many devices, as bytes. */
async function bytesOf(devices) {
  const rows = Array.from({ length: devices }, (_, number) => ({
    "user.name": `employee${number}`,
    "device.collector.uid": `0f0e0d0c-0000-4000-8000-${String(number).padStart(12, "0")}`,
    "device.name": `LT-${number}`,
  }));
  const directory = await createDirectory(rows, { asOf: new Date() });
  const bytes = directory.toBytes();
  directory.close();
  return bytes;
}

/** A bucket with one object in it, which `change` replaces by an equal one. */
function bucketWith(bytes) {
  let etag = 0;
  let reads = 0;
  return {
    change: () => {
      etag += 1;
    },
    reads: () => reads,
    async get(_, { onlyIf } = {}) {
      if (onlyIf?.etagDoesNotMatch === `${etag}`) return { etag: `${etag}` };
      reads += 1;
      return { etag: `${etag}`, body: true, arrayBuffer: async () => bytes.slice().buffer };
    },
  };
}

const pass = (minutes) => mock.timers.tick(minutes * 60_000);

test.beforeEach(() => mock.timers.enable({ apis: ["Date"], now: Date.parse("2026-09-14T09:00:00Z") }));
test.afterEach(() => mock.timers.reset());

test("a read that ended with its request is made again soon", async () => {
  const directoryIn = await isolate("a read that ends");
  const bucket = bucketWith(await bytesOf(3));
  // The request is over before the bucket answers, and the runtime drops what it has begun.
  void directoryIn({ get: () => new Promise(() => {}) }).lookup({ username: "employee1" });
  const directory = directoryIn(bucket);
  assert.deepEqual(await directory.lookup({ username: "employee1" }), []);
  pass(1);
  const [device] = await directory.lookup({ username: "employee1" });
  assert.equal(device.name, "LT-1");
});

test("a bucket that fails is asked again soon, and one that does not after ten minutes", async () => {
  const directoryIn = await isolate("a bucket that fails");
  const failing = directoryIn({ get: () => Promise.reject(new Error("the bucket is away")) });
  await assert.rejects(failing.lookup({ username: "employee1" }), /away/);
  pass(1);
  const bucket = bucketWith(await bytesOf(3));
  const directory = directoryIn(bucket);
  assert.equal((await directory.lookup({ username: "employee1" })).length, 1);
  bucket.change();
  pass(5);
  assert.equal((await directory.lookup({ username: "employee1" })).length, 1);
  assert.equal(bucket.reads(), 1);
  pass(6);
  assert.equal((await directory.lookup({ username: "employee1" })).length, 1);
  assert.equal(bucket.reads(), 2);
});

test("bytes that are no directory are read once, and the tenant is asked", async () => {
  const directoryIn = await isolate("no directory");
  const bucket = bucketWith(new Uint8Array(100));
  const directory = directoryIn(bucket);
  await assert.rejects(directory.lookup({ username: "employee1" }), { kind: "malformed" });
  for (let hour = 0; hour < 3; hour++) {
    pass(60);
    assert.deepEqual(await directory.lookup({ username: "employee1" }), []);
  }
  assert.equal(bucket.reads(), 1);
});

test("the directory of the next night takes the place of the last one, and not as much again", async () => {
  const directoryIn = await isolate("the next night");
  const bytes = await bytesOf(60_000);
  const bucket = bucketWith(bytes);
  const directory = directoryIn(bucket);
  const found = () => directory.lookup({ username: "employee59999" });
  assert.equal((await found()).length, 1);
  const afterOne = wasmMemories();
  for (let night = 0; night < 3; night++) {
    bucket.change();
    pass(24 * 60);
    assert.equal((await found()).length, 1);
  }
  assert.equal(bucket.reads(), 4);
  assert.ok(wasmMemories() - afterOne < bytes.length / 2);
});
