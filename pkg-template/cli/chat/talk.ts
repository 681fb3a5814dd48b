// The two ends of a conversation, whoever is at the other one: a terminal, or a script.

/** Nobody has said anything in the time that they had. */
export const silence = Symbol("silence");

/** What the chat says and hears. */
export interface Talk {
  /** Says something. */
  say(text: string, tone?: Tone): void;
  /** Gives what is answered: `silence` after `forMs` milliseconds, nothing when nobody is left to answer. */
  listen(options: { isAsked: boolean; forMs?: number }): Promise<string | typeof silence | undefined>;
}

/** How something is meant; a terminal may show it by colour. */
export type Tone = "heading" | "detail" | "good" | "bad";
