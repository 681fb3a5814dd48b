// One employee, one simulated tenant, one client: all that the page shows happens here, in the page itself. Nothing of
// this needs a page, so that the command can rehearse it.

import { createClient, playbooks } from "../index.mjs";
import { createSimulator } from "../simulator.mjs";
import { hidden, shownHeaders } from "./secrets.mjs";

/** Who sits there first: the device of this one is told to have something for every playbook to find. */
export const usual = "bkeller";

/** The employees worth a try, each with what is wrong. They are the same in every tenant. */
export const employees = () => createSimulator().employees.filter(({ isScenario }) => isScenario);

/**
 * Opens a tenant of its own for a conversation.
 *
 * @param {object} given
 * @param {string} given.username who is there
 * @param {string} given.locale in which language
 * @param {number} given.speed how much faster than ours the tenant's time passes
 * @param {(event: object) => void} given.tell is told of every call, diagnosis and record of the audit
 */
export function openStage({ username, locale, speed, tell, ...options }) {
  const tenant = createSimulator({ speed, ...options });
  // As it comes, only this employee's Outlook is in trouble.
  tenant.set("BKELLER-LT", {
    oneDriveStatus: "OneDrive is installed but not running",
    freeSpace: 2 * 1024 ** 3,
    highImpactApplications: ["Spotify", "Skype", "Adobe Creative Cloud"],
  });
  const diagnose = diagnoses(tenant, locale, tell);
  const told = (call) => {
    tell({ call });
    diagnose(call);
  };
  const nexthink = createClient({
    ...tenant.client,
    locale,
    host: { ...tenant.host, fetch: recording(tenant, told) },
    onAudit: (record) => tell({ audit: record }),
    // In a page everyone can read the secret. This one is public, and good for the simulated tenant only.
    dangerouslyAllowBrowser: true,
  });
  const employee = tenant.employees.find((one) => one.username === username);
  const before = new Map(employee.devices.map((name) => [name, tenant.device(name)]));
  return { tenant, assistant: nexthink.assistant(), employee, before, speed };
}

/** The tenant's `fetch`, which tells of each call twice: when it begins, and when its answer is there or has been lost. */
function recording(tenant, tell) {
  let number = 0;
  return async (url, init) => {
    const { host, pathname, search } = new URL(url);
    const call = { number: ++number, at: tenant.now(), method: init.method, host, path: pathname + search };
    Object.assign(call, {
      headers: shownHeaders(init.headers),
      body: hidden(init.body),
      step: stepOf(pathname, init.body),
    });
    tell(call);
    try {
      const answer = await tenant.fetch(url, init);
      const text = await answer.clone().text();
      Object.assign(call, {
        status: answer.status,
        answer: hidden(text),
        retryAfter: answer.headers.get("retry-after"),
      });
      return answer;
    } catch (error) {
      call.status = null;
      throw error;
    } finally {
      Object.assign(call, { durationMs: tenant.now() - call.at, fault: tenant.requests.at(-1)?.fault });
      tell(call);
    }
  };
}

/** The steps of a service desk's job, in order. */
export const steps = ["identify", "diagnose", "propose", "remediate", "follow up", "verify"];

/** Which step a call belongs to; none for that of the token. */
function stepOf(path, body) {
  if (path.includes("/act/")) return "remediate";
  const { queryId } = parsed(body) ?? {};
  if (!queryId) return undefined;
  if (queryId.startsWith("#get_remote_action_result")) return "follow up";
  return queryId === collectionTimes || playbookOf(queryId) ? "diagnose" : "identify";
}

const collectionTimes = "#get_data_collection_times";

const playbookOf = (queryId) => playbooks.list().find((one) => one.queryId === queryId);

/**
 * The assistant says what it has found, and not how. What each rule of the playbook says of the tenant's answer, and of
 * which values, the package tells of the same answer without a tenant.
 */
function diagnoses(tenant, locale, tell) {
  const collected = {};
  return ({ status, body, answer }) => {
    const { queryId, parameters } = parsed(body) ?? {};
    const playbook = queryId && playbookOf(queryId);
    const data = status === 200 ? parsed(answer)?.data : undefined;
    if (!data) return;
    if (queryId === collectionTimes) {
      for (const row of data) collected[row["remote_action.nql_id"]] ??= row["remote_action.execution.time"];
    }
    if (!playbook || data.length !== 1) return;
    const { device_name: deviceName } = parameters;
    const platform = tenant.device(deviceName)?.platform;
    const at = tenant.now();
    const { findings } = playbooks.evaluate(playbook.id, { data }, { now: new Date(at), platform, locale, collected });
    tell({ diagnosis: { title: playbook.title[locale] ?? playbook.title.en, deviceName, findings, at } });
  };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
