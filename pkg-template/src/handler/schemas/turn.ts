// A turn of the conversation, as the door gives it.

import type { Turn, TurnChoice, TurnMessage } from "../../generated/conversation.ts";
import type { Schema } from "../schema.ts";
import { anything, listOf, named, optional, record, sealedPattern, text, wordOf } from "./record.ts";

/** A turn whose state is a text, and beside its data what a platform shows. */
export type HandedTurn = Omit<Turn, "state"> & { state: string; rendered?: unknown };

export const turnSchemas: Record<string, Schema> = {
  TurnChoice: record<TurnChoice>("Something to choose.", {
    id: text("What to send as `choice`. It belongs to this turn.", "Choice"),
    label: text("What a button says.", "Label"),
    style: optional(wordOf(["primary", "danger"], "How it looks, where it is not one among equals.")),
  }),
  TurnMessage: record<TurnMessage>("Something said.", {
    text: text("What is said; no markup.", "Text"),
    items: listOf(text("A detail."), "Details, one per line of a list."),
    kind: wordOf(["statement", "question", "success", "warning"], "What kind of message it is."),
    choices: listOf(named("TurnChoice"), "What the employee can choose from."),
  }),
  Turn: record<HandedTurn>("What to say to the employee, and what to wait for.", {
    messages: listOf(named("TurnMessage"), "What is said, in this order."),
    state: {
      type: "string",
      title: "State",
      description: "Keep it, and send it with the next request; no other process or person should have it.",
      pattern: sealedPattern,
      "x-ms-visibility": "important",
    },
    status: wordOf(
      [
        ...["choosing-device", "diagnosing", "awaiting-consent", "remediating"],
        ...["confirming", "solved", "escalated", "ended"],
      ],
      "Where the conversation stands; the last three are ends.",
    ),
    expects: wordOf(["text", "choice", "nothing"], "What the employee is to do."),
    resumeAfterMs: optional({
      type: "integer",
      title: "Resume after milliseconds",
      description: "After how many milliseconds to call ResumeConversation; 0: at once.",
      minimum: 0,
    }),
    escalation: optional(named("Escalation")),
    locale: text("The language of the messages.", "Locale"),
    rendered: optional(anything("The turn in the `format` that was asked for: a text, a card or blocks.")),
  }),
};
