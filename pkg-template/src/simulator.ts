// `nexthink-chatbot/simulator`: a Nexthink tenant in memory, to develop and test a chatbot against.

import { initSync, SimulatorCore } from "wasm:simulator/glue";
import { contentOf } from "./modules.ts";
import { TenantClock } from "./simulator/clock.ts";
import { fetchOf } from "./simulator/fetch.ts";
import type { SimulatedTenant, SimulatorOptions } from "./simulator/types.ts";

export type * from "./simulator/remote-action-types.ts";
export type * from "./simulator/types.ts";
export type * from "./simulator/webhook-types.ts";

let started = false;

/**
 * A tenant with a fleet of its own. It starts at the first call, without waiting; importing this module does nothing.
 *
 * @throws Error for an option that is unknown or breaks its rule
 * @example
 * ```ts
 * const tenant = createSimulator({ speed: Infinity });
 * const nexthink = createClient(tenant.client);
 * const [device] = await nexthink.identify({ username: tenant.employees[0].username });
 * ```
 */
export function createSimulator(options: SimulatorOptions = {}): SimulatedTenant {
  const { now = Date.now(), speed = 1, ...rest } = options;
  if (typeof speed !== "number" || !(speed > 0)) throw new TypeError("`speed` is not a number above 0");
  if (!started) {
    initSync({ module: contentOf("simulator") });
    started = true;
  }
  const core = new SimulatorCore(JSON.stringify({ ...rest, now: millisecondsOf(now) }));
  const clock = new TenantClock(core, speed);
  const fetch = fetchOf(core, clock);
  const tenantNow = () => clock.now();
  const { instance, region, credentials } = JSON.parse(core.identity());
  const host: SimulatedTenant["host"] = { fetch, now: tenantNow, sleep: (milliseconds) => clock.sleep(milliseconds) };
  return {
    fetch,
    host,
    client: { instance, region, credentials, host },
    instance,
    region,
    credentials,
    employees: JSON.parse(core.employees()),
    get requests() {
      return JSON.parse(core.requests());
    },
    device(name) {
      clock.now();
      const device = core.device(String(name));
      return device === undefined ? undefined : JSON.parse(device);
    },
    set(deviceName, facts) {
      clock.now();
      core.set(String(deviceName), JSON.stringify(facts));
    },
    setQuery: (id, text) => core.setQuery(String(id), String(text)),
    deleteQuery: (id) => core.deleteQuery(String(id)),
    setRemoteAction(definition) {
      // What ran before ran as it was.
      clock.now();
      core.setRemoteAction(JSON.stringify(definition));
    },
    remoteAction: (id) => JSON.parse(core.remoteAction(String(id))),
    deleteRemoteAction(id) {
      clock.now();
      core.deleteRemoteAction(String(id));
    },
    deny: (permission) => core.deny(JSON.stringify(permission)),
    grant: (permission) => core.grant(JSON.stringify(permission)),
    cancel(requestId) {
      clock.now();
      return core.cancel(String(requestId));
    },
    answerCampaign(requestId, answer) {
      clock.now();
      core.answerCampaign(String(requestId), JSON.stringify(answer));
    },
    get handoffs() {
      return JSON.parse(core.handoffs());
    },
    addWebhook(webhook) {
      // What happened before it came is none of its business.
      clock.now();
      core.addWebhook(JSON.stringify(webhook));
    },
    deliveries() {
      clock.now();
      return JSON.parse(core.deliveries());
    },
    advance: (milliseconds) => clock.advance(milliseconds),
    inject: (fault) => core.inject(JSON.stringify(fault)),
    clearFaults: () => core.clearFaults(),
    now: tenantNow,
  };
}

function millisecondsOf(time: number | string | Date): number {
  const milliseconds = typeof time === "number" ? time : new Date(time).getTime();
  if (!Number.isFinite(milliseconds)) throw new TypeError("`now` is not a time");
  return Math.trunc(milliseconds);
}
