// What is wrong with a host's own words, before an employee reads them.

import { encode } from "./encode.ts";
import type { LocaleFile, WordingProblem } from "./generated/conversation.ts";
import { answerOf } from "./module-answer.ts";
import { wordingFile } from "./wordings.ts";

/**
 * Everything that is wrong with words of your own, as `wording` of an assistant takes them: keys that no message has,
 * parameters that it does not have, plural forms that are missing, and, in a language of its own, messages that would be said
 * in English. An assistant refuses words with an error at its first turn, and tells only the first.
 *
 * @param locale the language over whose words they are put, as the assistant's `locale`; `en` where it is left out
 * @returns what is wrong, each with its place as a JSON pointer; nothing where all is well
 * @example
 * ```ts
 * for (const { pointer, message, help } of await checkWording(wording)) console.log(`${pointer}: ${message}; ${help}`);
 * ```
 */
export async function checkWording(wording: LocaleFile, locale = "en"): Promise<WordingProblem[]> {
  const [{ conversation, startConversation }, file] = await Promise.all([
    import("./conversation.ts"),
    wordingFile(locale),
  ]);
  return answerOf(startConversation, () => conversation.checkWording(encode({ file, wording })));
}
