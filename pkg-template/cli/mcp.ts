// `nexthink-chatbot mcp`: the tools of this package as a server of the Model Context Protocol, for an assistant that
// starts it (stdio) or that reaches it (HTTP). Whoever uses the assistant is asked before anything is triggered.

import { parseArgs } from "node:util";
import { administrationHelp, administrationOptions } from "./administration.ts";
import { tenantVariables } from "./environment.ts";
import { type EmployeeSource, employeeFromHeader, fixedEmployee } from "./mcp/employee.ts";
import { httpSetting, serveHttp } from "./mcp/http.ts";
import { serveStdio } from "./mcp/stdio.ts";
import { type McpTenant, mcpTenant } from "./mcp/tenant.ts";
import { messageOf, wrongCall } from "./wrong-call.ts";

const help = `A server of the Model Context Protocol: an assistant finds out with it what is
wrong with an employee's device, and repairs it. Whoever sits before the
assistant is asked first, by the protocol's elicitation; an assistant that has
none can only diagnose.

  --employee NAME     whose devices: a username, or upn:…, email:…, sid:…
                      Also NEXTHINK_EMPLOYEE; in the simulated tenant: qroux
${administrationHelp}
  --help              this text

It speaks over its input and output, as assistants on this machine want it, or:

  --http [HOST:PORT]  over HTTP, at /mcp; by default at 127.0.0.1:4100; port 0
                      takes any that is free. Elsewhere, put TLS before it
  --employee-header HEADER
                      each session's employee comes from a header: a username,
                      or upn:HEADER, email:HEADER, sid:HEADER. Only behind a
                      proxy that authenticates people and sets it itself
  --allow-host NAME   a name by which it may be reached, besides HOST and those
                      of this machine; any number of times
  --no-key            whoever can reach it may use it; on this machine only

Over HTTP, NEXTHINK_MCP_KEY is the bearer key that clients send. On this machine
one is made where none is set.

A real tenant: set ${tenantVariables.slice(0, 2).join(", ")},
${tenantVariables.slice(2).join(" and ")}; if needed also NEXTHINK_API_URL
and NEXTHINK_TOKEN_URL. Without them it is the simulated one.`;

/** @returns the exit code: 0 once it was told to stop, 1 where it cannot serve, 2 for a wrong call */
export async function mcp(args: string[]): Promise<number> {
  let setting: Setting | undefined;
  try {
    setting = readSetting(args);
  } catch (error) {
    return wrongCall(`${messageOf(error)} (--help tells more)`);
  }
  if (!setting) {
    console.log(help);
    return 0;
  }
  const { tenant, employees, http } = setting;
  try {
    await (http ? serveHttp(tenant, employees, http) : serveStdio(tenant, employees));
    return 0;
  } catch (error) {
    console.error(`error: ${messageOf(error)}`);
    return 1;
  }
}

interface Setting {
  tenant: McpTenant;
  employees: EmployeeSource;
  http?: ReturnType<typeof httpSetting>;
}

/** @returns nothing where help is asked for @throws Error for what cannot be meant */
function readSetting(args: string[]): Setting | undefined {
  const text = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  const { values } = parseArgs({
    args: withOptionalAddress(args),
    options: {
      ...administrationOptions,
      employee: text,
      http: text,
      "employee-header": text,
      "allow-host": { type: "string", multiple: true, default: [] },
      "no-key": flag,
      help: { ...flag, short: "h" },
    },
  });
  if (values.help) return undefined;
  const { employee, http: address, "employee-header": header, "allow-host": names, "no-key": open } = values;
  const ofHttp = { "employee-header": header !== undefined, "allow-host": names.length > 0, "no-key": open };
  const [stray] = Object.entries(ofHttp).find(([, isGiven]) => isGiven) ?? [];
  if (address === undefined && stray !== undefined) throw new Error(`--${stray} goes with --http`);
  if (header !== undefined && employee !== undefined) throw new Error("--employee or --employee-header, not both");
  // Whoever sends the header is believed: that must be the proxy alone.
  if (header !== undefined && open) throw new Error("--employee-header needs a key: leave --no-key out");
  const tenant = mcpTenant(values, process.env);
  const employees =
    header === undefined
      ? fixedEmployee(employee ?? (process.env.NEXTHINK_EMPLOYEE || undefined), tenant)
      : employeeFromHeader(header);
  if (address === undefined) return { tenant, employees };
  return { tenant, employees, http: httpSetting({ address, names, open, key: process.env.NEXTHINK_MCP_KEY }) };
}

/** `--http` alone is enough; `parseArgs` knows no options that may have a value. */
function withOptionalAddress(args: string[]): string[] {
  return args.map((arg, at) => (arg === "--http" && /^(?:-|$)/.test(args[at + 1] ?? "") ? "--http=4100" : arg));
}
