// `nexthink-chatbot content`: everything that an administrator has to create in the tenant, ready to paste.

import { parseArgs } from "node:util";
import { NexthinkError, playbooks } from "nexthink-chatbot";
import { administrationHelp, administrationOf, administrationOptions } from "./administration.ts";

const help = `Everything that has to be in a tenant for the playbooks to work: saved queries,
remote actions, schedules, data exporters, webhooks. As Markdown to follow.

  --json              the same as JSON
${administrationHelp}
  --help              this text`;

/** @returns the exit code: 0, or 2 for a wrong call or files that cannot be read */
export async function content(args: string[]): Promise<number> {
  try {
    const { values } = parseArgs({
      args,
      options: {
        ...administrationOptions,
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h" },
      },
    });
    if (values.help) {
      console.log(help);
      return 0;
    }
    const { playbooks: own, queryIds, remoteActionIds } = administrationOf(values);
    const options = {
      ...(own && { playbooks: own }),
      ...(queryIds && { queryIds }),
      ...(remoteActionIds && { remoteActionIds }),
    };
    if (values.json) console.log(JSON.stringify(playbooks.content(options), undefined, 2));
    else console.log(playbooks.content({ ...options, format: "markdown" }).trimEnd());
    return 0;
  } catch (error) {
    const what = NexthinkError.is(error) ? `${error.message}; ${error.hint}` : messageOf(error);
    console.error(`error: ${what} (--help tells more)`);
    return 2;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
