// What the user of a client is asked before something is triggered on their device: plain text, which many clients show
// as Markdown. What came from a device or a model cannot shape it.

import { shortText, withoutUnseen } from "../tools/data-from-device.ts";
import type { ProposalToApprove } from "../tools/types.ts";

/** What is to be agreed to. Its texts are harmless: one line, of a bounded length, no markup and no link. */
export interface ElicitationSubject {
  /** The remote action's name. */
  title: string;
  /** The device's name. */
  device: string;
  /** Why. */
  reason: string;
  /** The script's inputs. */
  inputs: { name: string; value: string }[];
  /** How long it usually takes. */
  expectedSeconds?: number;
}

/** The questions of `approveByElicitation`, in words. */
export interface ElicitationWords {
  /** The question itself: what, on which device, why. */
  question(subject: ElicitationSubject): string;
  /** The second question, before a disruptive remote action. */
  confirmation(subject: ElicitationSubject): string;
  /** What the user ticks to agree. */
  yes: string;
  /** What the user ticks to agree a second time. */
  yesNow: string;
}

/** In English. */
export const elicitationWords: ElicitationWords = {
  question({ title, device, reason, inputs, expectedSeconds }) {
    const given = inputs.map(({ name, value }) => `${name} = ${value}`).join("; ");
    return [
      `May I run “${title}” on your device “${device}”?`,
      ...(reason ? [`Why: ${reason}.`] : []),
      ...(given ? [`With: ${given}.`] : []),
      ...(expectedSeconds === undefined ? [] : [`It usually takes about ${expectedSeconds} seconds.`]),
    ].join("\n");
  },
  confirmation: ({ title, device }) =>
    `“${title}” interrupts your work on “${device}”. Save what is open first. Run it now?`,
  yes: "Yes, run it",
  yesNow: "Yes, everything is saved",
};

/** A proposal as it can be shown. */
export function subjectOf({ title, device, reason, params, expectedSeconds }: ProposalToApprove): ElicitationSubject {
  return {
    title: plain(title),
    device: plain(device.name),
    reason: plain(reason),
    inputs: Object.entries(params).map(([name, value]) => ({ name: plain(name), value: plain(value) })),
    ...(expectedSeconds !== undefined && { expectedSeconds }),
  };
}

/** How much of a text is shown, in characters. */
const longest = 200;

/** Without what is not seen, and what makes Markdown, HTML or a link of it. */
function plain(text: string): string {
  // First what is not seen: it could keep the rest from being found.
  const line = withoutUnseen(text)
    .replace(/[<[{]/g, "(")
    .replace(/[>\]}]/g, ")")
    .replace(/[“”„"`]/g, "'")
    .replace(/[*~#|\\]|:\/\/|(?<=www)\./gi, " ")
    .replace(/\s+/g, " ")
    .trim();
  return shortText(line, longest);
}
