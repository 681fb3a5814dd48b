// What is handed out to an employee, and taken back from them alone, as what it was given.

import type { ClientDoor, Handed } from "../client-door.ts";
import type { Employee } from "../generated/types.ts";
import { fromText, toText } from "./sealed.ts";

/** Seals for one employee. */
export interface Seals {
  /** The text to be sent back. */
  close(what: Handed, value: object): string;
  /** What was in it. @throws Refusal or NexthinkError of kind `consent` */
  open<T>(what: Handed, sealed: unknown): T;
}

export function sealsOf(door: ClientDoor, employee: Employee): Seals {
  return {
    close: (what, value) => toText(door.seal(what, { employee, value })),
    open<T>(what: Handed, sealed: unknown): T {
      const opened = door.open(what, fromText(sealed) as object, employee);
      return (opened as { value: T }).value;
    },
  };
}
