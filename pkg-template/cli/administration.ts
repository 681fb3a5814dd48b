// What `doctor` and `content` are told of a tenant besides its credentials: the administrator's own playbooks, and the
// tenant's own IDs.

import type { ClientOptions, Playbook } from "nexthink-chatbot";
import { type Environment, tenantVariablesOf } from "./environment.ts";
import { readPlaybooks } from "./playbook-folder.ts";
import { readText } from "./text-file.ts";

/** The options of both commands, as `parseArgs` takes them. */
export const administrationOptions = {
  playbooks: { type: "string" },
  config: { type: "string" },
} as const;

/** What the help of both commands says of them. */
export const administrationHelp = `  --playbooks FOLDER  your own playbooks, besides the built-in ones
  --config FILE       options of your client as JSON, such as queryIds`;

/** The options that a file may hold: those that say where things are in the tenant. A secret belongs elsewhere. */
const known = ["instance", "region", "apiUrl", "tokenUrl", "queryIds", "remoteActionIds", "locale"] as const;

/** What was given, as options of a client. */
export type Administration = Partial<Pick<ClientOptions, (typeof known)[number] | "playbooks">>;

/** @throws Error for a file that cannot be read or holds what it may not */
export function administrationOf(values: {
  playbooks?: string | undefined;
  config?: string | undefined;
}): Administration {
  const config = values.config === undefined ? {} : readConfig(values.config);
  const playbooks = values.playbooks === undefined ? [] : ownPlaybooks(values.playbooks);
  return { ...config, ...(playbooks.length > 0 && { playbooks }) };
}

/** Which variables of a tenant are still to be set: instance and region may come from the file. */
export function missingVariables(environment: Environment, administration: Administration): string[] {
  const isIn = { NEXTHINK_INSTANCE: administration.instance, NEXTHINK_REGION: administration.region };
  return tenantVariablesOf(environment).missing.filter((name) => !isIn[name as keyof typeof isIn]);
}

function readConfig(file: string): Administration {
  const config: unknown = parsed(file, readText(file));
  if (typeof config !== "object" || config === null || Array.isArray(config)) {
    throw new Error(`${file} is not a JSON object with options of a client`);
  }
  const unknown = Object.keys(config).find((name) => !known.some((one) => one === name));
  if (unknown === "credentials") {
    throw new Error(`${file} holds credentials: set NEXTHINK_CLIENT_ID and NEXTHINK_CLIENT_SECRET instead`);
  }
  if (unknown !== undefined) throw new Error(`${file} holds \`${unknown}\`; it may hold ${known.join(", ")}`);
  return config;
}

function ownPlaybooks(folder: string): Playbook[] {
  const { playbooks } = readPlaybooks(folder);
  if (playbooks.length === 0) throw new Error(`there is no playbook in ${folder}`);
  return playbooks.map(({ file, text, query }) => withQuery(parsed(file, text) as Playbook, query?.text));
}

/** The playbook with the text of its query, which may stand in a file of its own. What it is else, the core checks. */
function withQuery(playbook: Playbook, text: string | undefined): Playbook {
  if (text === undefined || typeof playbook?.query !== "object") return playbook;
  return { ...playbook, query: { ...playbook.query, text } };
}

function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
