// The body of a request: of a type that is taken, not longer than is allowed, text in UTF-8, and JSON of a harmless depth.

import { encodeText } from "../encode.ts";
import { type Pieces, readBody } from "../response-body.ts";
import { Refusal } from "./problem.ts";
import { type HandlerRequest, mediaType } from "./request.ts";

/** What JSON comes as. */
export const jsonTypes = ["application/json"];

/** Deeper than anything that is given out, and far from where recursion ends. */
const deepest = 64;

/**
 * The text of a body.
 *
 * @param types the media types that are taken; any where there are none
 * @param most how many bytes it may have
 * @throws Refusal
 */
export async function readText(request: HandlerRequest, types: readonly string[], most: number): Promise<string> {
  const { headers } = request;
  const type = mediaType(headers.get("content-type"));
  if (types.length > 0 && !types.includes(type)) {
    throw new Refusal("media-type", "the body is not of a media type that is taken here", `send ${types.join(" or ")}`);
  }
  const encoding = (headers.get("content-encoding") ?? "identity").trim().toLowerCase();
  if (encoding !== "identity" && encoding !== "") {
    throw new Refusal("media-type", "the body is packed", "send it without a content-encoding");
  }
  const bytes = await readBytes(request, most);
  if (bytes === undefined) {
    const limit = most.toLocaleString("en");
    throw new Refusal("too-large", `the body has more than ${limit} bytes`, "send less at once");
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw notJson("the body is not text in UTF-8");
  }
}

/** The JSON of a text. @throws Refusal */
export function parseJson(text: string): unknown {
  if (isTooDeep(text)) throw notJson(`the body is nested more than ${deepest} times`);
  try {
    return JSON.parse(text);
  } catch {
    throw notJson("the body is not JSON");
  }
}

const notJson = (detail: string) =>
  new Refusal("invalid", detail, "send JSON in UTF-8, as `/openapi.json` describes it");

/** What is still to come is let go of when the request is given up: else an end that never comes would be waited for. */
async function readBytes(request: HandlerRequest, most: number): Promise<Uint8Array | undefined> {
  const { headers, body, signal } = request;
  let leave = () => {};
  const begun = (pieces: Pieces) => {
    leave = () => pieces.cancel();
    signal?.addEventListener("abort", leave);
    if (signal?.aborted) leave();
  };
  const whole = async () => {
    if (request.arrayBuffer) return request.arrayBuffer();
    const bytes = encodeText((await request.text?.()) ?? "");
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  };
  try {
    const bytes = await readBody({ status: 0, headers, body, arrayBuffer: whole }, most, "by-itself", begun);
    if (!signal?.aborted) return bytes;
  } catch (thrown) {
    if (!signal?.aborted) throw thrown;
  } finally {
    signal?.removeEventListener("abort", leave);
  }
  throw new Refusal("aborted", "the request was given up while its body was read", "send it again, whole");
}

/** Whether brackets, outside of texts, are open more often than is harmless. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (inText) {
      if (character === "\\") at++;
      else if (character === '"') inText = false;
    } else if (character === '"') inText = true;
    else if (character === "[" || character === "{") {
      if (++depth > deepest) return true;
    } else if (character === "]" || character === "}") depth--;
  }
  return false;
}
