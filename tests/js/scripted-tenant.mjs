// A tenant that answers as a test says, for what no tenant does on purpose. Its clock moves only when somebody waits.

import { createClient } from "nexthink-chatbot";

export const token = "a-token-of-the-test";
export const credentials = { clientId: "an-id-of-the-test", clientSecret: "a-secret-of-the-test" };
/** A call that only reads, and one that changes something. */
export const read = (nexthink, options) => nexthink.nql.execute("#any_query", {}, options);
export const act = (nexthink, options) =>
  nexthink.remoteActions.execute({ remoteActionId: "disk_cleanup", devices: ["e0aa796d"] }, options);

const body = '{"data":[{"device.name":"XN1"}],"requestId":"r-1"}';

/** An answer that both `read` and `act` understand. */
export const fine = () => new Response(body);
export const json = (value, init) => new Response(JSON.stringify(value), init);
export const failing = (status, headers) => new Response("", { status, headers });

/** How many tokens there were, of all tenants: no two are the same. */
let issued = 0;

/**
 * A client of such a tenant. `answer` gets each request but those for tokens, and how many there were before it; a list
 * is answered with in its order, the last of it from then on.
 */
export function arrive(answer = fine, options = {}) {
  const clock = { now: Date.UTC(2026, 10, 18, 9) };
  const [requests, tokenRequests, pauses] = [[], [], []];
  const answers = typeof answer === "function" ? answer : (_, at) => answer[Math.min(at, answer.length - 1)]();
  const fetch = async (url, init) => {
    if (url.includes("-login.")) {
      tokenRequests.push({ url, ...init });
      issued += 1;
      return json({ access_token: `${token}-${issued}`, expires_in: 900 });
    }
    requests.push({ url, ...init });
    return answers({ url, ...init }, requests.length - 1);
  };
  const sleep = async (milliseconds) => {
    pauses.push(milliseconds);
    clock.now += milliseconds;
  };
  const host = { fetch, now: () => clock.now, sleep, ...options.host };
  const access = options.tokenProvider ? {} : { credentials };
  const nexthink = createClient({ instance: "acme", region: "eu", ...access, ...options, host });
  return { nexthink, clock, requests, tokenRequests, pauses };
}
