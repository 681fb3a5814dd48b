// The server over its own input and output, for the one client that started it. The output is the protocol's: what a
// person may want to know goes to the error output, which clients keep as a log.

import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { toldToStop } from "../told-to-stop.ts";
import type { EmployeeSource } from "./employee.ts";
import { mcpServer } from "./server.ts";
import type { McpTenant } from "./tenant.ts";

/** Serves until the client has gone, or until it is told to stop. */
export async function serveStdio(tenant: McpTenant, employees: EmployeeSource): Promise<void> {
  const server = mcpServer(tenant.nexthink, employees.employeeOf());
  const clientGone = new Promise<void>((resolve) => {
    process.stdin.once("end", resolve);
    server.onclose = resolve;
  });
  await server.connect(new StdioServerTransport());
  console.error(`nexthink-chatbot mcp: ${tenant.name}, employee ${employees.name}; a client is to speak first`);
  await Promise.race([clientGone, toldToStop()]);
  await server.close();
}
