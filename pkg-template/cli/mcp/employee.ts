// Whose devices a session is about. It is never the model that says so, nor the client's user: it is whoever starts the
// server, or a proxy in front of it.

import type { IncomingMessage } from "node:http";
import type { Employee } from "nexthink-chatbot";
import type { McpTenant } from "./tenant.ts";

/** Where the employee comes from. */
export interface EmployeeSource {
  /** For the log: who, or which header. */
  name: string;
  /** @param request none over stdio @throws Error where it names nobody */
  employeeOf(request?: IncomingMessage): Employee;
}

const kinds = ["username", "upn", "email", "sid"] as const;

/** The same employee for everybody. @throws Error where there is none, or none of that name */
export function fixedEmployee(text: string | undefined, tenant: McpTenant): EmployeeSource {
  const { kind, value } = text === undefined ? { kind: "username" as const, value: undefined } : byKind(text);
  const employee = kind === "username" ? tenant.employee(value) : { [kind]: value };
  if (!employee && value === undefined) throw new Error("whose devices? Set --employee or NEXTHINK_EMPLOYEE");
  if (!employee) throw new Error(`${tenant.name} has no employee ${value}`);
  return { name: text ?? Object.values(employee).join(), employeeOf: () => employee };
}

/** The employee whom a header of each request names. @throws Error for what is no header's name */
export function employeeFromHeader(text: string): EmployeeSource {
  const { kind, value: header } = byKind(text);
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(header)) throw new Error(`--employee-header ${text} is no name of a header`);
  return {
    name: `as the header ${header} says`,
    employeeOf(request) {
      const [value = "", ...more] = request?.headersDistinct[header.toLowerCase()] ?? [];
      const name = utf8(value).trim();
      // Twice: once by the proxy, and once by whoever is not.
      if (more.length > 0 || name === "") throw new Error(`the header ${header} must be there once, with a name`);
      return { [kind]: name };
    },
  };
}

/** `upn:anna@acme.example`, or a username. */
function byKind(text: string): { kind: (typeof kinds)[number]; value: string } {
  const kind = kinds.find((one) => text.startsWith(`${one}:`));
  const value = (kind === undefined ? text : text.slice(kind.length + 1)).trim();
  if (value === "") throw new Error("an employee's name cannot be empty");
  return { kind: kind ?? "username", value };
}

/** Node gives headers byte by byte; proxies write names in UTF-8. */
function utf8(header: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(header, "latin1"));
  } catch {
    return header;
  }
}
