// A simulated tenant in which an administrator has created what the playbook needs: its saved query and its two scripts.

import { createSimulator } from "nexthink-chatbot/simulator";

/** @param {{ query: { id: string, text: string } }} playbook */
export function tenantWith({ query }) {
  const tenant = createSimulator({ speed: Number.POSITIVE_INFINITY });
  tenant.setQuery(query.id, query.text);
  tenant.setRemoteAction({
    id: "get_teams_startup_windows",
    name: "Get Teams startup",
    platforms: ["Windows"],
    outputs: [
      { name: "StartupSeconds", type: "Float" },
      { name: "CacheMegabytes", type: "Float" },
    ],
    apiTrigger: false,
    collects: { schedule: "hourly" },
  });
  tenant.setRemoteAction({
    id: "clear_teams_cache_windows",
    name: "Clear Teams cache",
    platforms: ["Windows"],
    inputs: [{ id: "KeepSettings", options: ["true", "false"], allowCustomValue: false }],
    apiTrigger: true,
    repairs: { seconds: 20, sets: { get_teams_startup_windows: { StartupSeconds: 6, CacheMegabytes: 0 } } },
  });
  tenant.set("AMARTIN-LT", { outputs: { get_teams_startup_windows: { StartupSeconds: 41, CacheMegabytes: 812 } } });
  return tenant;
}
