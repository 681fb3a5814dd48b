// The webhooks of a served tenant: read from files, and sent for real. What comes of each delivery is told in one line;
// none is sent again, as nobody knows that the vendor would.

import type { SimulatedTenant, SimulatedWebhook, WebhookDelivery } from "nexthink-chatbot/simulator";
import { readText } from "../text-file.ts";
import { messageOf } from "../wrong-call.ts";

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
    return JSON.parse(readText(file));
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
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  ended.addEventListener("abort", stop, { once: true });
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    stop();
  }, patience);
  try {
    // A redirect would take the credential elsewhere.
    const response = await fetch(url, { method, headers, body, redirect: "manual", signal: stopping.signal });
    await response.body?.cancel();
    return String(response.status);
  } catch (error) {
    return `failed: ${isLate ? `no answer within ${patience / 1_000} s` : reasonOf(error)}; it is not sent again`;
  } finally {
    clearTimeout(timer);
    ended.removeEventListener("abort", stop);
  }
}

/** Without what follows a `?`: it may be a secret of the receiver. */
function lineOf({ webhook, method, url }: WebhookDelivery, outcome: string): string {
  return `webhook ${webhook}: ${method} ${url.replace(/[?#].*$/s, "")} ${outcome}`.replace(/\s+/g, " ");
}

/** What lies behind a `fetch` that failed. Any other message is not told: that of a wrong header holds its value. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  if (!(cause instanceof Error)) return "it is no request that can be sent";
  return cause.message || ("code" in cause ? String(cause.code) : cause.name);
}
