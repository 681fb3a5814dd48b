// How a part of this package that is no method of the client reaches what a client has: by a symbol that is the same in
// every file and both formats of the package. Not a part of what users see.

import type { NexthinkClient } from "./client.ts";
import { invalid } from "./errors.ts";
import type { Employee } from "./generated/types.ts";

/** Under this, a client has what only the package itself uses. */
export const clientDoor = Symbol.for("nexthink-chatbot.client-door");

/** What it has there. */
export interface ClientDoor {
  /** An object with a seal that says what it was handed out as. */
  seal(what: Handed, value: object): object;
  /**
   * The object without its seal.
   *
   * @throws NexthinkError of kind `consent` for one that was altered, is old, is another's, or was handed out as something
   * else
   */
  open(what: Handed, value: object, employee: Employee): object;
}

/** What is handed out to be sent back, beside the state of a conversation, which an assistant seals itself. */
export type Handed = "device" | "diagnosis" | "proposal" | "run";

/** @throws NexthinkError of kind `invalid` for what is no client */
export function doorOf(client: NexthinkClient): ClientDoor {
  const door = (client as { [clientDoor]?: ClientDoor } | null | undefined)?.[clientDoor];
  if (door === undefined) throw invalid("the first argument is no client", "pass what `createClient` gave");
  return door;
}
