// What is handed out to an employee, and taken back from them alone.

import type { Employee } from "../generated/types.ts";
import { altered, fromText, toText } from "./sealed.ts";

/** What a seal is for: what was given out as one thing is not taken as another. */
export type SealedKind = "device" | "diagnosis" | "proposal" | "run";

/** The core's own seals. */
export interface Sealer {
  seal(purpose: string, value: object): object;
  open(purpose: string, value: object, employee: Employee): object;
}

/** Seals for one employee. */
export interface Seals {
  /** The text to be sent back. */
  close(kind: SealedKind, value: object): string;
  /** What was in it. @throws Refusal or NexthinkError of kind `consent` */
  open<T>(kind: SealedKind, sealed: unknown): T;
}

export function sealsOf(sealer: Sealer, employee: Employee): Seals {
  return {
    close: (kind, value) => toText(sealer.seal("door", { kind, employee, value })),
    open<T>(kind: SealedKind, sealed: unknown): T {
      const opened = sealer.open("door", fromText(String(sealed)) as object, employee) as { kind?: unknown; value?: T };
      if (opened.kind !== kind || opened.value === undefined) throw altered();
      return opened.value;
    },
  };
}
