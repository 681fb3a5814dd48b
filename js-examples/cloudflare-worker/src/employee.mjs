// Who is there: whom Cloudflare Access has signed in, by the token that it adds to each request, and never what a message says.

/** So long its public keys are kept, in seconds: any copy of them will do, and KV has one everywhere. */
const keepFor = 3_600;

/** @returns {Promise<{ email: string } | { username: string } | undefined>} */
export async function employeeOf(request, env) {
  if (!env.NEXTHINK_INSTANCE) return { username: "amartin" };
  if (!env.ACCESS_TEAM || !env.ACCESS_AUDIENCE)
    throw new Error("ACCESS_TEAM or ACCESS_AUDIENCE is not set: nobody can be let in");
  const [head, content, signature] = (request.headers.get("cf-access-jwt-assertion") ?? "").split(".");
  if (!signature) return undefined;
  try {
    const { kid, alg } = jsonOf(head);
    const jwk = alg === "RS256" && (await keyOf(kid, env));
    if (!jwk) return undefined;
    const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
    const key = await crypto.subtle.importKey("jwk", jwk, algorithm, false, ["verify"]);
    const signed = new TextEncoder().encode(`${head}.${content}`);
    if (!(await crypto.subtle.verify(algorithm.name, key, bytesOf(signature), signed))) return undefined;
    const { aud, iss, exp, email } = jsonOf(content);
    const isForUs = [aud].flat().includes(env.ACCESS_AUDIENCE) && iss === env.ACCESS_TEAM && exp > Date.now() / 1000;
    return isForUs && email ? { email } : undefined;
  } catch (error) {
    // What is no token is nobody's.
    if (error instanceof SyntaxError || error instanceof DOMException) return undefined;
    throw error;
  }
}

/** The key of this name; asked for anew where it is not known, as after Access has changed its keys. */
async function keyOf(kid, env) {
  const find = (keys) => keys?.find((key) => key.kid === kid);
  return find(await env.SETTINGS.get("access-keys", "json")) ?? find(await freshKeys(env));
}

let freshAt = 0;

/** At most once in a minute, whatever names tokens have. */
async function freshKeys({ ACCESS_TEAM, SETTINGS }) {
  if (Date.now() < freshAt + 60_000) return undefined;
  freshAt = Date.now();
  const response = await fetch(`${ACCESS_TEAM}/cdn-cgi/access/certs`);
  if (!response.ok) throw new Error(`Cloudflare Access has answered ${response.status}`);
  const { keys } = await response.json();
  await SETTINGS.put("access-keys", JSON.stringify(keys), { expirationTtl: keepFor });
  return keys;
}

const bytesOf = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));

const jsonOf = (text) => JSON.parse(new TextDecoder().decode(bytesOf(text)));
