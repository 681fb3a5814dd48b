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

/** The value of such a text; its seal is still to be looked at. @throws Refusal of kind `consent` for anything else */
export function fromText(text: unknown): unknown {
  try {
    const letters = atob(String(text).replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    const hint = "pass it unchanged, as it was given for this employee, or begin again";
    throw new Refusal("consent", "what was sent back is not what was given: it was altered, or cut short", hint);
  }
}
