// `escalate`: the page for the service desk.

import { invalid } from "../errors.ts";
import { pageFromDevice } from "./data-from-device.ts";
import { defineTool } from "./define.ts";
import type { ToolSession } from "./session.ts";
import type { Tool } from "./types.ts";

export function escalate(session: ToolSession, strict: boolean): Tool {
  return defineTool(session, strict, {
    name: "escalate",
    description:
      "Writes the page that the service desk needs: who, which device, what was found, what was tried and how it ended. " +
      "Sends it to nobody: never say that a ticket was opened or that somebody was told. Call it when the employee wants a " +
      "person, when nothing was found or is known, or when a repair did not help.",
    fields: {
      symptoms: {
        description: "The trouble in the employee's own words, as they have written it.",
        optional: true,
        longest: 2_000,
      },
    },
    annotations: { title: "Escalate" },
    async run({ symptoms }) {
      const { employee } = session;
      const runs = session.runs.values().map(({ run }) => run);
      const diagnoses = session.diagnoses.values();
      if (symptoms === undefined && runs.length === 0 && diagnoses.length === 0) {
        throw invalid(
          "there is nothing to tell the service desk yet",
          "call again with the employee's words as `symptoms`",
        );
      }
      const page = session.steps.escalation(runs, {
        format: "text",
        employee,
        symptoms,
        diagnoses,
      });
      return {
        sent: false,
        next: "Nothing was sent. Give the employee this page for the service desk, or let them know that it is ready.",
        dataFromDevice: pageFromDevice(page),
      };
    },
  });
}
