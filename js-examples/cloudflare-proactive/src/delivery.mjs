// How a message reaches the employee: put your chat platform's way in this file's place.

/**
 * Sends a message to the chat platform. It may be sent again with the same `id`, which the platform should then pass over.
 *
 * @param {{ id: string, employee: object, text: string, choices: { id: string, label: string }[], escalation?: object }} message
 * @throws Error where the platform has not taken it: it is sent again later
 */
export async function deliver(env, message) {
  const response = await fetch(env.CHAT_URL, {
    method: "POST",
    headers: {
      authorization: `Bearer ${env.CHAT_KEY}`,
      "content-type": "application/json",
      "idempotency-key": message.id,
    },
    body: JSON.stringify(message),
    // A redirect would take the key elsewhere.
    redirect: "manual",
    signal: AbortSignal.timeout(10_000),
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`the chat platform answered ${response.status}`);
}
