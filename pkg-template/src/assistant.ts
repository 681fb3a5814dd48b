// The assistant: a conversation in turns, each one call. It carries a state, an event and calls between the core, which seals
// and sends, and the conversation module, which decides what is said: no rule is here.

import type { ConversationCore } from "wasm:conversation/glue";
import type { AssistantState } from "./assistant-state.ts";
import { conduct } from "./conduct.ts";
import { encode } from "./encode.ts";
import { invalid } from "./errors.ts";
import type { LocaleFile, Turn } from "./generated/conversation.ts";
import type { Employee, JsonValue, Playbook } from "./generated/types.ts";
import { answerOf } from "./module-answer.ts";
import { load } from "./modules.ts";
import { builtInPlaybooks } from "./playbook-summaries.ts";
import { callOptionsOf, drive, type Reach, type Step, type TurnTime, within } from "./turn-driver.ts";
import { wholeNumber } from "./whole-number.ts";
import { wordingFile } from "./wordings.ts";

/** What `assistant` is given. */
export interface AssistantOptions {
  /** The language in which it speaks and understands, such as `en` or `de-CH`. Default: the client's `locale`. */
  locale?: string;
  /**
   * Words of your own in place of the package's, or a language of your own: messages by their keys, as in the package's
   * folder `wording`, with the same parameters. What is not given stays as it is.
   */
  wording?: LocaleFile;
  /** The IDs of the playbooks that it helps with. Default: those of the client, your own first, then the built-in ones. */
  playbooks?: readonly string[];
}

/** How a conversation begins. */
export interface ConversationStart {
  /** Who is there, as your chatbot has authenticated them. Never take this from a message. */
  employee: Employee;
  /** What they say is wrong. Without it, and without `playbook`, they are asked. */
  text?: string;
  /** The ID of the playbook, where your chatbot has understood what is wrong. */
  playbook?: string;
  /** Your own ticket or case: it is part of the reference of what is triggered. */
  reference?: string;
}

/** What an employee has answered: words, or the `id` of a choice. */
export type EmployeeReply = { text: string } | { choice: string };

/** How a turn is made. */
export interface TurnOptions {
  /**
   * How long the turn may take, in milliseconds; a whole number from 1. What takes longer ends the turn with
   * `resumeAfterMs`. Default: as long as its calls take.
   */
  budgetMs?: number;
  /** Cancels the turn: it rejects with kind `aborted`. What was being triggered by then goes on. */
  signal?: AbortSignal;
  /** The W3C trace that the turn's requests to the tenant belong to. */
  traceparent?: string;
  /**
   * What your runtime keeps a request alive with, where it ends everything with the answer: `(promise) => ctx.waitUntil(promise)`
   * in a Worker. It is called with what goes on when the turn is over: a remote action that is being triggered. Without it,
   * the next turn finds out what came of it all the same.
   */
  waitUntil?: (promise: Promise<unknown>) => void;
}

/** How a turn is made with a state that comes from elsewhere. */
export interface NextTurnOptions extends TurnOptions {
  /** Who is there, as your chatbot has authenticated them: the state of another employee is refused. */
  employee?: Employee;
}

/** A conversation in turns. Each takes and gives a state, and any process can make the next one. */
export interface Assistant {
  /**
   * Begins a conversation.
   *
   * @throws NexthinkError of kind `invalid` for an employee without an identifier. What goes wrong in the tenant is said to
   * the employee instead
   */
  start(beginning: ConversationStart, options?: TurnOptions): Promise<Turn>;
  /**
   * Goes on with what the employee has answered. The same reply to the same state gives the same turn for ten minutes, and
   * nothing happens twice.
   *
   * @param state of the turn that they answer
   * @throws NexthinkError of kind `consent` for a state that was altered, is a week old, or is another employee's
   */
  reply(state: AssistantState, reply: EmployeeReply, options?: NextTurnOptions): Promise<Turn>;
  /**
   * Goes on without an answer: after `resumeAfterMs`, or when something else says that it is time.
   *
   * @param state of the latest turn
   * @throws NexthinkError as `reply`
   */
  resume(state: AssistantState, options?: NextTurnOptions): Promise<Turn>;
}

