// Whatever goes wrong is a NexthinkError with a kind and a hint, and says nothing that should stay secret.

import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { inspect } from "node:util";
import { createContext, runInContext } from "node:vm";
import { createClient, NexthinkError } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";

const require = createRequire(import.meta.url);
const employee = { username: "amartin" };

function arrive(options) {
  const tenant = createSimulator({ speed: Number.POSITIVE_INFINITY, now: "2026-11-18T09:00:00Z" });
  const { instance, region, credentials, host } = tenant;
  return { tenant, nexthink: createClient({ instance, region, credentials, host, ...options }) };
}

/** Runs what must fail, checks what holds for every error, and gives the error. */
async function failure(action, kind) {
  let error;
  try {
    await action();
  } catch (thrown) {
    error = thrown;
  }
  assert.ok(NexthinkError.is(error), `a NexthinkError was expected instead of ${inspect(error)}`);
  assert.ok(error instanceof Error);
  assert.equal(error.kind, kind, error.message);
  for (const text of [error.message, error.hint]) assert.match(text, /^\S.*[^.\s]$/, "a sentence without a full stop");
  assert.equal(typeof error.retryable, "boolean");
  assert.ok(["none", "done", "unknown"].includes(error.sideEffect));
  assert.match(error.stack, /^NexthinkError: /);
  return error;
}

test("an unknown playbook is not found, and the hint names those that there are", async () => {
  const { nexthink } = arrive();
  const [device] = await nexthink.identify(employee);
  const { hint } = await failure(() => nexthink.diagnose("printer", device), "not-found");
  assert.match(hint, /outlook.*onedrive.*slow-pc.*disk/);
});

test("a device without a Collector UID is invalid", async () => {
  const { nexthink, tenant } = arrive();
  const { message } = await failure(() => nexthink.diagnose("outlook", { name: "AMARTIN-LT" }), "invalid");
  assert.match(message, /collectorUid/);
  await failure(() => nexthink.diagnose("outlook", { name: "AMARTIN-LT", collectorUid: "" }), "invalid");
  assert.equal(tenant.requests.length, 0);
});

test("a token with one changed character is no consent, wherever it is changed", async () => {
  const { nexthink, tenant } = arrive();
  const [device] = await nexthink.identify(employee);
  const diagnosis = await nexthink.diagnose("outlook", device);
  const { token } = nexthink.propose(diagnosis, diagnosis.recommendations[0], { employee });
  const before = tenant.requests.length;
  for (const place of [0, 1, Math.floor(token.length / 2), token.indexOf("."), token.length - 1]) {
    const other = token[place] === "A" ? "B" : "A";
    const altered = token.slice(0, place) + other + token.slice(place + 1);
    const error = await failure(() => nexthink.remediate(altered), "consent");
    assert.ok(!inspect(error).includes(altered));
  }
  for (const rubbish of ["", "a.b", token.slice(1), `${token}A`, "é"]) {
    await failure(() => nexthink.remediate(rubbish), "consent");
  }
  assert.equal(tenant.requests.length, before, "nothing is sent for a token that is no consent");
});

