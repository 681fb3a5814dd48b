// Webhooks of the tenant: a request comes in, and what it says goes out, with the run that it is about as the tenant tells of
// it now. Who may send and how payloads are read is the proactive module's affair. A file of its own in the package, loaded at
// the first webhook.

import type { Call } from "./call.ts";
import { conduct } from "./conduct.ts";
import { encode } from "./encode.ts";
import { failure } from "./errors.ts";
import type { Run, WebhookEvent } from "./generated/types.ts";
import { answerOf } from "./module-answer.ts";
import type { CallOptions } from "./options.ts";
import { proactive, startProactive } from "./proactive.ts";
import { readWebhookBody, usualWebhookBytes } from "./webhook-body.ts";
import { checkWebhookOptions, type WebhookOptions } from "./webhook-options.ts";
import { headersOf, type WebhookRequest } from "./webhook-request.ts";

/**
 * A webhook whose sender knew the secret. What it claims is not proven by that: `data` is what somebody has written into a
 * template, filled in by the tenant, maybe long ago and more than once.
 */
export interface ReceivedWebhook extends WebhookEvent {
  /**
   * The run that it is about, as the tenant tells of it now. It may not have ended yet, whatever the webhook says: the
   * tenant's tables may lag behind, so follow it. Absent where it is of no run that is known here.
   */
  run?: Run;
  /** Whether this event came before, within a day, to any process with the same `store`. */
  duplicate: boolean;
}

/** See `webhook` of a client. */
export async function receiveWebhook(
  call: Call,
  now: () => number,
  request: WebhookRequest,
  options: WebhookOptions,
  calls: CallOptions | undefined,
): Promise<ReceivedWebhook> {
  checkWebhookOptions(options);
  const { secret, maxBodyBytes, runs = [], ...rest } = options;
  const most = maxBodyBytes ?? usualWebhookBytes;
  // What is wrong with them is told before the body is read, and not as time that was over.
  conduct(calls);
  const left = remaining(calls);
  const headers = headersOf(request, rest.header);
  const arrival = encode({
    options: { ...rest, secret: [secret].flat() },
    headers,
    now: new Date(now()).toISOString(),
  });
  // Of a sender without a secret nothing more is read.
  answerOf(startProactive, () => proactive.admitWebhook(arrival));
  const body = await readWebhookBody(request, headers, most, calls?.signal);
  const { event, key, runId }: Received = answerOf(startProactive, () => proactive.receiveWebhook(arrival, body));
  const known = runId === undefined ? null : await call<Run | null>("runs.find", { id: runId }, left());
  const found = [...runs, known].find((run) => run && isAbout(event, run));
  // The truth first, and the note last: where the tenant cannot be asked, the webhook may be sent again.
  const run = found && (await call<Run>("progress", found, left()));
  const isNew = await call<boolean>("events.note", { id: key }, left());
  return { ...event, ...(run && { run }), duplicate: !isNew };
}

/** The options of each next call: of the time for all of them, what is left. By the real clock, as the core's own limits. */
function remaining(calls: CallOptions | undefined): () => CallOptions | undefined {
  const { timeoutMs } = calls ?? {};
  if (timeoutMs === undefined) return () => calls;
  const end = Date.now() + timeoutMs;
  return () => {
    const left = Math.ceil(end - Date.now());
    if (left > 0) return { ...calls, timeoutMs: left };
    throw failure(
      "timeout",
      "the webhook's time was over before its next step",
      "it may be sent again; allow more time",
    );
  };
}

/** A webhook that was read: under what it is noted, and the run that it names. */
interface Received {
  event: WebhookEvent;
  key: string;
  runId?: string;
}

function isAbout(event: WebhookEvent, { requestId, reference }: Run): boolean {
  return answerOf(startProactive, () => proactive.isWebhookOf(encode({ event, run: { requestId, reference } })));
}
