// What can be made to go wrong: three switches at a tenant. Each turns itself off when it is over.

/** How long a tenant that is asked too much refuses, in milliseconds of its time. */
const refusesMs = 10_000;

/** @param {(id: string, isOn: boolean) => void} changed is told when a switch has turned itself off */
export function faultsOf({ tenant }, { deviceName, changed }) {
  const on = new Set();
  let refusing = false;
  /** The device that was cut off: the conversation may go on to another one. */
  let offline;

  function inject() {
    tenant.clearFaults();
    if (on.has("lost-answer")) tenant.inject({ kind: "lost-answer", operation: "act/execute" });
    if (on.has("rate-limit")) {
      tenant.inject({ kind: "status", status: 429, retryAfterMs: refusesMs, body: "error", probability: 1 });
    }
  }

  function turnOff(id) {
    on.delete(id);
    inject();
    changed(id, false);
  }

  return {
    isOn: (id) => on.has(id),
    turn(id, isOn) {
      if (isOn) on.add(id);
      else on.delete(id);
      if (id === "rate-limit") refusing = false;
      if (id === "offline") {
        offline = isOn ? deviceName() : offline;
        tenant.set(offline, { online: !isOn });
      } else inject();
    },
    /** Looks at a call that is over for what it has come to. */
    see({ fault }) {
      if (fault === "lost-answer") turnOff("lost-answer");
      if (fault !== "status" || refusing) return;
      // The ten seconds begin with the first request that is refused.
      refusing = true;
      tenant.host.sleep(refusesMs).then(() => refusing && turnOff("rate-limit"));
    },
  };
}
