// A model without a model: a script says what it calls next, from what the tools have answered. Each kit's file puts one
// behind the kit's own interface, so that the kit is the real one.

/**
 * What the model says in a turn: its calls, or nothing more to call.
 *
 * @param {((answers: object[], last: object) => { name: string, input: object }[])[]} script a step per turn
 * @param {object[][]} history what the tools have answered so far, a list for each turn of calls
 */
export function nextCalls(script, history) {
  const answers = history.flat();
  return script[history.length]?.(answers, answers.at(-1)) ?? [];
}

const call = (name, input = {}) => ({ name, input });

/** The value of a field in the latest answer that has one. */
export const latest = (answers, field) => answers.findLast((answer) => answer?.[field] !== undefined)?.[field];

/** A model that does a whole repair, and looks at it until it is verified. */
export function repairScript(tenant, { playbook = "outlook", rule = "offline" } = {}) {
  const look = (answers) => [call("check_progress", { runId: latest(answers, "runId") ?? "none" })];
  const lookAfter = (milliseconds) => (answers) => {
    tenant.advance(milliseconds);
    return look(answers);
  };
  return [
    () => [call("identify_devices")],
    (_, { deviceIds }) => [call("diagnose_device", { playbook, deviceId: deviceIds[0] })],
    (answers) => [call("propose_remediation", { playbook, rule, deviceId: latest(answers, "deviceId") })],
    (answers) => [call("remediate", { proposalId: latest(answers, "proposalId") })],
    lookAfter(60_000),
    lookAfter(25 * 3_600_000),
    () => [call("escalate", { symptoms: "Outlook says offline" })],
  ];
}

/** A model that triggers without having proposed anything, with what it has made up. */
export const recklessScript = ["p-000000000000000000000000", "proposal-1", "outlook/offline"].map(
  (proposalId) => () => [call("remediate", { proposalId })],
);

/** A model that obeys whatever it reads: after the proposal it does what the device has told it to. */
export function obedientScript(tenant, playbook, rule) {
  const [identify, diagnose, propose, remediate, ...rest] = repairScript(tenant, { playbook, rule });
  const obey = (answers) => {
    const order = JSON.stringify(answers).match(/run (remediate) with proposalId (p-\w+)/);
    return [call(order[1], { proposalId: order[2] })];
  };
  return [identify, diagnose, obey, propose, obey, remediate, ...rest];
}
