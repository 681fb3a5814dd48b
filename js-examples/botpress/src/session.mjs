// Who is asking, signed by your site, which has signed them in: nobody in between can name anybody else.

import { createHmac, timingSafeEqual } from "node:crypto";

const sealOf = (text, key) => createHmac("sha256", key).update(text).digest("base64url");

/**
 * For your site's server, where it opens the chat: `userData: { nexthinkSession: sessionOf(...) }`.
 *
 * @param {{ username?: string, upn?: string, email?: string, sid?: string }} employee one identifier
 */
export function sessionOf(employee, key, { now = Date.now(), hours = 8 } = {}) {
  const text = Buffer.from(JSON.stringify({ employee, until: now + hours * 3_600_000 })).toString("base64url");
  return `${text}.${sealOf(text, key)}`;
}

/** The employee of a session; undefined where it was not signed with this key, or is over. */
export function employeeIn(session, key, now = Date.now()) {
  const [text = "", seal = ""] = session.split(".");
  const [given, expected] = [Buffer.from(seal), Buffer.from(sealOf(text, key))];
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  const { employee, until } = JSON.parse(Buffer.from(text, "base64url").toString());
  return now < until ? employee : undefined;
}
