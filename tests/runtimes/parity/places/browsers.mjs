// Browsers, as Debian has them: each in a page and in a worker, freely and under a strict policy. Whatever drives one only
// opens an address; what comes of it the page says itself.

import { createRequire } from "node:module";
import { join } from "node:path";
import { drivers } from "../drivers.mjs";
import { servePages, strictPolicy } from "../page-server.mjs";
import { here } from "../project.mjs";

const timeout = 240_000;

/** A browser that stays open from its first form to `end`. @param open starts it: how to go somewhere, and its version */
function browser({ runtime, missing, open }) {
  let opened;
  const started = () => {
    opened ??= open();
    return opened;
  };
  const form = (search, policy) => async () => {
    const { go } = await started();
    const server = await servePages(policy);
    try {
      const [said] = await Promise.all([server.report(timeout), go(`${server.url}${search}`)]);
      return said;
    } finally {
      server.close();
    }
  };
  return {
    runtime,
    missing,
    isLenient: true,
    version: async () => (await started()).version,
    forms: {
      page: form(""),
      "Web Worker": form("?worker"),
      "page, strict CSP": form("", strictPolicy),
      "Web Worker, strict CSP": form("?worker", strictPolicy),
    },
    async end() {
      if (opened) await (await opened).close();
    },
  };
}

export const browsers = drivers(createRequire(join(here, "package.json"))).map(browser);
