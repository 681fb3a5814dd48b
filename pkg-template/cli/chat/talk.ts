// The two ends of a conversation, whoever is at the other one: a terminal, or a script.

/** What the chat says and asks. */
export interface Talk {
  /** Says something. */
  say(text: string, tone?: Tone): void;
  /** Asks something and gives what was answered; nothing when nobody is left to answer. */
  ask(question: string, about: About): Promise<string | undefined>;
}

/** How something is meant; a terminal may show it by colour. */
export type Tone = "heading" | "detail" | "good" | "bad";

/** What a question is about, so that a script knows its answer. */
export type About =
  | "problem"
  | "device"
  | "advice"
  | "consent"
  | "confirmation"
  | "patience"
  | "later"
  | "helped"
  | "who";
