// The forms of `--fault`: what goes wrong, and with which share of the requests.

import type { Fault } from "nexthink-chatbot/simulator";

/** What the forms are, for whoever gets one wrong. */
export const faultForms = `  429:0.1             a status from 400 to 599, for a tenth of the requests
  reset:0.05          the connection breaks before the request arrives
  lost-answer:0.01    the request does its work, and the connection breaks
  truncated:0.01      ... and the connection breaks in the middle of the answer
  half-body:0.01      ... and half of the answer looks like all of it
  html:0.02           a login page answers
  wrong-type:0.01     JSON comes as text/plain
  invalid-utf8:0.01   the answer is no UTF-8
  token-revoked:0.01  every token given out so far ends
  latency=2000:0.2    the answer takes so many milliseconds of yours`;

/** What needs no more than its name. */
const kinds: Record<string, Fault["kind"]> = {
  reset: "network",
  "lost-answer": "lost-answer",
  truncated: "truncated",
  "half-body": "half-body",
  html: "html",
  "wrong-type": "wrong-type",
  "invalid-utf8": "invalid-utf8",
  "token-revoked": "token-revoked",
};

/** The longest latency: what the simulator can count, 32 bits. */
const longest = 2 ** 32 - 1;

/**
 * @param speed how much faster than ours the tenant's time passes: a latency is given in our time
 * @throws Error for what has none of the forms
 */
export function readFault(text: string, speed: number): Fault {
  const [, name = "", value, share = ""] = /^([a-z0-9-]+)(?:=([^:]*))?:(.+)$/.exec(text) ?? [];
  const probability = numberOf(share);
  if (!(probability > 0 && probability <= 1)) throw unknownForm(text);
  if (name === "latency" && value !== undefined) {
    const latencyMs = Math.round(numberOf(value) * speed);
    if (!(latencyMs >= 0 && latencyMs <= longest)) throw unknownForm(text);
    return { kind: "latency", latencyMs, probability };
  }
  if (value !== undefined) throw unknownForm(text);
  if (/^[45]\d\d$/.test(name)) return { ...statusFault(Number(name)), probability };
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (!kind) throw unknownForm(text);
  return { kind, probability };
}

/** With what APIs are documented to send besides the status. */
function statusFault(status: number): Fault {
  const fault: Fault = { kind: "status", status };
  if (status === 403 || status === 500) fault.body = "error";
  if (status === 429 || status === 503) fault.retryAfterMs = 1_000;
  return fault;
}

function numberOf(text: string): number {
  return text.trim() === "" ? Number.NaN : Number(text);
}

function unknownForm(text: string): Error {
  return new Error(
    `--fault ${text} has none of the forms:\n${faultForms}\nThe number after the colon is above 0, up to 1.`,
  );
}
