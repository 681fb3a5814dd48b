// A tenant whose exports' files come from the test.

import { createClient } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";

const encoder = new TextEncoder();

/**
 * @param {{ file?: (url: string, init: object) => unknown, options?: object, host?: object, devices?: number }} [scene]
 * `file` answers for the storage; without it the simulated one does
 */
export function arrive({ file, options, host, devices = 0 } = {}) {
  const tenant = createSimulator({ speed: Number.POSITIVE_INFINITY, now: "2026-11-18T09:00:00Z", devices });
  tenant.setQuery("#devices", "devices | list name, hardware.memory, operating_system.name | sort name asc");
  /** What was sent to the tenant, and what to the storage. */
  const [sent, opened] = [[], []];
  const fetch = (url, init) => {
    const isFile = url.includes("/nql-exports/");
    (isFile ? opened : sent).push({ url, init });
    return isFile && file ? file(url, init) : tenant.fetch(url, init);
  };
  const nexthink = createClient({
    ...tenant.client,
    host: { ...tenant.host, fetch, ...host },
    ...options,
  });
  return { tenant, nexthink, sent, opened };
}

/** All rows, and the error that ended them, if any. */
export async function collect(rows) {
  const given = [];
  try {
    for await (const row of rows) given.push(row);
  } catch (error) {
    return { given, error };
  }
  return { given };
}

/** An answer whose body is these pieces: texts or bytes. */
export function answerOf(pieces, init) {
  return new Response(streamOf(pieces), init);
}

/** A stream that makes each of its pieces when it is asked for it. */
export function streamOf(pieces, { onPull, onCancel } = {}) {
  const rest = pieces[Symbol.iterator]();
  return new ReadableStream(
    {
      pull(controller) {
        const { done, value } = rest.next();
        onPull?.();
        if (done) controller.close();
        else controller.enqueue(typeof value === "string" ? encoder.encode(value) : value);
      },
      cancel: () => onCancel?.(),
    },
    { highWaterMark: 0 },
  );
}
