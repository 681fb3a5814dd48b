// What a caller's input loses on its way into the core: nothing, or the call is refused.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient } from "nexthink-chatbot";

/** A client whose requests are kept, and a request with a body. */
function keeping() {
  const bodies = [];
  const fetch = async (_url, { body }) => {
    bodies.push(body);
    return new Response("{}", { headers: { "content-type": "application/json" } });
  };
  const tokenProvider = async () => ({ accessToken: "t", expiresInSeconds: 900 });
  const nexthink = createClient({ instance: "acme", region: "eu", tokenProvider, fetch });
  const send = (body) => nexthink.request({ method: "POST", path: "/api/v1/things", body });
  return { send, bodies };
}

/** A value that lies so deep. */
const below = (depth, value) => (depth === 0 ? value : { in: below(depth - 1, value) });

test("what JSON would bend or drop without a word is refused, however deep it lies", async () => {
  const { send, bodies } = keeping();
  const cycle = {};
  cycle.self = cycle;
  const refused = [
    [Number.NaN, /`\w+` is not a finite number/],
    [Number.NEGATIVE_INFINITY, /is not a finite number/],
    [1n, /is not a finite number/],
    [() => 1, /is a function/],
    [[1, [() => 1]], /is a function/],
    [{ toJSON: () => Number.NaN }, /is not a finite number/],
    [cycle, /cannot be written as JSON/],
  ];
  for (const [value, message] of refused) {
    for (const depth of [0, 1, 6, 12]) {
      await assert.rejects(
        send(below(depth, { value })),
        { kind: "invalid", message },
        `${String(message)} at ${depth}`,
      );
    }
  }
  assert.deepEqual(bodies, []);
});

test("what JSON says of a value is sent, however deep it lies", async () => {
  const { send, bodies } = keeping();
  class Named {
    name = "own";
    get computed() {
      return () => "of the class, which JSON does not say";
    }
  }
  const value = { text: "é", list: [1, null, true, ["x"]], date: new Date(0), nothing: undefined, named: new Named() };
  for (const depth of [0, 1, 6, 12]) {
    await send(below(depth, value));
    assert.equal(bodies.pop(), JSON.stringify(below(depth, value)));
  }
});
