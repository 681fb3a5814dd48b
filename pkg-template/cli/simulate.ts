// `nexthink-chatbot simulate`: serves a simulated tenant on this machine, until it is told to stop.

import { parseArgs } from "node:util";
import { createSimulator, type Fault, type SimulatedTenant } from "nexthink-chatbot/simulator";
import { cannotListen } from "./listening.ts";
import { portOf, positive, whole } from "./number-options.ts";
import { faultForms, readFault } from "./simulate/fault-forms.ts";
import { summary } from "./simulate/summary.ts";
import { readWebhook, sendDeliveries } from "./simulate/webhooks.ts";
import { serveTenant } from "./tenant-server.ts";
import { toldToStop } from "./told-to-stop.ts";
import { messageOf, wrongCall } from "./wrong-call.ts";

const usage = `Serves a simulated Nexthink tenant on this machine.

  --port <number>      where it listens; default 4000, 0 takes any that is free
  --devices <number>   how many devices it has; default 200
  --seed <number>      another seed, another fleet; default 1
  --speed <number>     how much faster than ours its time passes; default 1
  --fault <form>       what goes wrong with a share of the requests; any number of times
  --webhook <file>     a webhook as JSON, whose deliveries are sent for real; any number of times
  --all                lists all employees and what is wrong with their devices
  --help               this text

The forms of --fault:
${faultForms}
`;

interface Options {
  port: number;
  devices: number;
  seed: number;
  speed: number;
  faults: Fault[];
  /** The faults as they were asked for. */
  forms: string[];
  /** The files of the webhooks. */
  webhooks: string[];
  all: boolean;
}

/** @returns the exit code: 0 once it was told to stop, 1 where it cannot serve, 2 for a wrong call */
export async function simulate(args: string[]): Promise<number> {
  let options: Options | undefined;
  try {
    options = readOptions(args);
  } catch (error) {
    return wrongCall(`${messageOf(error)} (--help tells more)`);
  }
  if (!options) {
    process.stdout.write(usage);
    return 0;
  }
  const { port, devices, seed, speed, faults, forms, webhooks, all } = options;
  let tenant: SimulatedTenant;
  try {
    tenant = createSimulator({ devices, seed, speed, faults });
    for (const file of webhooks) addWebhook(tenant, file);
  } catch (error) {
    return wrongCall(messageOf(error));
  }
  try {
    const server = await serveTenant(tenant, { port });
    const { url } = server;
    process.stdout.write(
      `${summary(tenant, { url, speed, faults: forms, all })}\n\nServing at ${url}; Ctrl+C ends it.\n`,
    );
    const stopSending = sendDeliveries(tenant, (line) => process.stdout.write(`${line}\n`));
    await toldToStop();
    stopSending();
    await server.close();
    process.stdout.write("\nStopped.\n");
    return 0;
  } catch (error) {
    console.error(`error: ${messageOf(cannotListen(error, port, "--port"))}`);
    return 1;
  }
}

function addWebhook(tenant: SimulatedTenant, file: string): void {
  const webhook = readWebhook(file);
  try {
    tenant.addWebhook(webhook);
  } catch (error) {
    throw new Error(`--webhook ${file}: ${messageOf(error)}`);
  }
}

function readOptions(args: string[]): Options | undefined {
  const text = (value: string) => ({ type: "string", default: value }) as const;
  const flag = { type: "boolean", default: false } as const;
  const { values } = parseArgs({
    args,
    options: {
      port: text("4000"),
      devices: text("200"),
      seed: text("1"),
      speed: text("1"),
      fault: { type: "string", multiple: true, default: [] },
      webhook: { type: "string", multiple: true, default: [] },
      all: flag,
      help: { ...flag, short: "h" },
    },
  });
  if (values.help) return undefined;
  // Served to others, time has to pass by itself: faster than anything it would not, and no remote action would end.
  const speed = positive("speed", values.speed);
  return {
    port: portOf(values.port),
    devices: whole("devices", values.devices, 1_000_000),
    seed: whole("seed", values.seed, Number.MAX_SAFE_INTEGER),
    speed,
    faults: values.fault.map((form) => readFault(form, speed)),
    forms: values.fault,
    webhooks: values.webhook,
    all: values.all,
  };
}
