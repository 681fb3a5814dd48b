// Text for platforms of which nobody knows what their channels make of it: Markdown in one, HTML in the next, nothing in a
// third. What could begin markup there, the conversation module knows.

import { conversation, startConversation } from "../conversation.ts";
import { encode } from "../encode.ts";
import { answerOf } from "../module-answer.ts";

/** Each text as a line of which no channel makes a link, a mention, a tag, emphasis, a list or a place in a template. */
export function unmarked(texts: readonly string[]): string[] {
  return answerOf(startConversation, () => conversation.unmarked(encode(texts)));
}
