// Turns as the formats of platforms, and what those send back as replies. A file of its own in the package: who has a format
// of their own leaves it out.

import type { EmployeeReply } from "./assistant.ts";
import { conversation, startConversation } from "./conversation.ts";
import { encode } from "./encode.ts";
import type { Turn } from "./generated/conversation.ts";
import type { JsonValue } from "./generated/types.ts";
import { answerOf } from "./module-answer.ts";

/** A turn in Slack's Block Kit: the arguments of `chat.postMessage`, apart from where to. */
export interface BlockKitMessage {
  /** The blocks. */
  blocks: JsonValue[];
  /** What a notification shows. */
  text: string;
  /** False: `text` is no markup. */
  mrkdwn: boolean;
}

/** The formats of platforms. */
export type TurnFormat = "text" | "markdown" | "adaptive-card" | "block-kit";

/**
 * A turn as a platform shows it. What people and devices have supplied is no markup, no mention and no link in it.
 *
 * @returns `text`, `markdown`: a text, empty where nothing is said. `adaptive-card`: an Adaptive Card 1.5, the `content` of an
 * attachment, below 28 KB. `block-kit`: the arguments of Slack's `chat.postMessage`
 * @throws NexthinkError of kind `invalid` for what is no turn, or another format
 * @example
 * ```ts
 * const card = render(turn, "adaptive-card");
 * await context.sendActivity(MessageFactory.attachment(CardFactory.adaptiveCard(card)));
 * ```
 */
export function render(turn: Turn, format: "text" | "markdown"): string;
export function render(turn: Turn, format: "adaptive-card"): { [name: string]: JsonValue };
export function render(turn: Turn, format: "block-kit"): BlockKitMessage;
export function render(turn: Turn, format: TurnFormat): string | { [name: string]: JsonValue } | BlockKitMessage;
export function render(turn: Turn, format: TurnFormat): string | { [name: string]: JsonValue } | BlockKitMessage {
  return ask("render", { turn, format });
}

/**
 * What an employee has answered, of what the platform has sent.
 *
 * @param payload `text`, `markdown`: what was written. `adaptive-card`: the activity of the Bot Framework, or its `value`.
 * `block-kit`: the payload of a button or of an event, as Slack posts it
 * @returns what `reply` of an assistant takes
 * @throws NexthinkError of kind `invalid` where nothing was written or chosen
 */
export function readReply(format: TurnFormat, payload: unknown): EmployeeReply {
  return ask("readReply", { format, payload });
}

function ask<Answer>(name: "render" | "readReply", input: unknown): Answer {
  return answerOf(startConversation, () => conversation[name](encode(input)));
}
