// A simulated tenant behind a local HTTP server, for a program in a process of its own. The test turns its clock, counts
// what was triggered and gives a device another name.

import { createServer } from "node:http";
import { createSimulator } from "nexthink-chatbot/simulator";
import { renamed } from "./renamed-device.mjs";

/**
 * @param {import("node:test").TestContext} context at whose end the server closes
 * @param {{ name?: string, keepAliveMs?: number }} [options] the name that AMARTIN-LT has instead; how long a connection
 * may be idle
 */
export async function tenantOverHttp(context, { name, keepAliveMs: keepAliveTimeout = 5_000 } = {}) {
  const tenant = createSimulator();
  const fetch = name === undefined ? tenant.fetch : renamed(tenant.fetch, "AMARTIN-LT", name);
  const server = createServer({ keepAliveTimeout }, async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method, headers, url } = request;
    const answered = await fetch(`http://127.0.0.1${url}`, { method, headers, body: Buffer.concat(chunks).toString() });
    response.writeHead(answered.status, [...answered.headers].flat());
    response.end(await answered.text());
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  context.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const url = `http://127.0.0.1:${server.address().port}`;
  return {
    /** The tenant, as the environment names it. */
    variables: {
      NEXTHINK_INSTANCE: tenant.instance,
      NEXTHINK_REGION: tenant.region,
      NEXTHINK_CLIENT_ID: tenant.credentials.clientId,
      NEXTHINK_CLIENT_SECRET: tenant.credentials.clientSecret,
      NEXTHINK_API_URL: url,
      NEXTHINK_TOKEN_URL: `${url}/oauth2/default/v1/token`,
    },
    /** Lets the tenant's time pass, by a few seconds. */
    pass: (milliseconds = 5_000) => tenant.advance(milliseconds),
    /** How many requests to trigger a remote action there were. */
    triggers: () => tenant.requests.filter(({ path }) => path.endsWith("/act/execute")).length,
  };
}
