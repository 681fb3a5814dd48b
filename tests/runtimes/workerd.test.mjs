// The package in Cloudflare Workers, by the runtime that Cloudflare runs.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { isTokenRequest, serveHeldTenant } from "./held-tenant.mjs";
import { bundleWorker, startWorker, temporaryFolder } from "./workerd/running-worker.mjs";

/** Before and after workerd learned to hand a promise's continuation to the request that waits for it (2024-10-14). */
const compatibilityDates = ["2024-09-01", "2026-04-01"];

/** How long those who wait may take after the one that fetches the token is cancelled, in milliseconds. */
const bound = 5_000;

/** A test that waits for what does not come must end, too. */
const options = { timeout: 3 * bound };

const ok = (body) => ({ status: 200, body });

/** A Worker's source beside this file, as esbuild takes it. */
const sourceOf = (contents) => ({ stdin: { contents, resolveDir: fileURLToPath(new URL(".", import.meta.url)) } });

/** A tenant, a Worker with one client of it, and requests that the Worker works on at the same time. */
async function overlappingRequests(context, { compatibilityDate, count }) {
  const tenant = await serveHeldTenant(context, { hold: isTokenRequest });
  const worker = await startWorker(context, { compatibilityDate, bindings: { CLIENT: tenant.client } });
  const asked = await Promise.all(tenant.employees.map(({ username }) => employeeWithDevices(tenant, username)));
  const employees = asked.filter(({ devices }) => devices.length === 1).slice(0, count);
  assert.equal(employees.length, count);
  const ask = ({ username }) => worker.ask("/devices", { username });
  // The first alone, so that it is the one that fetches the token.
  const first = ask(employees[0]);
  await tenant.until(() => tenant.tokenRequests().length === 1);
  const others = employees.slice(1).map(ask);
  await tenant.until(() => tenant.arrived() === count);
  return { tenant, first, others, expected: employees.map(({ devices }) => ok(devices)) };
}

/** What the tenant says of one employee without a Worker. */
async function employeeWithDevices({ direct }, username) {
  const { rows } = await direct.nql.execute("#get_device_basic_infos", { username });
  return { username, devices: rows.map((row) => row["device.name"]) };
}

async function within(milliseconds, promise) {
  const late = AbortSignal.timeout(milliseconds);
  const tooLate = new Promise((_, reject) => {
    late.addEventListener("abort", () => reject(new Error(`not done after ${milliseconds} ms`)));
  });
  return Promise.race([promise, tooLate]);
}

for (const compatibilityDate of compatibilityDates) {
  test(`50 requests of a Worker share one token (${compatibilityDate})`, options, async (context) => {
    const { tenant, first, others, expected } = await overlappingRequests(context, { compatibilityDate, count: 50 });
    tenant.release();
    const answers = await within(bound, Promise.all([first, ...others].map(({ answer }) => answer)));
    assert.deepEqual(answers, expected);
    assert.equal(tenant.tokenRequests().length, 1);
  });

  test(
    `49 requests of a Worker outlive the one that was fetching their token (${compatibilityDate})`,
    options,
    async (context) => {
      const { tenant, first, others, expected } = await overlappingRequests(context, { compatibilityDate, count: 50 });
      const started = performance.now();
      first.cancel();
      await assert.rejects(first.answer, { code: "ECONNRESET" });
      // The invocation is gone, and its request to the tenant with it.
      await within(
        bound,
        tenant.until(() => tenant.tokenRequests()[0].isCut),
      );
      tenant.release();
      const answers = await within(bound, Promise.all(others.map(({ answer }) => answer)));
      const took = performance.now() - started;
      context.diagnostic(`${Math.round(took)} ms, token requests: ${tenant.tokenRequests().length}`);
      assert.deepEqual(answers, expected.slice(1));
      assert.ok(took <= bound, `${took} ms`);
    },
  );
}

test("methods of one client overlap in one request", options, async (context) => {
  const tenant = await serveHeldTenant(context);
  const worker = await startWorker(context, {
    compatibilityDate: "2026-04-01",
    bindings: { CLIENT: tenant.client },
  });
  const { answer } = worker.ask("/overlapping", { username: "amartin" });
  assert.deepEqual(
    await answer,
    ok({ device: "AMARTIN-LT", rows: 1, missing: "not-found", playbooks: ["outlook", "onedrive"] }),
  );
  assert.equal(tenant.tokenRequests().length, 1);
});