test("an unreachable tenant is a network error that says the code", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${server.address().port}`;
  server.close();
  await once(server, "close");
  const { tenant } = arrive();
  const { instance, region, credentials } = tenant;
  const nexthink = createClient({ instance, region, credentials, apiUrl: url, tokenUrl: `${url}/token` });
  const error = await failure(() => nexthink.identify(employee), "network");
  assert.match(error.message, /ECONNREFUSED/);
  assert.equal(error.sideEffect, "none");
  assert.equal(error.retryable, true);
});

test("HTML instead of JSON is malformed", async () => {
  const { nexthink, tenant } = arrive();
  for (const operation of ["token", "nql/execute"]) {
    tenant.inject({ kind: "html", operation });
    const { message } = await failure(() => nexthink.identify(employee), "malformed");
    assert.match(message, /HTML/);
  }
});

test("wrong credentials are an authentication error without the secret", async () => {
  const credentials = { clientId: "simulated-chatbot", clientSecret: "a wrong secret" };
  const { nexthink } = arrive({ credentials });
  const error = await failure(() => nexthink.identify(employee), "authentication");
  assert.equal(error.status, 401);
  assert.ok(!inspect(error, { showHidden: true, depth: 9 }).includes(credentials.clientSecret));
});

test("a signal that was aborted before the call sends nothing", async () => {
  const { nexthink, tenant } = arrive();
  await failure(() => nexthink.identify(employee, { signal: AbortSignal.abort() }), "aborted");
  assert.equal(tenant.requests.length, 0);
});

/** A `fetch` that never answers, and says when it was called. */
function silence() {
  let called;
  const asked = new Promise((resolve) => {
    called = resolve;
  });
  const fetch = (_url, { signal }) => {
    called(signal);
    return new Promise(() => {});
  };
  return { fetch, asked };
}

test("a signal that is aborted during the call ends it at once, and the request too", async () => {
  const { fetch, asked } = silence();
  const { nexthink } = arrive({ host: {}, fetch });
  const controller = new AbortController();
  const failed = failure(() => nexthink.identify(employee, { signal: controller.signal }), "aborted");
  const signal = await asked;
  controller.abort();
  await failed;
  assert.equal(signal.aborted, true);
});

test("a tenant that does not answer in time is a timeout, by the client's limit and by the call's", async () => {
  const byClient = arrive({ host: {}, fetch: silence().fetch, timeoutMs: 5 });
  const error = await failure(() => byClient.nexthink.identify(employee), "timeout");
  assert.equal(error.retryable, true);
  const byCall = arrive({ host: {}, fetch: silence().fetch });
  await failure(() => byCall.nexthink.identify(employee, { timeoutMs: 5 }), "timeout");
});

test("a time limit that timers cannot hold is invalid", async () => {
  const { nexthink } = arrive();
  for (const timeoutMs of [0, -1, 1.5, Number.NaN, 2 ** 31, "5"]) {
    await failure(() => nexthink.identify(employee, { timeoutMs }), "invalid");
  }
});

test("options that are missing, unknown or of the wrong kind are invalid, and named", async () => {
  const { tenant } = arrive();
  const { instance, region, credentials } = tenant;
  const good = { instance, region, credentials };
  const { instance: _, ...withoutInstance } = good;
  const cyclic = { ...good };
  cyclic.queryIds = cyclic;
  for (const [options, name] of [
    [undefined, "instance"],
    [{}, "instance"],
    [withoutInstance, "instance"],
    [{ instance, credentials }, "region"],
    [{ instance, region }, "credentials"],
    [{ ...good, instance: "acme.evil.example/" }, "instance"],
    [{ ...good, credentials: { clientId: "id" } }, "clientSecret"],
    [{ ...good, retries: 3 }, "retries"],
    [{ ...good, maxRetries: 11 }, "maxRetries"],
    [{ ...good, apiUrl: "http://proxy.example" }, "apiUrl"],
    [{ ...good, timeoutMs: 0 }, "timeoutMs"],
    [{ ...good, timeoutMs: Number.NaN }, "timeoutMs"],
    [{ ...good, timeoutMs: 5n }, "timeoutMs"],
    [{ ...good, queryIds: { outlook: 5 } }, "outlook"],
    [{ ...good, consentKey: "short" }, "consentKey"],
    [{ ...good, consentKey: 32 }, "consentKey"],
    [{ ...good, fetch: "fetch" }, "fetch"],
    [{ ...good, host: { setTimeout() {} } }, "setTimeout"],
    [cyclic, "JSON"],
  ]) {
    const { message } = await failure(() => createClient(options), "invalid");
    assert.ok(message.includes(name), `${name}: ${message}`);
  }
});

test("an option of a call that is not known is refused before anything is sent", async () => {
  const { nexthink, tenant } = arrive();
  for (const call of [
    (options) => nexthink.identify(employee, options),
    (options) => nexthink.nql.execute("#get_device_basic_infos", {}, options),
    async (options) => {
      for await (const _ of nexthink.nql.export("#get_device_basic_infos", {}, options)) break;
    },
  ]) {
    const { message, hint } = await failure(() => call({ timeout: 5 }), "invalid");
    assert.match(message, /`timeout`/);
    assert.match(hint, /timeoutMs/);
  }
  assert.equal(tenant.requests.length, 0);
});

test("who decides or keeps the audit is a function, or is refused: nobody would be asked or told", async () => {
  const { tenant } = arrive();
  const { instance, region, credentials } = tenant;
  for (const [options, name] of [
    [{ approve: true }, "approve"],
    [{ approve: null }, "approve"],
    [{ onAudit: [] }, "onAudit"],
    [{ onAudit: null }, "onAudit"],
  ]) {
    const { message } = await failure(() => createClient({ instance, region, credentials, ...options }), "invalid");
    assert.ok(message.includes(`\`${name}\``), message);
  }
});

