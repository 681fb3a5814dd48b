// `diagnose_device`: what a playbook says of a device.

import type { Diagnosis, Finding, Recommendation } from "../generated/types.ts";
import { dataFromDevice } from "./data-from-device.ts";
import { defineTool } from "./define.ts";
import { deviceField, playbookField } from "./fields.ts";
import type { ToolSession } from "./session.ts";
import type { Tool } from "./types.ts";

export function diagnoseDevice(session: ToolSession, strict: boolean): Tool {
  return defineTool(session, strict, {
    name: "diagnose_device",
    description:
      "Looks at what is known of a device and tells what is wrong, why, what is not known and what would help. Changes " +
      "nothing. Call it with the playbook that fits the employee's trouble; if none fits, do not guess: offer escalate. " +
      "A verdict is match (found), no-match (not found) or unknown; unknown is not healthy, say that it is not known. " +
      "Explain the matches in plain words. Next: propose_remediation with the first recommendation of kind " +
      "remote-action, or tell the employee the advice.",
    fields: { playbook: playbookField(session), deviceId: deviceField },
    annotations: { title: "Diagnose a device" },
    async run({ playbook, deviceId }, { signal }) {
      const [id, device] = await session.device(deviceId, signal);
      const diagnosis = await session.steps.diagnose(playbook, device, { signal });
      session.keepDiagnosis(id, diagnosis);
      const { applicable, diagnosedAt, findings, recommendations } = diagnosis;
      return {
        deviceId: id,
        playbook: diagnosis.playbook.id,
        applicable,
        diagnosedAt,
        findings: findings.map(({ rule, verdict }) => ({ rule, verdict })),
        notKnown: findings.flatMap(({ rule, missing }) =>
          missing.map(({ column, reason, suppliedBy }) => ({ rule, column, reason, suppliedBy: suppliedBy?.title })),
        ),
        recommendations: recommendations.map(recommended),
        next: next(diagnosis),
        dataFromDevice: dataFromDevice({
          device: device.name,
          reasons: textsOf(findings, ({ reason }) => reason),
          whatTheyDo: textsOf(recommendations, (one: Recommendation & { description?: string }) => one.description),
          advice: textsOf(recommendations, ({ kind, title }) => (kind === "advice" ? title : undefined)),
          measured: measured(findings),
        }),
      };
    },
  });
}

/** Advice is worded with what was measured on the device: its text is inside the fence. */
function recommended({ rule, kind, title, risk, expectedSeconds }: Recommendation): object {
  return kind === "advice" ? { rule, kind } : { rule, kind, title, risk, expectedSeconds };
}

function textsOf<T extends { rule: string }>(list: readonly T[], text: (one: T) => string | undefined): object {
  return Object.fromEntries(list.map((one) => [one.rule, text(one)]));
}

/** The facts that the conditions stand on, each once. */
function measured(findings: readonly Finding[]): object {
  const values = findings.flatMap(({ because }) => because.flatMap((part) => part.values));
  return Object.fromEntries(values.map(({ column, value, collectedAt }) => [column, { value, collectedAt }]));
}

function next({ applicable, findings, recommendations }: Diagnosis): string {
  if (!applicable) return "This playbook is not made for the platform of this device. Say so, and offer escalate.";
  const first = recommendations.find(({ kind }) => kind === "remote-action");
  if (first) {
    return (
      `To repair it, call propose_remediation with rule ${first.rule}. Nothing has been repaired yet. ` +
      "Advice, where there is some, is for the employee to follow."
    );
  }
  if (recommendations.length > 0) return "Nothing can be triggered for this: tell the employee the advice.";
  if (findings.some(({ verdict }) => verdict === "unknown")) {
    return "Nothing was found, but not everything is known: do not call the device healthy. Offer escalate.";
  }
  return "Nothing was found. Say so; if the trouble is still there, offer escalate.";
}
