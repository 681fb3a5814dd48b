// `nexthink-chatbot check`: compiles the playbooks of a folder, checks them and runs the tests beside them; or checks an
// assistant's own words.

import { parseArgs } from "node:util";
import { type PlaybookDiagnostic, playbooks } from "nexthink-chatbot";
import { type CheckedPlaybook, jsonReport, textReport } from "./check/report.ts";
import { checkWordingFile } from "./check/wording.ts";
import { type PlaybookFile, type PlaybookFolder, readPlaybooks } from "./playbook-folder.ts";
import { messageOf, wrongCall } from "./wrong-call.ts";

const help = `Compiles the playbooks of a folder, checks them, and runs the tests beside them.

usage: nexthink-chatbot check <folder or file> [options]
       nexthink-chatbot check --wording <file> [options]

  --wording <file>   checks words of your own instead: a JSON file, as an assistant takes
                     it as \`wording\`
  --locale <locale>  the assistant's language for --wording, else that of the file
  --json             the findings as JSON, for other programs
  --help             this text

A playbook is a file like teams.json; its query may stand in teams.nql and its
tests in teams.test.json beside it. The exit code is 0 where all is well, also
with warnings; 1 for an error or a failed test; 2 where there is nothing to check.`;

/** @returns the exit code, as the help says */
export async function check(args: string[]): Promise<number> {
  let folder: string | undefined;
  let wording: string | undefined;
  let locale: string | undefined;
  let json: boolean;
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        wording: { type: "string" },
        locale: { type: "string" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h" },
      },
    });
    if (values.help) {
      console.log(help);
      return 0;
    }
    ({ wording, locale, json } = values);
    if (wording === undefined && positionals.length !== 1) {
      throw new Error(positionals.length === 0 ? "which folder?" : "one folder at a time");
    }
    if (wording !== undefined && positionals.length > 0) throw new Error("playbooks and words one after the other");
    if (wording === undefined && locale !== undefined) throw new Error("--locale goes with --wording");
    [folder] = positionals;
  } catch (error) {
    return wrongCall(`${messageOf(error)} (--help tells more)`);
  }
  if (wording !== undefined) return checkWordingFile(wording, locale, json);
  let found: PlaybookFolder;
  try {
    found = readPlaybooks(folder ?? ".");
  } catch (error) {
    return wrongCall(messageOf(error));
  }
  if (found.playbooks.length === 0) {
    for (const sentence of found.passedOver) console.error(sentence);
    return wrongCall(`there is no playbook in ${folder}: a playbook is a .json file with \`rules\``);
  }
  const checked = found.playbooks.map((one, position) => checkOne(one, found.playbooks.slice(0, position)));
  console.log(json ? jsonReport(checked, found.passedOver) : textReport(checked, found.passedOver));
  return checked.every(({ isSound }) => isSound) ? 0 : 1;
}

function checkOne({ file, text, query, tests }: PlaybookFile, earlier: PlaybookFile[]): CheckedPlaybook {
  const source = { ...(query && { query: query.text }) };
  const id = idOf(text);
  const double = id === undefined ? undefined : earlier.find((one) => idOf(one.text) === id);
  const diagnostics = [...playbooks.check(text, source), ...(double ? [sameName(double.file)] : [])];
  const hasErrors = diagnostics.some(({ severity }) => severity === "error");
  const checked = { file, ...(query && { queryFile: query.file }), diagnostics, isSound: !hasErrors };
  // What does not compile cannot be tried; its errors are told already.
  if (hasErrors || !tests) return checked;
  const run = playbooks.test(text, tests.text, source);
  return { ...checked, tests: { file: tests.file, ...run }, isSound: run.diagnostics.length === 0 && run.report.ok };
}

/** What a client would refuse, and no file shows alone. */
function sameName(other: string): PlaybookDiagnostic {
  const message = `${other} is a playbook of the same name`;
  const help = "give each an `id` of its own: a client takes only one of them";
  return { severity: "error", file: "playbook", pointer: "/id", message, help };
}

function idOf(text: string): string | undefined {
  try {
    const id: unknown = JSON.parse(text)?.id;
    return typeof id === "string" ? id : undefined;
  } catch {
    return undefined;
  }
}
