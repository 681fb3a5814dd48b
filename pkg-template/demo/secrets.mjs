// What of a call may be shown: everything but what lets others in.

/** What stands for a secret. */
const dots = "••••••••";

/** The headers that tell something, the credential without its value. */
export function shownHeaders(headers = {}) {
  const shown = ["authorization", "content-type", "x-utc-times"];
  return Object.entries(headers)
    .filter(([name]) => shown.includes(name.toLowerCase()))
    .map(([name, value]) => (/^authorization$/i.test(name) ? [name, `${value.split(" ")[0]} ${dots}`] : [name, value]));
}

/** A body without secrets: the values of such names in JSON and in forms. Other text stays as it is. */
export function hidden(text) {
  if (!text) return "";
  try {
    const plain = (name, value) => (isSecret(name) && typeof value === "string" ? dots : value);
    return JSON.stringify(JSON.parse(text), plain, 2);
  } catch {
    return text.replace(/([^&=\s]+)=([^&\s]*)/g, (pair, name) => (isSecret(name) ? `${name}=${dots}` : pair));
  }
}

const isSecret = (name) => /(^|_)token$|secret|password|assertion/i.test(name);
