// OpenAI's Responses API on this machine, with a script in the place of a model.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { nextCalls } from "./scripted-model.mjs";

/**
 * Serves one conversation. Call `close` at its end.
 *
 * @param {Function[]} script
 * @returns {Promise<{ baseURL: string, seen: string[], close: () => Promise<void> }>}
 */
export async function serveModel(script) {
  const seen = [];
  let count = 0;
  const server = createServer(async (request, response) => {
    assert.equal(request.url, "/v1/responses");
    let text = "";
    for await (const piece of request) text += piece;
    seen.push(text);
    const body = JSON.parse(text);
    const calls = nextCalls(script, historyOf(body.input));
    const output = calls.map(({ name, input }) => {
      const id = ++count;
      return {
        type: "function_call",
        id: `fc_${id}`,
        call_id: `call_${id}`,
        name,
        arguments: JSON.stringify(input),
        status: "completed",
      };
    });
    if (calls.length === 0) output.push(farewell(++count));
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(answer(body, `resp_${count}`, output)));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const close = async () => {
    server.close();
    server.closeAllConnections();
    await once(server, "close");
  };
  return { baseURL: `http://127.0.0.1:${server.address().port}/v1`, seen, close };
}

/** What the functions have answered, a list for each turn of calls. */
export function historyOf(input) {
  const turns = [];
  const turnOf = new Map();
  let isInTurn = false;
  for (const item of Array.isArray(input) ? input : []) {
    if (item.type === "function_call") {
      if (!isInTurn) turns.push([]);
      turnOf.set(item.call_id, turns.at(-1));
    }
    isInTurn = item.type === "function_call";
    if (item.type === "function_call_output") turnOf.get(item.call_id).push(valueIn(item.output));
  }
  return turns;
}

function valueIn(output) {
  const text = typeof output === "string" ? output : output.map(({ text }) => text).join("");
  try {
    return JSON.parse(text);
  } catch {
    return { text };
  }
}

function farewell(id) {
  const content = [{ type: "output_text", text: "Done.", annotations: [] }];
  return { type: "message", id: `msg_${id}`, role: "assistant", status: "completed", content };
}

function answer({ model, tools }, id, output) {
  const usage = { input_tokens: 1, output_tokens: 1, total_tokens: 2 };
  const details = { input_tokens_details: { cached_tokens: 0 }, output_tokens_details: { reasoning_tokens: 0 } };
  return {
    id,
    object: "response",
    created_at: 1_763_456_400,
    status: "completed",
    error: null,
    incomplete_details: null,
    model,
    output,
    tools,
    usage: { ...usage, ...details },
  };
}
