// Rasa: what it asks of an action server, and what that answers. The state lies in a slot; a button sends an intent with
// the choice as an entity.
// https://rasa.com/docs/action-server/actions/

import {
  choicesIn,
  employeeOf,
  field,
  type Incoming,
  type SpokenTurn,
  saidIn,
  stateOf,
  stateText,
  textOf,
} from "./turn.ts";

/** What of Rasa's request is read. */
export interface RasaRequest {
  readonly next_action?: string;
  readonly sender_id?: string;
  readonly tracker?: {
    readonly slots?: unknown;
    readonly latest_message?: unknown;
  };
}

/** What Rasa is answered. */
export interface RasaResponse {
  responses: { text: string; buttons: { title: string; payload: string }[] }[];
  events: { event: "slot"; timestamp: null; name: string; value: string | number | null }[];
}

/** What of the assistant's domain is used. */
export interface RasaOptions {
  /** The intent that a button sends. Default: `nexthink_reply`. */
  intent?: string;
}

/** Rasa waits 10 seconds for an action server, unless it is told to wait longer. */
const budgetMs = 8_000;

const usualIntent = "nexthink_reply";

/**
 * What Rasa's request says. The domain needs the intent `nexthink_reply`, the entity `nexthink_choice`, and the slots
 * `nexthink_state`, `nexthink_status` (text) and `nexthink_resume_after_ms` (float), each with a mapping of type `custom` and
 * `influence_conversation: false`. `employee` is the slot `nexthink_employee` (any), an object with identifiers: let nothing
 * but your own channel or action fill it. A reminder, or `trigger_intent`, looks again.
 */
export function fromRasa<State = unknown>(request: RasaRequest, options: RasaOptions = {}): Incoming<State> {
  const slots = field(request, "tracker", "slots");
  const message = field(request, "tracker", "latest_message");
  // A reminder or `trigger_intent` speaks in the employee's place, `EXTERNAL: ` and the intent: they have said nothing.
  const isExternal = field(message, "metadata", "is_external") === true;
  const text = isExternal ? undefined : textOf(field(message, "text"));
  const state = stateOf<State>(field(slots, "nexthink_state"));
  const employee = employeeOf(field(slots, "nexthink_employee"));
  const choice = text && choiceOf(text, options.intent ?? usualIntent);
  return {
    ...(employee && { employee }),
    ...(text !== undefined && { reply: choice ? { choice } : { text } }),
    ...(state !== undefined && { state }),
    budgetMs,
  };
}

/** A turn as what Rasa says and remembers. */
export function toRasa(turn: SpokenTurn, options: RasaOptions = {}): RasaResponse {
  const intent = options.intent ?? usualIntent;
  const choices = choicesIn(turn);
  const isOver = ["solved", "escalated", "ended"].includes(turn.status) && choices.length === 0;
  const buttons = choices.map(({ id, label }) => ({
    title: label,
    payload: `/${intent}${JSON.stringify({ nexthink_choice: id })}`,
  }));
  const last = turn.messages.length - 1;
  return {
    // Buttons belong to a text, which is the last that is said.
    responses: turn.messages.map((message, at) => ({ text: saidIn(message), buttons: at === last ? buttons : [] })),
    events: [
      slot("nexthink_state", isOver ? null : stateText(turn.state)),
      slot("nexthink_status", turn.status),
      slot("nexthink_resume_after_ms", turn.resumeAfterMs ?? null),
    ],
  };
}

const slot = (name: string, value: string | number | null) => ({
  event: "slot" as const,
  timestamp: null,
  name,
  value,
});

/** The choice of a button's payload, `/intent{"nexthink_choice":"…"}`. */
function choiceOf(text: string, intent: string): string | undefined {
  const start = `/${intent}{`;
  if (!text.startsWith(start)) return undefined;
  return textOf(field(stateOf(text.slice(start.length - 1)), "nexthink_choice"));
}
