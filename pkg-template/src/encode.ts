// What goes into the core as JSON: a value's UTF-8 bytes, or an error for what JSON would bend or drop without a word.

import { invalid, NexthinkError } from "./errors.ts";

/** @throws NexthinkError of kind `invalid` for functions, BigInts, numbers that are not finite, and cycles. */
export function encode(value: unknown): Uint8Array {
  return encodeText(textOf(value));
}

/**
 * The same for a call that reads them at once: the next value may be written over them.
 *
 * @throws NexthinkError as `encode`
 */
export function encodePassing(value: unknown): Uint8Array {
  return encodePassingText(textOf(value));
}

/** A text's UTF-8 bytes. */
export function encodeText(text: string): Uint8Array {
  encoder ??= new TextEncoder();
  return encoder.encode(text);
}

/**
 * A text's UTF-8 bytes, for a call that reads them at once: the next text may be written over them. Of an answer of a few
 * kilobytes, making room takes longer than all that is done with it.
 */
export function encodePassingText(text: string): Uint8Array {
  if (text.length > passingCharacters) return encodeText(text);
  encoder ??= new TextEncoder();
  passing ??= new Uint8Array(passingCharacters * 3);
  return passing.subarray(0, encoder.encodeInto(text, passing).written);
}

const passingCharacters = 16_384;
let passing: Uint8Array | undefined;

function textOf(value: unknown): string {
  try {
    return (isPlain(value, deepest) ? JSON.stringify(value) : JSON.stringify(value, passable)) ?? "null";
  } catch (thrown) {
    if (NexthinkError.is(thrown)) throw thrown;
    throw invalid("the input cannot be written as JSON", "pass plain objects, lists and texts without cycles", thrown);
  }
}

/** So deep is looked into. What is deeper may as well be a cycle. */
const deepest = 8;

/**
 * Whether JSON says all of a value, as it does of nearly all. To be asked for each part while it is written makes writing
 * several times as slow as to have looked before.
 */
function isPlain(value: unknown, depth: number): boolean {
  switch (typeof value) {
    case "string":
    case "boolean":
    case "undefined":
      return true;
    case "number":
      return Number.isFinite(value);
    case "object": {
      if (value === null) return true;
      const fields = value as Record<string, unknown>;
      if (depth === 0 || typeof fields.toJSON === "function") return false;
      for (const name in fields) if (!isPlain(fields[name], depth - 1)) return false;
      return true;
    }
    default:
      return false;
  }
}

/** Made when it is first needed: importing must not fail where there is none. */
let encoder: TextEncoder | undefined;

function passable(name: string, value: unknown): unknown {
  if (typeof value === "function") {
    const hint = "what takes a function says so in its type; what else takes one is not supported yet";
    throw invalid(`\`${name}\` is a function`, hint);
  }
  if (typeof value === "bigint" || (typeof value === "number" && !Number.isFinite(value))) {
    throw invalid(`\`${name}\` is not a finite number`, "pass a number, or a text");
  }
  return value;
}
