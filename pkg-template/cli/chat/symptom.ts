// The employee's words → the playbook that is meant.

import type { PlaybookSummary } from "nexthink-chatbot";
import { plain } from "./answer.ts";

/** The playbook with the longest symptom in the text: "my Outlook is slow" is about Outlook. Nothing if there is none. */
export function playbookFor(text: string, playbooks: PlaybookSummary[]): PlaybookSummary | undefined {
  const words = ` ${plain(text)}`;
  let found: PlaybookSummary | undefined;
  let longest = 0;
  for (const playbook of playbooks) {
    for (const symptom of Object.values(playbook.symptoms).flat()) {
      // From the beginning of a word: "sync" is meant by "syncing", "mail" is not by "Hotmail".
      const phrase = plain(symptom);
      if (phrase.length > longest && words.includes(` ${phrase}`)) {
        found = playbook;
        longest = phrase.length;
      }
    }
  }
  return found;
}
