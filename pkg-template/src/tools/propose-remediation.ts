// `propose_remediation`: what the employee could agree to, under an ID. The token stays here.

import { dataFromDevice } from "./data-from-device.ts";
import { defineTool } from "./define.ts";
import { notKnown } from "./failure.ts";
import { deviceField, playbookField } from "./fields.ts";
import type { ToolSession } from "./session.ts";
import type { Tool } from "./types.ts";

export function proposeRemediation(session: ToolSession, strict: boolean): Tool {
  return defineTool(session, strict, {
    name: "propose_remediation",
    description:
      "Prepares one repair that diagnose_device has recommended, and tells what it does, how risky it is and how long it " +
      "takes. Triggers nothing. Tell the employee what would be done, in plain words and with the risk (disruptive: their " +
      "work is interrupted); propose one repair at a time. Next, if the employee wants it: remediate with the proposalId " +
      "before expiresAt.",
    fields: {
      playbook: playbookField(session),
      rule: { description: "The rule of a recommendation of kind remote-action, from diagnose_device." },
      deviceId: deviceField,
    },
    annotations: { title: "Propose a remediation", idempotentHint: false },
    async run({ playbook, rule, deviceId }, { signal }) {
      const [id] = await session.device(deviceId, signal);
      const diagnosis = session.diagnosis(id, playbook);
      if (!diagnosis) throw notKnown("diagnosis", "call diagnose_device with this playbook and device first");
      const recommendation = diagnosis.recommendations.find((one) => one.rule === rule);
      if (!recommendation) {
        throw notKnown("recommendation", "use the rule of a recommendation that diagnose_device has given");
      }
      const { employee, reference } = session;
      const proposal = session.steps.propose(diagnosis, recommendation, { employee, reference });
      session.proposals.set(proposal.id, { proposal, recommendation, diagnosis, deviceId: id });
      const { title, risk, expectedSeconds, expiresAt, device, reason, params } = proposal;
      const { description } = recommendation as { description?: string };
      return {
        proposalId: proposal.id,
        deviceId: id,
        title,
        risk,
        expectedSeconds,
        expiresAt,
        triggered: false,
        next:
          "Nothing has been triggered. Tell the employee what this would do and why; if they want it, call remediate " +
          "with this proposalId. They are asked for their consent outside of this conversation with you.",
        dataFromDevice: dataFromDevice({ device: device.name, whatItDoes: description, reason, inputs: params }),
      };
    },
  });
}
