// Who it is about: whom the host knows, and, only where it trusts its callers, whom they name.

import type { Employee } from "../generated/types.ts";
import type { Operation } from "./operation.ts";
import type { HandlerOptions } from "./options.ts";
import { Refusal } from "./problem.ts";
import type { HandlerRequest } from "./request.ts";
import type { Schema } from "./schema.ts";
import { runSchemas } from "./schemas/run.ts";

const identifiers = ["username", "upn", "email", "sid"] as const;

/** An operation that also takes `employee`, where the host trusts its callers and it is about one. */
export function withEmployee(operation: Operation, trustCaller: boolean): Operation {
  const { takes, isPersonal } = operation;
  if (!trustCaller || !isPersonal || !takes) return operation;
  return { ...operation, takes: { ...takes, properties: { ...takes.properties, employee } } };
}

/** NQL reads `*` and `?` as wildcards: such an identifier would be that of several. */
const text: Schema = { type: "string", minLength: 1, maxLength: 256, pattern: "^[^*?]+$" };

const employee: Schema = {
  type: "object",
  title: "Employee",
  description: "Who is asking, as your platform has authenticated them: at least one identifier.",
  properties: Object.fromEntries(
    Object.entries(runSchemas.Employee?.properties ?? {}).map(([name, field]) => [name, { ...field, ...text }]),
  ),
  additionalProperties: false,
};

/**
 * Whom the host knows; nothing where it knows nobody.
 *
 * @throws Refusal of kind `unauthorized` where the host's own function throws: what it says is for the host alone
 */
export async function knownEmployee<Incoming extends HandlerRequest, Answer>(
  { employee }: HandlerOptions<Incoming, Answer>,
  request: Incoming,
  tell: (thrown: unknown) => void,
): Promise<Employee | undefined> {
  try {
    return identified(await employee?.(request));
  } catch (thrown) {
    tell(thrown);
    throw new Refusal("unauthorized", "the employee could not be authenticated", "sign the employee in again");
  }
}

/** The body without `employee`, and who that is. */
export function trustedEmployee(
  body: Readonly<Record<string, unknown>>,
  isTrusted: boolean,
): [Readonly<Record<string, unknown>>, Employee | undefined] {
  if (!isTrusted || body.employee === undefined) return [body, undefined];
  const { employee, ...rest } = body;
  return [rest, identified(employee as Employee)];
}

/** The identifiers of whom a host calls an employee: it may tell more of them than is wanted here. */
function identified(answer: Employee | null | undefined): Employee | undefined {
  const found: Employee = {};
  for (const name of identifiers) {
    const identifier = answer?.[name];
    if (typeof identifier === "string" && identifier !== "") found[name] = identifier;
  }
  return Object.keys(found).length > 0 ? found : undefined;
}
