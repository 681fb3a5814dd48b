// Webhooks of the tenant: a request comes in, and what it says goes out, with the run that it is about as the tenant tells of
// it now. Who may send and how payloads are read is the proactive module's affair. A file of its own in the package, loaded at
// the first webhook.

import type { Call } from "./call.ts";
import { conduct } from "./conduct.ts";
import { encode } from "./encode.ts";
import { failure, invalid } from "./errors.ts";
import type { Run, WebhookEvent, WebhookKind } from "./generated/types.ts";
import { answerOf } from "./module-answer.ts";
import type { CallOptions } from "./options.ts";
import { proactive, startProactive } from "./proactive.ts";
import { readWebhookBody, usualWebhookBytes } from "./webhook-body.ts";
import { headersOf, type WebhookRequest } from "./webhook-request.ts";
import { wholeNumber } from "./whole-number.ts";

/** How webhooks are taken. Options that are not known are refused. */
export interface WebhookOptions {
  /**
   * What the sender proves itself by, of at least 16 bytes: the token (`Bearer`) or the password (`Basic`, with any name) of
   * the tenant's connector credential. One that begins with `whsec_` is never sent: it signs, as Standard Webhooks has it,
   * where a gateway does so. While you change it, a list: any of them will do.
   */
  secret: string | readonly string[];
  /** The name of a header that holds a secret as it is, where a gateway sends one, such as `x-webhook-secret`. */
  header?: string;
  /** How payloads are read. Default: a JSON object whose names are ours, as the ready templates have them, or columns. */
  template?: string | WebhookPayloadTemplate;
  /** How old an event may be until it is `stale`, in milliseconds. Default: an hour. */
  maxAgeMs?: number;
  /** The largest payload that is read, in bytes: a whole number from 1,024. Default: 1,048,576. */
  maxBodyBytes?: number;
  /** Runs that you keep yourself, one of which it may be about. Those of this client are found without. */
  runs?: readonly Run[];
}

/** How payloads are read that have names of their own. */
export interface WebhookPayloadTemplate {
  /** What such webhooks are about. Default: what their `kind` says, or what their fields tell. */
  kind?: WebhookKind;
  /**
   * The payload as the administrator has written it, with its `{{placeholders}}`; `template` may be this text alone. JSON is
   * read by where they stand. In other text values are told by what is written between them: a payload in which that could
   * be cut in more than one way is refused.
   */
  payload?: string;
  /** Where each field stands in a payload of JSON: the name of a property, or a JSON pointer such as `/device/name`. */
  fields?: Readonly<Record<string, string>>;
}

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
  const { secret, maxBodyBytes, runs = [], ...rest } = options ?? {};
  if (!Array.isArray(runs)) throw invalid("`runs` is no list", "pass runs as `remediate` and `progress` give them");
  // What is wrong with them is told before the body is read, and not as time that was over.
  conduct(calls);
  const left = remaining(calls);
  const most = wholeNumber("maxBodyBytes", maxBodyBytes ?? usualWebhookBytes, 1024, 0x7fffffff);
  const secrets = secret === undefined || secret === null ? [] : [secret].flat();
  const headers = headersOf(request, rest.header);
  const arrival = encode({ options: { ...rest, secret: secrets }, headers, now: new Date(now()).toISOString() });
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
