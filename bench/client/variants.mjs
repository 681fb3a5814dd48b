// The ways to execute a query that are compared. Each makes, for a tenant and a query, the function that sends one
// request; its parameters, headers and body are the same in all of them.

import { answers, token } from "./answers.mjs";
import { clientOf } from "./package-under-test.mjs";

export const parameters = { username: "amartin" };

const headers = {
  accept: "application/json",
  "content-type": "application/json",
  "x-utc-times": "true",
  authorization: `Bearer ${JSON.parse(token).access_token}`,
};

/** The least that works, the least that a careful user would write without us, and our client. */
export const compared = {
  "fetch, text, JSON.parse": bare(async (answer) => JSON.parse(await (await answer).text())),
  "the same with a timeout": bare(
    async (answer) => {
      const response = await answer;
      if (response.status !== 200) throw new Error(`status ${response.status}`);
      return JSON.parse(await response.text());
    },
    () => ({ signal: AbortSignal.timeout(30_000), redirect: "manual" }),
  ),
  "nql.execute": async (url, queryId) => {
    const nexthink = await clientOf(url);
    return () => nexthink.nql.execute(queryId, parameters);
  },
};

export const [baseline, careful, ours] = Object.keys(compared);

/** A bare fetch with one thing more that a client may do: what each costs by itself. */
export const attributed = {
  [baseline]: compared[baseline],
  "redirect: manual": bare(parsed, () => ({ redirect: "manual" })),
  "signal of a new controller": bare(parsed, () => ({ signal: new AbortController().signal })),
  "signal of one controller for all": sharedSignal(),
  "setTimeout, clearTimeout": bare(async (answer) => {
    const timer = setTimeout(() => {}, 30_000);
    const result = await parsed(answer);
    clearTimeout(timer);
    return result;
  }),
  "two races against a timer's promise": bare(async (answer) => {
    let timer;
    const timedOut = new Promise((resolve) => {
      timer = setTimeout(resolve, 30_000);
    });
    const response = await Promise.race([timedOut, answer]);
    const text = await Promise.race([timedOut, response.text()]);
    clearTimeout(timer);
    return JSON.parse(text);
  }),
  "three headers read": bare(async (answer) => {
    const response = await answer;
    for (const name of ["content-type", "retry-after", "x-request-id"]) response.headers.get(name);
    return JSON.parse(await response.text());
  }),
  "text, not parsed": bare(async (answer) => (await answer).text()),
  "arrayBuffer, not parsed": bare(async (answer) => new Uint8Array(await (await answer).arrayBuffer())),
  "arrayBuffer, TextDecoder, JSON.parse": bare(async (answer) =>
    JSON.parse(decoder.decode(await (await answer).arrayBuffer())),
  ),
  "body read by its reader, TextDecoder, JSON.parse": bare(async (answer) => {
    const reader = (await answer).body.getReader();
    const chunks = [];
    for (let part = await reader.read(); !part.done; part = await reader.read()) chunks.push(part.value);
    return JSON.parse(decoder.decode(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
  }),
  "request body as bytes": bare(parsed, (body) => ({ body: encoder.encode(body) })),
  "all of signal, races, headers, arrayBuffer": bare(
    async (answer) => {
      let timer;
      const timedOut = new Promise((resolve) => {
        timer = setTimeout(resolve, 30_000);
      });
      const response = await Promise.race([timedOut, answer]);
      const bytes = await Promise.race([timedOut, response.arrayBuffer()]);
      clearTimeout(timer);
      for (const name of ["content-type", "retry-after", "x-request-id"]) response.headers.get(name);
      return JSON.parse(decoder.decode(bytes));
    },
    () => ({ redirect: "manual", signal: new AbortController().signal }),
  ),
  "nql.execute": compared[ours],
  "nql.execute without HTTP": withoutHttp,
};

const decoder = new TextDecoder();
const encoder = new TextEncoder();

async function parsed(answer) {
  return JSON.parse(await (await answer).text());
}

function bare(read, more) {
  return async (url, queryId) => {
    const address = `${url}/api/v2/nql/execute`;
    return () => {
      const body = JSON.stringify({ queryId, parameters });
      return read(fetch(address, { method: "POST", headers, body, ...more?.(body) }));
    };
  };
}

function sharedSignal() {
  const { signal } = new AbortController();
  return bare(parsed, () => ({ signal }));
}

/** What is left of our client when the answers lie ready. */
async function withoutHttp(url, queryId) {
  const bytes = (text) => new TextEncoder().encode(text).buffer;
  const answered = (body) => ({ status: 200, headers: new Headers(), arrayBuffer: async () => body });
  const [tokenBody, rowsBody] = [bytes(token), bytes(answers.get(queryId).body)];
  const nexthink = await clientOf(url, {
    fetch: async (address) => answered(address.endsWith("/token") ? tokenBody : rowsBody),
  });
  return () => nexthink.nql.execute(queryId, parameters);
}
