// What is handed out to be sent back: one text without special characters, which a low-code platform can keep in a variable
// and put into a body unescaped. What is in it, the core has sealed: for what it is, for whom, for which tenant.

import { decodeBase64 } from "../base64.ts";
import { encodeText } from "../encode.ts";
import { Refusal } from "./problem.ts";

/** A value as one text of letters, digits, `-` and `_`. */
export function toText(value: unknown): string {
  const bytes = encodeText(JSON.stringify(value));
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second, third] = bytes.subarray(at, at + 3);
    text += letter(first >> 2) + letter(((first & 3) << 4) | ((second ?? 0) >> 4));
    if (second !== undefined) text += letter(((second & 15) << 2) | ((third ?? 0) >> 6));
    if (third !== undefined) text += letter(third & 63);
  }
  return text;
}

/** The value of such a text; its seal is still to be looked at. @throws Refusal of kind `consent` for any other text */
export function fromText(text: string): unknown {
  try {
    const bytes = decodeBase64(text.replaceAll("-", "+").replaceAll("_", "/"));
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

const letter = (bits: number): string => alphabet[bits] as string;
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
