// What tests of webhooks begin with: a tenant with a run, requests as its connector sends them, the ready templates.

import { spawnSync } from "node:child_process";
import { createClient } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";
import { program } from "./served-tenant.mjs";

export const secret = "the-secret-of-the-connector-credential";
export const now = "2026-11-18T09:00:00Z";
export const hour = 3_600_000;

/** A tenant, a client, and a run that has just been triggered. */
export async function triggered(options = {}) {
  const tenant = createSimulator({ devices: 0, speed: Number.POSITIVE_INFINITY, now });
  const client = (more) => {
    return createClient({ ...tenant.client, ...options, ...more });
  };
  const nexthink = client();
  const remediate = async () => {
    const employee = { username: "amartin" };
    const [device] = await nexthink.identify(employee);
    const diagnosis = await nexthink.diagnose("outlook", device);
    const proposal = nexthink.propose(diagnosis, diagnosis.recommendations[0], { employee, reference: "INC-7" });
    return nexthink.remediate(proposal.token);
  };
  return { tenant, nexthink, client, remediate };
}

export const bearer = (token = secret) => ({ authorization: `Bearer ${token}` });
export const post = (body, headers = bearer()) =>
  new Request("https://bot.example/hook", { method: "POST", headers, body });

/** What the ready template would send of a run. */
export const saying = ({ requestId, reference }, more) =>
  JSON.stringify({
    kind: "remote-action",
    requestId,
    externalReference: reference,
    status: "success",
    time: now,
    ...more,
  });

/** The templates that an administrator is given. */
export function readyTemplates() {
  const { stdout } = spawnSync(process.execPath, [program, "content", "--json"], { encoding: "utf8" });
  return JSON.parse(stdout).webhooks;
}