test("a tool answers others when the request is gone that was using it", options, async (context) => {
  const isTrigger = (path) => path.endsWith("/act/execute");
  const tenant = await serveHeldTenant(context, { hold: isTrigger });
  const worker = await startWorker(context, {
    compatibilityDate: "2026-04-01",
    bindings: { CLIENT: tenant.client },
  });
  const { body: proposal } = await worker.ask("/proposal", { username: "amartin" }).answer;
  const remediate = () => worker.ask("/remediate", { proposalId: proposal.proposalId });
  const first = remediate();
  const triggers = () => tenant.requests().filter(({ path }) => isTrigger(path));
  await tenant.until(() => triggers().length === 1);
  first.cancel();
  await assert.rejects(first.answer, { code: "ECONNRESET" });
  const others = await within(bound, Promise.all([remediate().answer, remediate().answer]));
  for (const { status, body } of others) assert.deepEqual([status, typeof body.runId], [200, "string"]);
  tenant.release();
  const { runId } = others[0].body;
  const looks = [1, 2].map(() => worker.ask("/progress", { runId }).answer);
  for (const { body } of await within(bound, Promise.all(looks))) assert.equal(body.runId, runId);
  assert.equal(triggers().length, 1);
});

test(
  "a call that is aborted inside a Worker rejects and closes its connection, and the next one is answered",
  options,
  async (context) => {
    const tenant = await serveHeldTenant(context, { hold: (path) => !isTokenRequest(path) });
    const worker = await startWorker(context, {
      compatibilityDate: "2026-04-01",
      bindings: { CLIENT: tenant.client },
    });
    const aborted = await worker.ask("/aborted", { username: "amartin" }).answer;
    assert.deepEqual(aborted, ok({ kind: "aborted", isOurs: true }));
    await tenant.until(() => tenant.requests().some(({ isHeld, isCut }) => isHeld && isCut));
    tenant.release();
    assert.deepEqual(await worker.ask("/devices", { username: "amartin" }).answer, ok(["AMARTIN-LT"]));
  },
);

test(
  "NQL, a repair in a simulated tenant and a client made at module level work in a Worker",
  options,
  async (context) => {
    const worker = await startWorker(context, { compatibilityDate: "2026-04-01" });
    const text = "devices during past 7d\n| list name\n";
    assert.deepEqual(await worker.ask("/authoring").answer, ok({ text, playbooks: 4 }));
    const own = { verdict: "match", evaluated: "unknown", ok: true };
    assert.deepEqual(await worker.ask("/own-playbook").answer, ok(own));
    assert.deepEqual(await worker.ask("/repair").answer, ok({ state: "succeeded", solved: true }));
    assert.deepEqual(await worker.ask("/early").answer, ok("function"));
  },
);

test("a Worker goes without the modules that it cannot come to need", options, async (context) => {
  const bundled = (contents) => bundleWorker(temporaryFolder(context), sourceOf(contents));
  const client = 'import { createClient } from "nexthink-chatbot"; createClient({});';
  const parser = 'import { createClient, nql } from "nexthink-chatbot"; createClient(nql.parse(""));';
  // In one file there is no loading later: the client's doctor and its assistant may be called, and webhooks may come.
  const all = ["authoring.wasm", "conversation.wasm", "core.wasm", "proactive.wasm", "worker.js"];
  assert.deepEqual(await bundled(client), all);
  assert.deepEqual(await bundled(parser), all);
  const pure = 'import { api } from "nexthink-chatbot"; api.build("remoteActions.list", {}, {});';
  assert.deepEqual(await bundled(pure), ["core.wasm", "worker.js"]);
});

test("a Worker that was bundled without the condition `workerd` is told of it", options, async (context) => {
  const source = sourceOf(`
    import { createClient } from "nexthink-chatbot";
    const hintOf = () => {
      try {
        createClient({ instance: "acme", region: "eu", credentials: { clientId: "a", clientSecret: "b" } });
      } catch (error) {
        return error.hint;
      }
    };
    export default { fetch: () => Response.json(hintOf()) };
  `);
  const worker = await startWorker(context, { compatibilityDate: "2026-04-01", source, conditions: [] });
  const { body } = await worker.ask("/").answer;
  assert.match(body, /condition `workerd`/);
});
