// A tenant in which a device has another name than it was made with, such as one that an attacker chose.

/** @param {typeof fetch} fetch the tenant's @param {string} name the device's own @param {string} other what clients see */
export function renamed(fetch, name, other) {
  const written = JSON.stringify(other).slice(1, -1);
  return async (url, init) => {
    const body = typeof init.body === "string" ? init.body.replaceAll(written, name) : init.body;
    const answer = await fetch(url, { ...init, body });
    const text = (await answer.text()).replaceAll(name, written);
    const headers = [...answer.headers].filter(([header]) => header !== "content-length");
    return new Response(text, { status: answer.status, headers });
  };
}