/** What an assistant needs of its client. */
export interface AssistantClient extends Reach {
  seal(input: object): AssistantState;
  open(input: object): JsonValue;
  /** The client's clock, in milliseconds since 1970. */
  clock(): number;
  locale: string | undefined;
  /** The user's own playbooks. */
  own: readonly Playbook[];
}

/** Makes the assistant of a client. Loads nothing yet. */
export function assistantOf(client: AssistantClient, given: AssistantOptions | undefined): Assistant {
  const { locale = client.locale ?? "en", wording, playbooks, ...unknown } = given ?? {};
  refuseOthers(unknown, "the assistant");
  let core: ConversationCore | undefined;

  /** No promise is kept: one of another request must not be waited for in workerd. */
  async function module(): Promise<(event: object) => Step> {
    const [{ conversation, startConversation }, file] = await Promise.all([
      import("./conversation.ts"),
      wordingFile(locale),
      load("conversation"),
    ]);
    const made = () => {
      const setting = { locale, file, wording, playbooks, known: [...client.own, ...builtIn()] };
      return new conversation.ConversationCore(encode(setting));
    };
    return (event) =>
      answerOf(startConversation, () => {
        core ??= made();
        return core.advance(encode({ event, now: new Date(client.clock()).toISOString() }));
      });
  }

  async function turn(event: object, time: TurnTime): Promise<Turn> {
    const { state, ...rest } = await drive(await module(), client, event, time);
    return { ...rest, state: client.seal({ what: "state", value: state }) } as Turn;
  }

  const stateOf = (value: unknown, employee: Employee | undefined) => {
    // Who is looked up and not found is not who was not asked for.
    if (employee === null) throw invalid("`employee` is null: nobody is signed in", "answer nothing until somebody is");
    return client.open({ what: "state", value: value ?? null, employee });
  };

  return {
    async start(beginning, options) {
      return turn({ started: beginning }, timeOf(options));
    },
    async reply(state, reply, options) {
      const { employee, ...rest } = options ?? {};
      const time = timeOf(rest);
      const opened = stateOf(state, employee);
      const given = { seal: state.seal, reply };
      const before = await client.call<Turn | null>("turns.find", given, callOptionsOf(time));
      if (before) return before;
      const made = await turn({ replied: { ...reply, state: opened } }, time);
      // Whoever was first: two of the same reply may be under way.
      const kept = await within(client.call<Turn>("turns.keep", { ...given, turn: made }, undefined), time);
      return kept.output ?? made;
    },
    async resume(state, options) {
      const { employee, ...rest } = options ?? {};
      const time = timeOf(rest);
      return turn({ resumed: { state: stateOf(state, employee) } }, time);
    },
  };
}

function timeOf(options: TurnOptions | undefined): TurnTime {
  const { budgetMs, signal, traceparent, waitUntil, ...unknown } = options ?? {};
  refuseOthers(unknown, "a turn");
  // Where a call of the turn refused them, the employee would be told of a trouble in the tenant.
  conduct({ signal, traceparent });
  if (waitUntil !== undefined && typeof waitUntil !== "function") {
    throw invalid("`waitUntil` is no function", "pass `(promise) => ctx.waitUntil(promise)`");
  }
  // Timers hold 31 bits.
  const budget = budgetMs === undefined ? undefined : wholeNumber("budgetMs", budgetMs, 1, 0x7fffffff);
  return { deadline: budget === undefined ? undefined : Date.now() + budget, signal, traceparent, waitUntil };
}

/** A misspelt option would be none, without a word. */
function refuseOthers(unknown: object, what: string): void {
  const [name] = Object.keys(unknown);
  if (name !== undefined) throw invalid(`\`${name}\` is no option of ${what}`, "compare the options with their types");
}

type PlaybookWords = Pick<Playbook, "id" | "title" | "symptoms">;

/** What employees call the troubles of the built-in playbooks. */
function builtIn(): PlaybookWords[] {
  return builtInPlaybooks().map(({ id, title, symptoms }) => ({ id, title, symptoms }));
}
