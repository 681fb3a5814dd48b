// The webhooks of a served tenant: read from files, and sent for real. What comes of each delivery is told in one line;
// none is sent again, as nobody knows that the vendor would.

import { readFileSync } from "node:fs";
import type { SimulatedTenant, SimulatedWebhook, WebhookDelivery } from "nexthink-chatbot/simulator";

/** How often the tenant is asked for what is due, in milliseconds of our time. */
const interval = 1_000;

/** How many are sent at once. */
const atOnce = 4;

/** How many wait for their turn; what comes when so many wait is not sent. */
const waitingAtMost = 1_000;

/** How long a receiver has to answer, in milliseconds of our time. */
const patience = 10_000;

/** A webhook from a file; the tenant says what is wrong with it. @throws Error where there is no JSON in the file */
export function readWebhook(file: string): SimulatedWebhook {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Error(`--webhook ${file} cannot be read: ${messageOf(error)}`);
  }
}

/**
 * Sends what the tenant's webhooks make, from now on.
 *
 * @param tell takes a line for each delivery
 * @returns what ends it, also those that are on their way
 */
export function sendDeliveries(tenant: SimulatedTenant, tell: (line: string) => void): () => void {
  const ended = new AbortController();
  const waiting: WebhookDelivery[] = [];
  let underway = 0;
  const sendNext = () => {
    while (underway < atOnce) {
      const delivery = waiting.shift();
      if (!delivery) return;
      underway++;
      void send(delivery, ended.signal).then((outcome) => {
        underway--;
        if (ended.signal.aborted) return;
        tell(lineOf(delivery, outcome));
        sendNext();
      });
    }
  };
  const timer = setInterval(() => {
    for (const delivery of tenant.deliveries()) {
      if (waiting.length < waitingAtMost) waiting.push(delivery);
      else tell(lineOf(delivery, `not sent: ${waitingAtMost} others wait`));
    }
    sendNext();
  }, interval);
  return () => {
    clearInterval(timer);
    ended.abort();
  };
}

/** The status, or why there is none. */
async function send({ method, url, headers, body }: WebhookDelivery, ended: AbortSignal): Promise<string> {
  try {
    const signal = AbortSignal.any([ended, AbortSignal.timeout(patience)]);
    // A redirect would take the credential elsewhere.
    const response = await fetch(url, { method, headers, body, redirect: "manual", signal });
    await response.body?.cancel();
    return String(response.status);
  } catch (error) {
    return `failed: ${messageOf(error)}; it is not sent again`;
  }
}

/** Without what follows a `?`: it may be a secret of the receiver. */
function lineOf({ webhook, method, url }: WebhookDelivery, outcome: string): string {
  return `webhook ${webhook}: ${method} ${url.replace(/[?#].*$/s, "")} ${outcome}`;
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // `fetch` says only that it failed; why is behind it.
  return error.cause instanceof Error && error.cause.message ? error.cause.message : error.message;
}
