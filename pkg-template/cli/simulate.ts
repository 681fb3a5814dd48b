// Serves a simulated tenant on this machine: `node simulate.mjs --port 4000 --devices 200 --speed 1`.

import { parseArgs } from "node:util";
import { createSimulator, type SimulatedTenant } from "nexthink-chatbot/simulator";
import { serveTenant } from "./tenant-server.ts";

const usage = `Serves a simulated Nexthink tenant on this machine.

  --port <number>      where it listens; default 4000, 0 takes any that is free
  --devices <number>   how many devices it has; default 200
  --seed <number>      another seed, another fleet; default 1
  --speed <number>     how much faster than ours its time passes; default 1
`;

await main();

async function main(): Promise<void> {
  try {
    const options = readOptions();
    if (!options) return void process.stdout.write(usage);
    const { port, ...tenantOptions } = options;
    const tenant = createSimulator(tenantOptions);
    const { url } = await serveTenant(tenant, { port });
    process.stdout.write(`${described(tenant, url)}\n\nServing at ${url}; Ctrl+C ends it.\n`);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exitCode = 1;
  }
}

function readOptions(): { port: number; devices: number; seed: number; speed: number } | undefined {
  const text = (value: string) => ({ type: "string", default: value }) as const;
  const { values } = parseArgs({
    options: {
      port: text("4000"),
      devices: text("200"),
      seed: text("1"),
      speed: text("1"),
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return undefined;
  return {
    port: whole("port", values.port, 65_535),
    devices: whole("devices", values.devices, 1_000_000),
    seed: whole("seed", values.seed, Number.MAX_SAFE_INTEGER),
    speed: positive("speed", values.speed),
  };
}

function whole(name: string, text: string, last: number): number {
  const number = Number(text);
  if (text.trim() === "" || !Number.isInteger(number) || number < 0 || number > last) {
    throw new Error(`--${name} takes a whole number from 0 to ${last}, not ${text}`);
  }
  return number;
}

function positive(name: string, text: string): number {
  const number = Number(text);
  // Served to others, time has to pass by itself: without it no remote action would end.
  if (!Number.isFinite(number) || number <= 0) throw new Error(`--${name} takes a number above 0, not ${text}`);
  return number;
}

function described(tenant: SimulatedTenant, url: string): string {
  const { instance, region, credentials } = tenant;
  const environment = {
    NEXTHINK_INSTANCE: instance,
    NEXTHINK_REGION: region,
    NEXTHINK_CLIENT_ID: credentials.clientId,
    NEXTHINK_CLIENT_SECRET: credentials.clientSecret,
    NEXTHINK_API_URL: url,
    NEXTHINK_TOKEN_URL: `${url}/oauth2/default/v1/token`,
  };
  const scenarios = tenant.employees.filter(({ isScenario }) => isScenario);
  const width = Math.max(...scenarios.map(({ username }) => username.length));
  return [
    "Variables for clients (the secret is good for this tenant only):",
    ...Object.entries(environment).map(([name, value]) => `  export ${name}=${value}`),
    "",
    "Employees worth trying, and what is wrong:",
    ...scenarios.map(({ username, scenario }) => `  ${username.padEnd(width)}  ${scenario}`),
  ].join("\n");
}
