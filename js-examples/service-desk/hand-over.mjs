// The employee is told that their trouble is handed over to the service desk: this hands it over, before they are told.

/**
 * @param {string | undefined} url where your service desk takes it, as JSON; `../itsm-escalation` makes a ticket of it. Without one
 * it is shown where this program runs
 * @returns {(turn: { escalation?: object, state: { seal: string } }) => Promise<void>} hands over what a turn has to be handed over
 */
export const handOverTo = (url) => async (turn) => {
  if (!turn.escalation) return;
  const body = JSON.stringify(turn.escalation, undefined, 2);
  if (!url) return console.log(`The service desk gets this: ${body}`);
  const response = await fetch(url, {
    method: "POST",
    // A reply that comes twice is answered by the same turn, which should make one ticket.
    headers: { "content-type": "application/json", "idempotency-key": turn.state.seal },
    body,
    redirect: "manual",
    signal: AbortSignal.timeout(5_000),
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`the service desk has answered ${response.status}`);
};
