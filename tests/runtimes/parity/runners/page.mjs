// A page: it runs the scenario itself, or has a worker run it.

import { report } from "./browser.mjs";

if (location.search === "?worker") {
  const url = new URL("page-worker.mjs", import.meta.url).href;
  // Under the strict policy a page has to say of which scripts it makes workers.
  const policy = globalThis.trustedTypes?.createPolicy("parity", { createScriptURL: (known) => known });
  const worker = new Worker(policy?.createScriptURL(url) ?? url, { type: "module" });
  worker.addEventListener("error", ({ message }) =>
    fetch("/failed", { method: "POST", body: `the worker: ${message}` }),
  );
} else {
  report();
}