test("what the tenant says of an error is at hand, but not in what is logged", async () => {
  const refusal = JSON.stringify({ code: "invalid_devices", message: "unknown user jdoe" });
  const headers = { "X-Request-Id": "r-1", "Retry-After": "2" };
  const { tenant, nexthink } = arrive({
    fetch: (url, init) =>
      url.endsWith("/act/execute") ? new Response(refusal, { status: 400, headers }) : tenant.fetch(url, init),
  });
  const action = { remoteActionId: "disk_cleanup", devices: ["e0aa796d"] };
  const error = await failure(() => nexthink.remoteActions.execute(action), "invalid");
  assert.equal(error.detail, "unknown user jdoe");
  assert.ok(!Object.keys(error).includes("detail"));
  for (const logged of [JSON.stringify(error), inspect(error), String(error), error.stack]) {
    assert.ok(!logged.includes("jdoe"), logged);
  }
  const { name, message, kind, hint, retryable, sideEffect } = error;
  const facts = { status: 400, code: "invalid_devices", requestId: "r-1", retryAfterMs: 2_000 };
  assert.deepEqual(JSON.parse(JSON.stringify(error)), { name, message, kind, hint, retryable, sideEffect, ...facts });
});

test("the stack leads to the caller, also of a call that waits", async () => {
  const { nexthink } = arrive();
  const error = await failure(async function theCaller() {
    await nexthink.diagnose("printer", { name: "x", collectorUid: "y" });
  }, "not-found");
  assert.match(error.stack, /theCaller/);
});

/** The package's CommonJS files, evaluated where no global is this realm's. */
function inAnotherRealm() {
  const realm = createContext({ TextEncoder, TextDecoder });
  const home = dirname(require.resolve("nexthink-chatbot"));
  const loaded = new Map();
  const load = (name) => {
    if (name.startsWith("node:")) return require(name);
    if (!loaded.has(name)) {
      const module = { exports: {} };
      loaded.set(name, module);
      const code = readFileSync(join(home, name), "utf8");
      runInContext(`(function (exports, require, module, __dirname) {${code}\n})`, realm)(
        module.exports,
        load,
        module,
        home,
      );
    }
    return loaded.get(name).exports;
  };
  return load("./index.cjs");
}

test("an error of the copy that bundlers take, or of another realm, is one too", async () => {
  const bundled = await import(new URL("index.mjs", pathToFileURL(require.resolve("nexthink-chatbot"))));
  assert.notEqual(bundled.NexthinkError, NexthinkError);
  for (const other of [bundled, inAnotherRealm()]) {
    let error;
    try {
      other.createClient({});
    } catch (thrown) {
      error = thrown;
    }
    assert.ok(!(error instanceof NexthinkError));
    assert.ok(NexthinkError.is(error));
    assert.ok(other.NexthinkError.is(error));
    assert.equal(error.kind, "invalid");
  }
  for (const value of [undefined, null, "NexthinkError", new Error("x"), { kind: "invalid" }, 5]) {
    assert.equal(NexthinkError.is(value), false);
  }
});

test("input that is no input at all is invalid, from every method", async () => {
  const { nexthink, tenant } = arrive();
  for (const call of [
    () => nexthink.identify(),
    () => nexthink.identify({}),
    () => nexthink.identify({ username: "amartin", upn: "amartin@acme.example" }),
    () => nexthink.diagnose("outlook"),
    () => nexthink.propose(),
    () => nexthink.propose({}, { employee }),
    () => nexthink.propose({ findings: [] }, undefined, { employee }),
    () => nexthink.remediate(),
    () => nexthink.progress(),
    () => nexthink.progress({ id: "p-1" }),
    () => nexthink.verify(null),
    () => nexthink.solved(),
    () => nexthink.nql.execute(),
    () => nexthink.nql.execute("no number sign"),
    () => nexthink.nql.execute("#get_device_basic_infos", { username: 5 }),
    () => nexthink.remoteActions.execute({ remoteActionId: "disk_cleanup", devices: [] }),
    async () => {
      for await (const run of nexthink.follow({ id: "p-1" })) assert.deepEqual(run, { id: "p-1" });
    },
  ]) {
    await failure(call, "invalid");
  }
  assert.equal(tenant.requests.length, 0);
});
