// Made from the Rust structs by `npm run generate`. Do not edit.

import type { AssistantState } from "../assistant-state.ts";
import type { Escalation } from "./types.ts";

/**
 * What the chatbot says, what it offers to choose from, and what it waits for.
 */
export type Turn = { 
/**
 * What is said, in this order; nothing where there is only something to wait for.
 */
messages: Array<TurnMessage>, 
/**
 * What `reply` and `resume` take: sealed, below 4 KB, without secrets. Keep the latest.
 */
state: AssistantState, 
/**
 * Where the conversation stands.
 */
status: TurnStatus, 
/**
 * What the employee is to do.
 */
expects: TurnExpects, 
/**
 * After how many milliseconds `resume` has something to do; 0: at once.
 */
resumeAfterMs?: number, 
/**
 * What the service desk is to know, where it is handed over.
 */
escalation?: Escalation, 
/**
 * The language of the messages, such as `en`.
 */
locale: string, };

/**
 * Where a conversation stands.
 */
export type TurnStatus = "choosing-device" | "diagnosing" | "awaiting-consent" | "remediating" | "confirming" | "solved" | "escalated" | "ended";

/**
 * What the employee is to do.
 */
export type TurnExpects = "text" | "choice" | "nothing";

/**
 * Something said. No text of it is markup: `render` takes care that it stays so.
 */
export type TurnMessage = { 
/**
 * What is said, in whole sentences. What devices and people have supplied is in it, on one line.
 */
text: string, 
/**
 * Details, one per line of a list.
 */
items: Array<string>, 
/**
 * What kind of message it is, for its looks.
 */
kind: TurnMessageKind, 
/**
 * What the employee can choose from.
 */
choices: Array<TurnChoice>, };

/**
 * What kind of message it is.
 */
export type TurnMessageKind = "statement" | "question" | "success" | "warning";

/**
 * Something to choose.
 */
export type TurnChoice = { 
/**
 * What `reply` takes as `choice`. It belongs to this turn.
 */
id: string, 
/**
 * What a button says.
 */
label: string, 
/**
 * How it looks, where it is not one among equals.
 */
style?: TurnChoiceStyle, };

/**
 * How a choice looks.
 */
export type TurnChoiceStyle = "primary" | "danger";

/**
 * What employees read and write in one language. A host may give a part of one, or one for a language of its own.
 */
export type LocaleFile = { 
/**
 * The language, as in `pl` or `de-CH`; the conversation's where it is left out.
 */
locale?: string, 
/**
 * The rules of CLDR by which numbers take plural forms: `{ "one": "i = 1 and v = 0" }`; `{}` where there is one
 * form only. Needed for another language than those of the package.
 */
plural?: Record<string, string>, 
/**
 * What stands before the decimals of a number: `.` where it is left out.
 */
decimal?: string, 
/**
 * Which way the language is written.
 */
direction?: Direction, 
/**
 * What employees write to answer, by what they mean: `{ "yes": ["tak", "t"] }`. A list takes the place of that of
 * the package.
 */
commands?: Record<string, Array<string>>, 
/**
 * The texts, by the keys of the package.
 */
messages?: Record<string, MessageText>, };

/**
 * Which way a language is written.
 */
export type Direction = "ltr" | "rtl";

/**
 * The text of a message: one, or one for each plural form of a number in it.
 */
export type MessageText = string | { [parameter: string]: { [form: string]: string } };

/**
 * What is wrong at one place of a wording.
 */
export type WordingProblem = { 
/**
 * Whether the wording can be used all the same.
 */
severity: WordingSeverity, 
/**
 * The place in the file: a JSON pointer.
 */
pointer: string, 
/**
 * What is wrong, in one sentence without a full stop.
 */
message: string, 
/**
 * What to do about it.
 */
help: string, };

/**
 * Whether a wording can be used all the same.
 */
export type WordingSeverity = "error" | "warning";
