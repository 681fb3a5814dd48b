// The package where the runtime has nothing but the language and WebAssembly, and nobody has handed in what is missing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { runInContext } from "node:vm";
import { emptyContext, mainAndSimulator } from "./places/sandboxes.mjs";

const options = { instance: "acme", region: "eu", credentials: { clientId: "id", clientSecret: "secret" } };
const employee = { username: "amartin" };

/** The package in a context of its own, with options that are the context's. */
async function arrive() {
  const { context, load } = emptyContext();
  return { ...(await load(mainAndSimulator)), context };
}

async function failureOf(NexthinkError, act) {
  try {
    await act();
  } catch (error) {
    assert.ok(NexthinkError.is(error), error.stack);
    return error;
  }
  throw new Error("it did not fail");
}

test("every entry is imported, and what asks nobody works", async () => {
  const { load } = emptyContext();
  const entries = { slim: "slim", models: "language-models", platforms: "low-code" };
  const others = Object.entries(entries).map(([name, entry]) => [name, `nexthink-chatbot/${entry}`]);
  const loaded = await load({ ...mainAndSimulator, ...Object.fromEntries(others) });
  for (const [name, entry] of Object.entries(loaded)) assert.ok(Object.keys(entry).length > 0, name);
  assert.equal(Object.keys(loaded).length, 5);
  const { playbooks, nql, api } = loaded.main;
  assert.ok(playbooks.evaluate("slow-pc", { free_space: 4.2 }).recommendations.length > 0);
  assert.equal(nql.format("devices past 7d|list name"), "devices during past 7d\n| list name\n");
  assert.equal(api.build("remoteActions.list", undefined, { instance: "acme", region: "eu" }).method, "GET");
});

test("without `fetch` a client is made, and its first call says what to hand in", async () => {
  const { main } = await arrive();
  const nexthink = main.createClient(options);
  const { kind, message, hint } = await failureOf(main.NexthinkError, () => nexthink.identify(employee));
  assert.deepEqual([kind, message], ["invalid", "this JavaScript runtime has no `fetch`"]);
  assert.match(hint, /`host\.fetch`/);
});

test("whatever needs nothing works, and what wants randomness or has to wait says what to hand in", async () => {
  const { main, simulator } = await arrive();
  const tenant = simulator.createSimulator({ devices: 0, speed: Number.POSITIVE_INFINITY });
  // A tenant's host has a way to wait; its `fetch` alone has none.
  const client = (host) =>
    main.createClient({ ...options, credentials: tenant.credentials, fetch: tenant.fetch, host });
  const lacking = async (name, act) => {
    const { kind, message, hint } = await failureOf(main.NexthinkError, act);
    assert.deepEqual([kind, message], ["invalid", `this JavaScript runtime has no \`${name}\``]);
    assert.ok(hint.includes(`\`host.${name}\``), hint);
  };
  const bare = client();
  const [device] = await bare.identify(employee);
  const diagnosis = await bare.diagnose("outlook", device);
  await lacking("random", () => bare.propose(diagnosis, "offline", { employee }));
  const timeless = client({ random: (length) => new Uint8Array(length).fill(7) });
  const { token } = timeless.propose(diagnosis, "offline", { employee });
  const run = await timeless.remediate(token);
  assert.equal(run.state, "accepted");
  await lacking("sleep", async () => {
    for await (const { state } of timeless.follow(run)) assert.equal(state, "accepted");
  });
});

test("a simulated tenant whose time passes says that there are no timers", async () => {
  const { simulator, context } = await arrive();
  const tenant = simulator.createSimulator({ devices: 0 });
  const refused = await tenant.fetch("https://acme.api.eu.nexthink.cloud/", { method: "GET" }).catch((error) => error);
  assert.ok(refused instanceof runInContext("TypeError", context));
  assert.match(refused.message, /no timers: create the simulator with `speed: Infinity`/);
});
