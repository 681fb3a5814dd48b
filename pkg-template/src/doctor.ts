// The doctor: asks the tenant what the authoring module wants to know, and gives its report. What is asked and what the
// answers mean is the module's affair.

import { askAuthoring } from "./authoring-call.ts";
import type { Call } from "./call.ts";
import { conduct } from "./conduct.ts";
import { NexthinkError } from "./errors.ts";
import type { DoctorCase, DoctorProbe, DoctorReport } from "./generated/tenant.ts";
import { load } from "./modules.ts";
import type { CallOptions } from "./options.ts";

/** What does not change from one examination of a client to the next. */
export type DoctorSetting = Pick<DoctorCase, "playbooks" | "settings">;

/**
 * Examines the tenant of a client.
 *
 * @param now the client's clock, in milliseconds since 1970-01-01 UTC
 */
export async function examine(
  call: Call,
  now: () => number,
  examined: DoctorCase,
  options: CallOptions | undefined,
): Promise<DoctorReport> {
  // What is wrong with them is the caller's fault, and no finding.
  conduct(options);
  const [module] = await Promise.all([import("./authoring.ts"), load("authoring")]);
  const time = () => new Date(now()).toISOString();
  const outcomes: object[] = [];
  const make = async ({ id, operation, input }: DoctorProbe) => {
    const outcome = await call(operation, input, options).then(
      (output) => ({ output }),
      (error: unknown) => ({ error: told(error) }),
    );
    return { id, ...outcome, at: time() };
  };
  for (;;) {
    const probes = askAuthoring<DoctorProbe[]>(module, "doctorProbes", { case: examined, outcomes });
    if (probes.length === 0) break;
    outcomes.push(...(await Promise.all(probes.map(make))));
  }
  return askAuthoring(module, "doctorReport", { case: examined, outcomes, now: time() });
}

/** What failed of itself is a finding; what the caller has ended is none. */
function told(error: unknown): object {
  if (!NexthinkError.is(error) || error.kind === "aborted" || error.kind === "internal") throw error;
  return error.toJSON();
}
