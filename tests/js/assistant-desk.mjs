// What tests of the assistant begin with: a tenant and its client, as one process sees them or another, and the way to a question.

import assert from "node:assert/strict";
import { createClient } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";

export const employee = { username: "amartin" };
export const beginning = { employee, text: "My Outlook keeps crashing" };

export function arrive(options = {}, tenant = createSimulator({ devices: 0, speed: Number.POSITIVE_INFINITY })) {
  return { tenant, nexthink: createClient({ ...tenant.client, ...options }) };
}

/** The same tenant as another process sees it: nothing is remembered but what is stored. */
export function elsewhere(tenant, options = {}) {
  const host = { ...tenant.host, fetch: (...given) => tenant.fetch(...given) };
  return arrive({ host, ...options }, tenant).nexthink;
}

const count = ({ requests }, path) => requests.filter((request) => request.path.endsWith(path)).length;
export const queries = (tenant) => count(tenant, "/nql/execute");
export const triggers = (tenant) => count(tenant, "/act/execute");
export const yes = (turn) => ({
  choice: turn.messages.flatMap(({ choices }) => choices).find(({ style }) => style).id,
});
export const copy = (value) => JSON.parse(JSON.stringify(value));

/** Goes on until the employee is asked something. Time passes in the tenant, never here. */
export async function untilAsked(assistant, tenant, turn, options) {
  let latest = turn;
  for (let looks = 0; latest.resumeAfterMs !== undefined && latest.expects === "nothing"; looks++) {
    assert.ok(looks < 50, "it comes to a question");
    tenant.advance(latest.resumeAfterMs);
    latest = await assistant.resume(copy(latest.state), options);
  }
  return latest;
}

export async function untilConsent(assistant, tenant, options) {
  const turn = await untilAsked(assistant, tenant, await assistant.start(beginning, options), options);
  assert.equal(turn.status, "awaiting-consent");
  return turn;
}

/** A store whose every answer takes a moment. */
export function store(texts = new Map()) {
  const later = (value) => new Promise((resolve) => setTimeout(resolve, 1, value));
  return {
    atomic: true,
    get: (key) => later(texts.get(key)),
    putIfAbsent: (key, value) => later(!texts.has(key) && Boolean(texts.set(key, value))),
    replace: (key, expected, value) => later(texts.get(key) === expected && Boolean(texts.set(key, value))),
  };
}
