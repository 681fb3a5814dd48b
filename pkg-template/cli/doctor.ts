// `nexthink-chatbot doctor`: whether a tenant has what the playbooks need. Triggers nothing.

import { parseArgs } from "node:util";
import { createClient } from "nexthink-chatbot";
import { administrationHelp, administrationOf, administrationOptions, missingVariables } from "./administration.ts";
import { textReport } from "./doctor/report.ts";
import { tenantOptions, tenantVariables } from "./environment.ts";
import { messageOf, wrongCall } from "./wrong-call.ts";

const identifiers = ["username", "upn", "email", "sid"] as const;

const help = `Looks whether a Nexthink tenant has what the playbooks need: its address, the
credentials and their permissions, saved queries, remote actions, collected data.
It triggers nothing.

The tenant: set ${tenantVariables.slice(0, 2).join(", ")},
${tenantVariables.slice(2).join(" and ")}; if needed also NEXTHINK_API_URL
and NEXTHINK_TOKEN_URL.

  --username, --upn, --email, --sid
                      an employee, by the identifiers that your chatbot has: is
                      their device found, and was its data collected lately?
${administrationHelp}
  --json              the findings as JSON, for other programs
  --help              this text

The exit code is 0 where all is well, 1 where there are only warnings, and 2 for
an error, or where it could not look.`;

/** What concerns the program that the employees talk to, and not this one. */
const ofTheChatbot = new Set(["store", "consent-key"]);

/** @returns the exit code, as the help says */
export async function doctor(args: string[]): Promise<number> {
  try {
    const text = { type: "string" } as const;
    const { values } = parseArgs({
      args,
      options: {
        ...administrationOptions,
        ...{ username: text, upn: text, email: text, sid: text },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h" },
      },
    });
    if (values.help) {
      console.log(help);
      return 0;
    }
    const administration = administrationOf(values);
    const missing = missingVariables(process.env, administration);
    if (missing.length > 0) return wrongCall(`set ${missing.join(", ")} (--help tells more)`);
    const tenant = { ...tenantOptions(process.env), ...administration };
    const given = identifiers.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]]));
    const employee: Partial<Record<(typeof identifiers)[number], string>> = Object.fromEntries(given);
    const found = await createClient(tenant).doctor(given.length > 0 ? { employee } : {});
    const checks = found.checks.filter(({ id }) => !ofTheChatbot.has(id));
    const report = { ...found, checks };
    console.log(values.json ? JSON.stringify(report, undefined, 2) : textReport(report, tenant));
    if (!found.ok) return 2;
    return checks.some(({ status }) => status === "warning") ? 1 : 0;
  } catch (error) {
    return wrongCall(`${messageOf(error)} (--help tells more)`);
  }
}
