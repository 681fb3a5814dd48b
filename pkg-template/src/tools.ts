// The tools of a language model: the six steps under short IDs, with a person's consent outside the model.

import type { Playbook } from "./generated/types.ts";
import { builtInPlaybooks } from "./playbook-summaries.ts";
import { checkProgress } from "./tools/check-progress.ts";
import { diagnoseDevice } from "./tools/diagnose-device.ts";
import { escalate } from "./tools/escalate.ts";
import { identifyDevices } from "./tools/identify-devices.ts";
import { proposeRemediation } from "./tools/propose-remediation.ts";
import { remediate } from "./tools/remediate.ts";
import { type Choosable, type Steps, ToolSession } from "./tools/session.ts";
import type { Tool, ToolsOptions } from "./tools/types.ts";

export type { DataFromDevice } from "./tools/data-from-device.ts";
export type { ToolFailure } from "./tools/failure.ts";
export type { ToolInputSchema, ToolPropertySchema } from "./tools/schema.ts";
export type {
  Approve,
  ProposalToApprove,
  Tool,
  ToolAnnotations,
  ToolAnswer,
  ToolApproval,
  ToolCallOptions,
  ToolName,
  ToolsOptions,
} from "./tools/types.ts";

/** What of a client the tools have to know. */
export interface ToolsSetting {
  /** The client's own playbooks. */
  playbooks: readonly Playbook[];
  /** The client's language. */
  locale: string | undefined;
  /** The client's clock, in milliseconds since 1970-01-01 UTC. */
  now: () => number;
}

/** The tools of one conversation. */
export function toolsOf(steps: Steps, setting: ToolsSetting, options: ToolsOptions): Tool[] {
  const session = new ToolSession(steps, setting.now, choosable(setting), options);
  const strict = options.strict === true;
  return [identifyDevices, diagnoseDevice, proposeRemediation, remediate, checkProgress, escalate].map((tool) =>
    tool(session, strict),
  );
}

/** The client's own playbooks, and the built-in ones that none of them replaces. */
function choosable({ playbooks, locale = "en" }: ToolsSetting): Choosable[] {
  const all = [...playbooks, ...builtInPlaybooks().filter(({ id }) => !playbooks.some((own) => own.id === id))];
  const [language = "en"] = locale.split("-");
  return all.map(({ id, title }) => ({ id, title: title[locale] ?? title[language] ?? title.en ?? id }));
}
