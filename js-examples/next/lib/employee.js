// Who is there: a session that your sign-in has made, as a token in a cookie (a JWT, HS256), and never what a message says.

import { isSimulated } from "./tenant.js";

const encoder = new TextEncoder();

/** With Auth.js: `const session = await auth(); return session && { email: session.user.email };` */
export async function employeeOf(request) {
  if (isSimulated) return { username: "amartin" };
  const email = await subjectOf(request.cookies.get("session")?.value ?? "");
  return email && { email };
}

/** The e-mail in a token, if it was signed with our key and holds. */
async function subjectOf(token) {
  const [header, payload, signature] = token.split(".");
  if (!signature) return undefined;
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", encoder.encode(secret()), algorithm, false, ["verify"]);
  if (!(await crypto.subtle.verify("HMAC", key, bytesOf(signature), encoder.encode(`${header}.${payload}`))))
    return undefined;
  const { email, exp } = JSON.parse(new TextDecoder().decode(bytesOf(payload)));
  return exp > Date.now() / 1000 ? email : undefined;
}

function secret() {
  const { SESSION_SECRET = "" } = process.env;
  if (SESSION_SECRET.length < 32) throw new Error("SESSION_SECRET is missing, or shorter than 32 characters");
  return SESSION_SECRET;
}

const bytesOf = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
