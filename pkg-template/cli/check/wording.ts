// `nexthink-chatbot check --wording`: an assistant's own words, before an employee reads them.

import { checkWording, type LocaleFile } from "nexthink-chatbot";
import { wrap } from "../chat/layout.ts";
import { counted } from "../counted.ts";
import { readText } from "../text-file.ts";
import { messageOf, wrongCall } from "../wrong-call.ts";

/**
 * @param locale the assistant's; where it is left out, that of the file
 * @returns the exit code, as the help of `check` says
 */
export async function checkWordingFile(file: string, locale: string | undefined, json: boolean): Promise<number> {
  let wording: LocaleFile;
  try {
    wording = JSON.parse(readText(file));
  } catch (error) {
    return wrongCall(`${file} cannot be read: ${messageOf(error)}`);
  }
  const problems = await checkWording(wording, locale ?? wording?.locale);
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const ok = errors === 0;
  const lines = problems.flatMap(({ severity, pointer, message, help }) => [
    `  ${severity}${pointer && ` at ${pointer}`}`,
    wrap(`    ${message}`),
    wrap(`    ${help}`),
  ]);
  const summary = `${counted(errors, "error")}, ${counted(problems.length - errors, "warning")}`;
  const text = [`${ok ? "ok    " : "FAILED"}  ${file}`, ...lines, "", summary].join("\n");
  console.log(json ? JSON.stringify({ ok, file, problems }, undefined, 2) : text);
  return ok ? 0 : 1;
}
