// A simulated tenant in which an administrator has created what the Worker needs: its two saved queries, and the webhook that
// says when a remote action has moved on.

import { readFileSync } from "node:fs";
import { createSimulator } from "nexthink-chatbot/simulator";

const read = (name) => readFileSync(new URL(`queries/${name}.nql`, import.meta.url), "utf8");

/** As `npx nexthink-chatbot content` has it. */
const remoteActions = `remote_action.executions
| where external_source in ["nexthink-chatbot"]
| list request_id, external_reference, remote_action.nql_id, device.collector.uid, device.name, status, time`;

const payload = {
  kind: "remote-action",
  requestId: "{{request_id}}",
  externalReference: "{{external_reference}}",
  remoteActionId: "{{remote_action.nql_id}}",
  collectorUid: "{{device.collector.uid}}",
  device: "{{device.name}}",
  status: "{{status}}",
  time: "{{time}}",
};

/**
 * @param {{ secret: string, speed?: number, url?: string }} options `secret`: of the connector credential; `url`: where the
 * Worker is
 */
export function tenantWith({ secret, speed = Number.POSITIVE_INFINITY, url = "https://worker.example/" }) {
  // Only those employees of whom there is a story to tell.
  const tenant = createSimulator({ devices: 0, speed });
  for (const name of ["slow_pc_of_all_devices", "devices_of_all_employees"]) tenant.setQuery(`#${name}`, read(name));
  tenant.addWebhook({
    name: "nexthink-chatbot remote action",
    query: remoteActions,
    url,
    resource: "nexthink/remote-action",
    payload: JSON.stringify(payload),
    credential: { type: "bearer", token: secret },
  });
  return tenant;
}
