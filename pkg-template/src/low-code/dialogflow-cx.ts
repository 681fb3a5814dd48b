// Dialogflow CX: the request and the answer of a webhook. The state and the choices lie in session parameters, which come
// back with the next request; choices are shown as chips, whose words come back as text.
// https://cloud.google.com/dialogflow/cx/docs/reference/rest/v3/WebhookRequest

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

/** What of a `WebhookRequest` is read. */
export interface DialogflowCxRequest {
  readonly text?: string;
  readonly transcript?: string;
  readonly languageCode?: string;
  readonly payload?: unknown;
  readonly sessionInfo?: { readonly parameters?: unknown };
}

/** A `WebhookResponse`. */
export interface DialogflowCxResponse {
  fulfillmentResponse: {
    messages: ({ text: { text: [string] } } | { payload: { richContent: [[DialogflowCxChips]] } })[];
    mergeBehavior: "REPLACE";
  };
  sessionInfo: { parameters: Record<string, string | number | null> };
}

/** What Dialogflow Messenger shows as chips. */
export interface DialogflowCxChips {
  type: "chips";
  options: { text: string }[];
}

/** Dialogflow waits 5 seconds, unless a webhook is set to more. */
const budgetMs = 4_000;

/**
 * What a webhook request says. `employee` is `payload.employee` of the query parameters: it is to be trusted where your own
 * server calls `detectIntent`, and not where a page does.
 */
export function fromDialogflowCx<State = unknown>(request: DialogflowCxRequest): Incoming<State> {
  const parameters = field(request, "sessionInfo", "parameters");
  const text = textOf(field(request, "text")) ?? textOf(field(request, "transcript"));
  const state = stateOf<State>(field(parameters, "nexthink_state"));
  const employee = employeeOf(field(request, "payload", "employee"));
  const locale = textOf(field(request, "languageCode"));
  const choice = text && textOf(field(stateOf(field(parameters, "nexthink_choices")), text.trim()));
  return {
    ...(employee && { employee }),
    ...(text !== undefined && { reply: choice ? { choice } : { text } }),
    ...(state !== undefined && { state }),
    ...(locale !== undefined && { locale }),
    budgetMs,
  };
}

/**
 * A turn as the answer of a webhook. For the conditions of routes there are `$session.params.nexthink_status`, and
 * `nexthink_resume_after_ms` where an event should call the webhook again.
 */
export function toDialogflowCx(turn: SpokenTurn): DialogflowCxResponse {
  const choices = choicesIn(turn);
  const chips: DialogflowCxChips = { type: "chips", options: choices.map(({ label }) => ({ text: label })) };
  const isOver = ["solved", "escalated", "ended"].includes(turn.status) && choices.length === 0;
  return {
    fulfillmentResponse: {
      messages: [
        ...turn.messages.map((message): { text: { text: [string] } } => ({ text: { text: [saidIn(message)] } })),
        ...(choices.length > 0 ? [{ payload: { richContent: [[chips]] as [[DialogflowCxChips]] } }] : []),
      ],
      mergeBehavior: "REPLACE",
    },
    sessionInfo: {
      // Null takes a parameter away.
      parameters: {
        nexthink_state: isOver ? null : stateText(turn.state),
        nexthink_choices: choices.length > 0 ? JSON.stringify(idsByLabel(choices)) : null,
        nexthink_status: turn.status,
        nexthink_resume_after_ms: turn.resumeAfterMs ?? null,
      },
    },
  };
}

function idsByLabel(choices: readonly { id: string; label: string }[]): Record<string, string> {
  return Object.fromEntries(choices.map(({ id, label }) => [label, id]));
}
