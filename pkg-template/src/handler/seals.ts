// What is handed out to an employee, and taken back from them alone.

import type { ClientDoor } from "../client-door.ts";
import { NexthinkError } from "../errors.ts";
import type { Employee } from "../generated/types.ts";
import { altered, fromText, toText } from "./sealed.ts";

/** What a seal is for: what was given out as one thing is not taken as another. */
export type SealedKind = "device" | "diagnosis" | "proposal" | "run" | "state";

/** Seals for one employee. */
export interface Seals {
  /** The text to be sent back. */
  close(kind: SealedKind, value: object): string;
  /** What was in it. @throws Refusal of kind `consent` */
  open<T>(kind: SealedKind, sealed: unknown): T;
}

export function sealsOf(door: ClientDoor, employee: Employee): Seals {
  return {
    close: (kind, value) => toText(door.seal("run", { kind, employee, value })),
    open<T>(kind: SealedKind, sealed: unknown): T {
      const opened = unsealed(door, fromText(String(sealed)), employee);
      if (opened.kind !== kind || opened.value === undefined) throw altered();
      return opened.value as T;
    },
  };
}

function unsealed(door: ClientDoor, value: unknown, employee: Employee): { kind?: unknown; value?: unknown } {
  try {
    return door.open("run", value as object, employee);
  } catch (thrown) {
    // The core says it of runs, which is only one of the things that are sealed here.
    throw NexthinkError.is(thrown) && thrown.kind !== "internal" ? altered() : thrown;
  }
}
