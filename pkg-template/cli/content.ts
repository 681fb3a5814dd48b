// `nexthink-chatbot content`: everything that an administrator has to create in the tenant, ready to paste.

import { parseArgs } from "node:util";
import { playbooks } from "nexthink-chatbot";
import { administrationHelp, administrationOf, administrationOptions } from "./administration.ts";
import { messageOf, wrongCall } from "./wrong-call.ts";

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
    const { playbooks: own, queryIds, remoteActionIds, locale } = administrationOf(values);
    const options = {
      ...(own && { playbooks: own }),
      ...(queryIds && { queryIds }),
      ...(remoteActionIds && { remoteActionIds }),
      ...(locale && { locale }),
    };
    if (values.json) console.log(JSON.stringify(playbooks.content(options), undefined, 2));
    else console.log(playbooks.content({ ...options, format: "markdown" }).trimEnd());
    return 0;
  } catch (error) {
    return wrongCall(`${messageOf(error)} (--help tells more)`);
  }
}
