// One incident for one conversation in ServiceNow, by its Table and Attachment APIs: however often it is asked for, and
// whatever is lost on the way.

import { setTimeout } from "node:timers/promises";

const attempts = 5;

/**
 * Opens the incident of a conversation, or finds it, and attaches the whole bundle.
 *
 * @param {{ url: string, user: string, password: string, fetch?: typeof fetch, pauseMs?: number }} desk
 * @param {string} conversation your own ID of the conversation: the same gives the same incident
 * @param {object} escalation `turn.escalation`, or what `nexthink.escalation(runs, { format: "json" })` gives
 */
export async function openIncident(desk, conversation, escalation) {
  const correlation = `nexthink-chatbot:${conversation}`;
  const incident = await once(
    desk,
    () => first(desk, "table/incident", { correlation_id: correlation }),
    async () => post(desk, "table/incident", {}, await incidentOf(desk, correlation, escalation)),
  );
  const file = { table_name: "incident", table_sys_id: incident.sys_id, file_name: "nexthink-escalation.json" };
  await once(
    desk,
    () => first(desk, "attachment", file),
    () => post(desk, "attachment/file", file, escalation),
  );
  return incident;
}

/**
 * Makes what is not there yet. After a failure nobody knows whether it was made after all, so it looks before it makes
 * anything again. Two processes at the same moment are told apart by ServiceNow: make `correlation_id` unique there.
 */
async function once({ pauseMs = 1_000 }, find, make) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const there = await find();
      if (there) return there;
      return await make();
    } catch (error) {
      // Refused, perhaps because another process was faster.
      if (error.status === 403 || error.status === 409) return (await find()) ?? Promise.reject(error);
      const isPassing = error.status === undefined || error.status === 429 || error.status >= 500;
      if (!isPassing || attempt === attempts) throw error;
      await setTimeout(pauseMs * 2 ** (attempt - 1));
    }
  }
}

/** The fields of an incident. `description` is plain text in ServiceNow: nothing that a device says becomes markup. */
async function incidentOf(desk, correlation, { employee, symptoms, devices, findings, tried, advice, references }) {
  const { username, upn, email } = employee ?? {};
  const identity = username ? { user_name: username } : upn ? { user_name: upn } : { email };
  const caller = employee && (await first(desk, "table/sys_user", identity));
  const computer = devices[0] && (await first(desk, "table/cmdb_ci_computer", { name: devices[0].name }));
  const lines = [
    `Employee: ${username ?? upn ?? email ?? "not known"}`,
    `Device: ${devices.map(({ name, operatingSystem }) => `${name}, ${operatingSystem}`).join("; ") || "not known"}`,
    ...(symptoms ? [`In their words: ${symptoms}`] : []),
    ...findings
      .filter(({ verdict }) => verdict === "match")
      .map(({ device, reason }) => `Found on ${device}: ${reason}`),
    ...tried.map(({ title, state, statusDetails, solved }) => {
      return `Tried: ${title}: ${state}${statusDetails ? ` (${statusDetails})` : ""}, helped: ${solved}`;
    }),
    ...advice.map((text) => `Advice: ${text}`),
    `References in Nexthink: ${references.join(", ") || "none"}`,
  ];
  return {
    correlation_id: correlation,
    correlation_display: "Nexthink chatbot",
    contact_type: "chat",
    short_description: (symptoms ?? findings[0]?.reason ?? "Help wanted").slice(0, 160),
    description: lines.join("\n").slice(0, 4_000),
    ...(caller && { caller_id: caller.sys_id }),
    ...(computer && { cmdb_ci: computer.sys_id }),
  };
}

/** The first record whose fields have these values, if any. */
async function first(desk, path, values) {
  const conditions = Object.entries(values).map(([name, value]) => {
    // It would end the condition and begin another.
    if (!value || value.includes("^"))
      throw Object.assign(new Error(`no value to look for ${name} by`), { status: 400 });
    return `${name}=${value}`;
  });
  const { result } = await ask(desk, "GET", path, { sysparm_query: conditions.join("^"), sysparm_limit: "1" });
  return result[0];
}

async function post(desk, path, query, body) {
  const { result } = await ask(desk, "POST", path, query, JSON.stringify(body));
  return result;
}

async function ask({ url, user, password, fetch = globalThis.fetch }, method, path, query, body) {
  const response = await fetch(`${url}/api/now/${path}?${new URLSearchParams(query)}`, {
    method,
    headers: {
      accept: "application/json",
      authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`,
      ...(body && { "content-type": "application/json" }),
    },
    body,
    signal: AbortSignal.timeout(30_000),
  });
  if (response.ok) return response.json();
  throw Object.assign(new Error(`ServiceNow answered ${method} ${path} with ${response.status}`), {
    status: response.status,
  });
}
