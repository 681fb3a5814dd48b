// Who may call: those who show the secret.

const encoder = new TextEncoder();
const digest = (text) => crypto.subtle.digest("SHA-256", encoder.encode(text));

/** Whether a request has the secret as its bearer token. How much of it is right cannot be told by the time it takes. */
export async function shows(secret, request) {
  if (!secret) return false;
  const [, token = ""] = /^Bearer (.+)$/.exec(request.headers.get("authorization") ?? "") ?? [];
  return crypto.subtle.timingSafeEqual(await digest(token), await digest(secret));
}
