// Botpress: an action of an integration. `botpressAction(z)` is its definition, made with the kit's own `z`; what the
// implementation gets and gives, `fromBotpress` and `toBotpress` translate.
// https://botpress.com/docs/for-developers/sdk/integration/concepts

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

/** What the action takes. */
export interface BotpressInput {
  /** Who is asking: one identifier, as your bot has authenticated them. Needed at the beginning. */
  username?: string;
  upn?: string;
  email?: string;
  sid?: string;
  /** What the employee has written. */
  text?: string;
  /** Or the `value` of what they have chosen. */
  choice?: string;
  /** `state` of the last turn; nothing at the beginning. */
  state?: string;
}

/** What the action gives. */
export interface BotpressOutput {
  /** What is to be said, whole. */
  text: string;
  /** What can be chosen. */
  choices: { label: string; value: string }[];
  /** To be kept, and sent with the next reply; empty where the conversation is over. */
  state: string;
  /** Where the conversation stands. */
  status: string;
  /** After how many milliseconds to call again without a reply; -1 where there is nothing to wait for. */
  resumeAfterMs: number;
}

/** What of Botpress's `z` is used. */
export interface SchemaKit {
  object(shape: never): unknown;
  array(item: never): unknown;
  string(): unknown;
  number(): unknown;
}

/** Botpress gives an action a minute; nobody waits for an answer as long. */
const budgetMs = 10_000;

const inputs: Record<keyof BotpressInput, string> = {
  username: "Who is asking, by the name of the account",
  upn: "Who is asking, by the user principal name",
  email: "Who is asking, by the e-mail address",
  sid: "Who is asking, by the security identifier",
  text: "What the employee has written",
  choice: "Or the value of what they have chosen",
  state: "The state of the last turn; empty at the beginning",
};

/**
 * The definition of the action.
 *
 * @example
 * ```ts
 * import { IntegrationDefinition, z } from "@botpress/sdk";
 * export default new IntegrationDefinition({ name: "acme/nexthink", version: "1.0.0", actions: { converse: botpressAction(z) } });
 * // and its implementation:
 * converse: async ({ input }) => toBotpress(await converse(nexthink.assistant(), fromBotpress(input))),
 * ```
 */
export function botpressAction<Kit extends SchemaKit>(z: Kit) {
  const described = (schema: unknown, text: string) => (schema as Describable).describe(text);
  const optionalText = (text: string) => described((z.string() as Optional).optional(), text);
  const object = (shape: Record<string, unknown>) => z.object(shape as never) as ReturnType<Kit["object"]>;
  const choice = object({ label: z.string(), value: z.string() });
  return {
    title: "Converse about the employee's computer",
    description: "One turn of a conversation that finds out what is wrong with a device and repairs it with consent",
    input: {
      schema: object(Object.fromEntries(Object.entries(inputs).map(([name, text]) => [name, optionalText(text)]))),
    },
    output: {
      schema: object({
        text: described(z.string(), "What is to be said"),
        choices: described(z.array(choice as never), "What can be chosen"),
        state: described(z.string(), "Keep it, and send it with the next reply"),
        status: described(z.string(), "Where the conversation stands"),
        resumeAfterMs: described(z.number(), "When to call again without a reply, in milliseconds; -1 for never"),
      }),
    },
  };
}

/** What the action was given. */
export function fromBotpress<State = unknown>(input: BotpressInput): Incoming<State> {
  const text = textOf(field(input, "text"));
  const choice = textOf(field(input, "choice"));
  const state = stateOf<State>(field(input, "state"));
  const employee = employeeOf(input);
  return {
    ...(employee && { employee }),
    ...(choice !== undefined ? { reply: { choice } } : text !== undefined && { reply: { text } }),
    ...(state !== undefined && { state }),
    budgetMs,
  };
}

/** A turn as what the action gives. */
export function toBotpress(turn: SpokenTurn): BotpressOutput {
  const choices = choicesIn(turn);
  const isOver = ["solved", "escalated", "ended"].includes(turn.status) && choices.length === 0;
  return {
    text: turn.messages.map(saidIn).join("\n\n"),
    choices: choices.map(({ id, label }) => ({ label, value: id })),
    state: isOver ? "" : stateText(turn.state),
    status: turn.status,
    resumeAfterMs: turn.resumeAfterMs ?? -1,
  };
}

interface Describable {
  describe(text: string): unknown;
}

interface Optional {
  optional(): unknown;
}
