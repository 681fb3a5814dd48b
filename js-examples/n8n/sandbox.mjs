// A Code node without n8n: what n8n's task runner puts around its code, as far as this example needs it. The package comes from
// outside, and the code has no `fetch`, `URL`, `crypto` or `process`.

import { createRequire } from "node:module";
import { createContext, runInContext } from "node:vm";

const allowed = ["nexthink-chatbot", "nexthink-chatbot/low-code"];
const load = createRequire(import.meta.url);

/**
 * @param {string} code of the node
 * @param {object} item the `json` of the item that comes in
 * @param {Record<string, string>} env what `$env` has
 * @returns {Promise<object>} the `json` of the first item that goes out
 */
export async function runCodeNode(code, item, env) {
  const context = createContext({
    require(name) {
      if (!allowed.includes(name)) throw new Error(`Cannot find module '${name}'`);
      return load(name);
    },
    $env: env,
    $input: { first: () => ({ json: item }), all: () => [{ json: item }] },
    console: { log: console.log },
    ...{ Buffer, setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate },
    ...{ btoa, atob, TextDecoder, TextEncoder, FormData },
  });
  const [{ json }] = await runInContext(`(async function () {${code}\n})()`, context);
  // Between nodes there is only JSON.
  return JSON.parse(JSON.stringify(json));
}
