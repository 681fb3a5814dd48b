// What is handed out to be sent back: one text without special characters, which a low-code platform can keep in a variable
// and put into a body unescaped. What is in it, the core has sealed: for what it is, for whom, for which tenant.

import { encodeText } from "../encode.ts";
import { Refusal } from "./problem.ts";

/** A value as one text of letters, digits, `-` and `_`. A host that has requests has `btoa`, too. */
export function toText(value: unknown): string {
  const bytes = encodeText(JSON.stringify(value));
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/** The value of such a text; its seal is still to be looked at. @throws Refusal of kind `consent` for any other text */
export function fromText(text: string): unknown {
  try {
    const letters = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw altered();
  }
}

/** What is said of whatever was not given out like this, or not to this employee. */
export function altered(): Refusal {
  const detail =
    "what was sent back was altered, is more than 7 days old, or was given to someone else or for something else";
  return new Refusal("consent", detail, "send it back unchanged, as it was given for this employee, or begin again");
}
