// The inputs that several tools take.

import type { Field } from "./schema.ts";
import type { ToolSession } from "./session.ts";

/** Which device; it can be left out where there is only one. */
export const deviceField = {
  description: "The device's ID from identify_devices. It can be left out where the employee has one device only.",
  optional: true,
} as const satisfies Field;

/** Which playbook: one of those that there are. */
export function playbookField({ playbooks }: ToolSession): Field & { optional?: never } {
  const titles = playbooks.map(({ id, title }) => `${id} (${title})`);
  return {
    description: `What to look for: ${titles.join(", ")}.`,
    oneOf: playbooks.map(({ id }) => id),
  };
}
