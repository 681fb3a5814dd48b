// The conversation: one request, one turn. What a turn says is given as data and, where a format is asked for, as what the
// platform shows.

import type {
  Assistant,
  AssistantOptions,
  ConversationStart,
  EmployeeReply,
  NextTurnOptions,
  TurnOptions,
} from "../../assistant.ts";
import type { AssistantState } from "../../assistant-state.ts";
import type { NexthinkClient } from "../../client.ts";
import type { Turn } from "../../generated/conversation.ts";
import type { readReply, render, TurnFormat } from "../../rendering.ts";
import type { Asked, NextStep, Operation } from "../operation.ts";
import { Refusal } from "../problem.ts";
import type { Schema } from "../schema.ts";
import { named, sealedPattern } from "../schemas/record.ts";
import type { HandedTurn } from "../schemas/turn.ts";
import { fromText, toText } from "../sealed.ts";

/** What turns are rendered and replies are read by. */
export interface Rendering {
  render: typeof render;
  readReply: typeof readReply;
}

/** How many languages are kept ready: whoever asks for more waits for each. */
const kept = 16;

/** The operations of the conversation, as the host wants it led. */
export function conversation(
  nexthink: NexthinkClient,
  given: AssistantOptions = {},
  rendering: Rendering,
): Operation[] {
  const assistants = new Map<string, Assistant>();
  const assistantFor = ({ body }: Asked): Assistant => {
    const locale = body.locale as string | undefined;
    const ready = assistants.get(locale ?? "");
    if (ready) return ready;
    const assistant = nexthink.assistant(locale === undefined ? given : { ...given, locale });
    if (assistants.size < kept) assistants.set(locale ?? "", assistant);
    return assistant;
  };
  const handed = (turn: Turn, { body }: Asked): HandedTurn => {
    const format = body.format as TurnFormat | undefined;
    const { state, ...rest } = turn;
    const rendered = format && rendering.render(turn, format);
    return { ...rest, state: toText(state), ...(rendered !== undefined && { rendered }) };
  };
  // The assistant has sealed it, for the employee: it finds out whether it is a state at all.
  const stateOf = ({ body }: Asked) => fromText(body.state) as AssistantState;

  return [
    {
      method: "POST",
      path: "/assistant/start",
      id: "StartConversation",
      summary: "Begin a conversation with the employee",
      description:
        "Gives the first turn: what to say to the employee, what they can choose, and a state. Show the messages, wait for the employee, and send their answer with the state to ReplyInConversation.",
      isPersonal: true,
      asksTenant: true,
      takes: takes([], {
        text: words("Text", "What the employee says is wrong. Without it they are asked."),
        playbook: {
          ...words("Playbook", "Which trouble it is, where your platform has understood it."),
          maxLength: 256,
        },
        reference: { ...words("Reference", "Your own ticket or case."), maxLength: 200 },
      }),
      gives: named("Turn"),
      leadsTo: withState,
      async run(asked) {
        const { text, playbook, reference } = asked.body as Omit<ConversationStart, "employee">;
        const { employee } = asked;
        const begun = { employee, ...(text !== undefined && { text }), ...(playbook !== undefined && { playbook }) };
        const start = { ...begun, ...(reference !== undefined && { reference }) };
        return handed(await assistantFor(asked).start(start, timeOf(asked)), asked);
      },
    },
    {
      method: "POST",
      path: "/assistant/reply",
      id: "ReplyInConversation",
      summary: "Go on with what the employee has answered",
      description:
        "Gives the next turn. Send what the employee has written or chosen themselves, never an answer in their name: a yes to a proposal runs a remote action on their device.",
      isConsequential: true,
      isPersonal: true,
      asksTenant: true,
      problems: ["consent"],
      takes: {
        ...takes(["state"], {
          state,
          text: words("Text", "What the employee has written."),
          choice: { ...words("Choice", "Or the `id` of what they have chosen."), maxLength: 256 },
          payload: {
            type: "object",
            title: "Payload",
            description: "Or what the platform sent back for what was rendered in `format`.",
            "x-ms-visibility": "advanced",
          },
        }),
        oneOf: [{ required: ["text"] }, { required: ["choice"] }, { required: ["payload", "format"] }],
      },
      gives: named("Turn"),
      leadsTo: withState,
      async run(asked) {
        const { text, choice, payload, format } = asked.body as unknown as ReplyBody;
        let reply: EmployeeReply = choice === undefined ? { text: text ?? "" } : { choice };
        if (payload !== undefined) reply = readPayload(rendering, format, payload);
        return handed(await assistantFor(asked).reply(stateOf(asked), reply, timeAndWho(asked)), asked);
      },
    },
    {
      method: "POST",
      path: "/assistant/resume",
      id: "ResumeConversation",
      summary: "Look again in a conversation that waits",
      description:
        "Gives the next turn without an answer of the employee, once `resumeAfterMs` of the last one has passed.",
      isPersonal: true,
      asksTenant: true,
      problems: ["consent"],
      takes: takes(["state"], { state }),
      gives: named("Turn"),
      leadsTo: withState,
      run: async (asked) => handed(await assistantFor(asked).resume(stateOf(asked), timeAndWho(asked)), asked),
    },
  ];
}

interface ReplyBody {
  text?: string;
  choice?: string;
  payload?: object;
  format: TurnFormat;
}

const words = (title: string, description: string): Schema => ({
  type: "string",
  title,
  description,
  minLength: 1,
  maxLength: 4_000,
});

const state: Schema = {
  type: "string",
  title: "State",
  description: "`state` of the last turn, unchanged.",
  pattern: sealedPattern,
  minLength: 1,
  "x-ms-visibility": "important",
};

/** What every turn can be given. */
const ofTurns: Record<string, Schema> = {
  locale: {
    type: "string",
    title: "Locale",
    description: "The employee's language, such as `en` or `de-CH`.",
    pattern: "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$",
  },
  format: {
    type: "string",
    title: "Format",
    description: "In which form the turn is wanted as `rendered`, beside its data.",
    enum: ["text", "markdown", "adaptive-card", "block-kit"],
  },
  budgetMs: {
    type: "integer",
    title: "Budget in milliseconds",
    description: "How long the turn may take: what takes longer comes with `resumeAfterMs`.",
    minimum: 1,
    maximum: 100_000,
    "x-ms-visibility": "advanced",
  },
};

function takes(required: readonly string[], properties: Record<string, Schema>): Schema {
  return {
    type: "object",
    ...(required.length > 0 && { required }),
    properties: { ...properties, ...ofTurns },
    additionalProperties: false,
  };
}

const withState: readonly NextStep[] = [
  { id: "ReplyInConversation", body: { state: "$response.body#/state", text: "yes" } },
  { id: "ResumeConversation", body: { state: "$response.body#/state" } },
];

function timeOf({ body, calls }: Asked): TurnOptions {
  const { signal, timeoutMs } = calls;
  const budgetMs = (body.budgetMs as number | undefined) ?? timeoutMs;
  return { ...(budgetMs !== undefined && { budgetMs }), ...(signal && { signal }) };
}

/** The same, and who has to have the state. */
const timeAndWho = (asked: Asked): NextTurnOptions => ({ ...timeOf(asked), employee: asked.employee });

function readPayload({ readReply }: Rendering, format: TurnFormat, payload: object): EmployeeReply {
  try {
    return readReply(format, payload);
  } catch {
    const hint = "send what the platform gave when the employee wrote or chose something";
    throw new Refusal("invalid", "nothing was written or chosen in `payload`", hint);
  }
}
