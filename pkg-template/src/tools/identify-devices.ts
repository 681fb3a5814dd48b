// `identify_devices`: which devices the employee has.

import type { Device } from "../generated/types.ts";
import { dataFromDevice } from "./data-from-device.ts";
import { defineTool } from "./define.ts";
import type { ToolSession } from "./session.ts";
import type { Tool } from "./types.ts";

export function identifyDevices(session: ToolSession, strict: boolean): Tool {
  return defineTool(session, strict, {
    name: "identify_devices",
    description:
      "Lists the devices of the employee you are talking with, most recently used first. Call it when the employee " +
      "reports trouble with a computer, before anything else. It takes no input: who the employee is, is known. With " +
      "several devices, ask the employee which one it is about. Next: diagnose_device.",
    fields: {},
    annotations: { title: "Identify devices" },
    async run(_, { signal }) {
      const { devices, others } = await session.identify(signal);
      return {
        deviceIds: devices.map(([id]) => id),
        ...(others > 0 && { notShown: others }),
        next: next(devices.length),
        dataFromDevice: dataFromDevice(Object.fromEntries(devices.map(([id, device]) => [id, factsOf(device)]))),
      };
    },
  });
}

/** What tells one device from another for a person. */
export function factsOf({ name, type, manufacturer, operatingSystem, lastSeen }: Device): object {
  return { name, type, manufacturer, operatingSystem, lastSeen };
}

function next(count: number): string {
  if (count === 0) return "No device of this employee is known. Say so, and offer escalate.";
  if (count === 1) return "Call diagnose_device with the playbook that fits the trouble.";
  return "Ask the employee which device it is about, then call diagnose_device with its ID.";
}
