// A folder of playbooks: `teams.json`, its query in `teams.nql` where the file does not hold it, and its tests in
// `teams.test.json`. Which files belong together is known here; what they say is not.

import { readdirSync, statSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { readText } from "./text-file.ts";

/** A playbook as its files have it. */
export interface PlaybookFile {
  /** The path of the playbook's file. */
  file: string;
  /** Its text. */
  text: string;
  /** Its query, where that is a file of its own. */
  query?: TextFile;
  /** Its tests. */
  tests?: TextFile;
}

/** A file and what it holds. */
export interface TextFile {
  file: string;
  text: string;
}

/** What a folder holds. */
export interface PlaybookFolder {
  playbooks: PlaybookFile[];
  /** What is there and belongs to no playbook, in a sentence each: nothing is passed over without a word. */
  passedOver: string[];
}

const testEnding = ".test.json";
const queryEnding = ".nql";
const notPlaybooks = [testEnding, ".schema.json"];

/**
 * Reads a folder with its folders, or the files of one playbook.
 *
 * @param path a folder, or a playbook's file
 * @throws what the file system says of a path that cannot be read
 */
export function readPlaybooks(path: string): PlaybookFolder {
  const files = statSync(path).isDirectory() ? filesIn(path) : [path];
  const isPlaybook = (file: string) => file.endsWith(".json") && !notPlaybooks.some((ending) => file.endsWith(ending));
  const playbooks: PlaybookFile[] = [];
  const passedOver: string[] = [];
  for (const file of files.filter(isPlaybook)) {
    const text = readText(file);
    if (files.length > 1 && !looksLikePlaybook(text)) {
      passedOver.push(`${file} is no playbook: it has neither \`rules\` nor \`query\``);
      continue;
    }
    const stem = file.slice(0, -".json".length);
    const query = readIfThere(`${stem}${queryEnding}`);
    const tests = readIfThere(`${stem}${testEnding}`);
    playbooks.push({ file, text, ...(query && { query }), ...(tests && { tests }) });
  }
  const stems = new Set(playbooks.map(({ file }) => file.slice(0, -".json".length)));
  // Elsewhere a query is none of ours.
  const folders = new Set(playbooks.map(({ file }) => dirname(file)));
  for (const file of files) {
    const ending = [testEnding, queryEnding].find((one) => file.endsWith(one));
    if (!ending || (ending === queryEnding && !folders.has(dirname(file)))) continue;
    const stem = file.slice(0, -ending.length);
    if (!stems.has(stem)) passedOver.push(`${file} has no playbook beside it: ${basename(stem)}.json is missing`);
  }
  return { playbooks, passedOver };
}

/** What is no JSON may well be meant as a playbook: its check says what is wrong with it. */
function looksLikePlaybook(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && ("rules" in value || "query" in value);
  } catch {
    return true;
  }
}

function filesIn(folder: string): string[] {
  return (
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      // Those of packages further down; the folder itself may well be one's own copy of a package's playbooks.
      .filter((file) => !relative(folder, file).split(/[\\/]/).includes("node_modules"))
      .sort()
  );
}

function readIfThere(file: string): TextFile | undefined {
  try {
    return { file, text: readText(file) };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
