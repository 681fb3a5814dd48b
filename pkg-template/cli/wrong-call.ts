// How a command says that it could not begin: on the error output, with an exit code of its own.

import { NexthinkError } from "nexthink-chatbot";

/** @returns the exit code */
export function wrongCall(message: string): number {
  console.error(`error: ${message}`);
  return 2;
}

/** What was thrown, in words, with what to do about it where that is known. */
export function messageOf(error: unknown): string {
  if (NexthinkError.is(error)) return `${error.message}; ${error.hint}`;
  return error instanceof Error ? error.message : String(error);
}
