// By which of an employee's identifiers they are looked up: queries take one.

import type { PersonalIdentity } from "./client.ts";
import { invalid } from "./errors.ts";
import type { Employee } from "./generated/types.ts";

/** The first that there is. @throws NexthinkError of kind `invalid` where there is none */
export function identityOf(employee: Employee | null | undefined): PersonalIdentity {
  const { username, upn, email, sid } = employee ?? {};
  if (username) return { username };
  if (upn) return { upn };
  if (email) return { email };
  if (sid) return { sid };
  throw invalid(
    "`employee` has no identifier",
    "give username, upn, email or sid, as your chatbot has authenticated them",
  );
}
