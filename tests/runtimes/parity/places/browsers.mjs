// Browsers, as Debian has them: each in a page and in a worker, freely and under a strict policy. Whatever drives one only
// opens an address; what comes of it the page says itself.

import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { servePages, strictPolicy } from "../page-server.mjs";
import { serverOf } from "../processes.mjs";
import { here } from "../project.mjs";

const require = createRequire(join(here, "package.json"));
const timeout = 240_000;

const onPath = (...names) =>
  names
    .flatMap((name) => (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, name)))
    .find((file) => existsSync(file));

const install = (...packages) => `apt-get install --no-install-recommends ${packages.join(" ")}`;

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

function chromium() {
  const executablePath = process.env.CHROMIUM ?? onPath("chromium", "chromium-browser", "google-chrome");
  return browser({
    runtime: "Chromium",
    missing: executablePath ? false : install("chromium"),
    async open() {
      const driver = require("playwright-core").chromium;
      const opened = await driver.launch({ executablePath, args: ["--no-sandbox"] });
      const page = await opened.newPage();
      const version = majorOf(opened.version());
      return { version, go: (url) => page.goto(url), close: () => opened.close() };
    },
  });
}

function firefox() {
  const executablePath = onPath("firefox-esr", "firefox");
  return browser({
    runtime: "Firefox",
    missing: executablePath ? false : install("firefox-esr"),
    async open() {
      const { default: puppeteer } = await import(require.resolve("puppeteer-core"));
      const opened = await puppeteer.launch({ browser: "firefox", executablePath, headless: true });
      const page = await opened.newPage();
      const version = majorOf((await opened.version()).replace(/^\w+\//, ""));
      return { version, go: (url) => page.goto(url), close: () => opened.close() };
    },
  });
}

/** By the protocol of W3C WebDriver, which needs no package. Without a display of its own it would wait for one for ever. */
function webKit() {
  const [driver, display] = [onPath("WebKitWebDriver"), onPath("xvfb-run")];
  const binary = miniBrowsers.find(existsSync);
  return browser({
    runtime: "WebKitGTK",
    missing: driver && display && binary ? false : install("webkit2gtk-driver", "xvfb"),
    async open() {
      const port = await freePort();
      const address = `http://127.0.0.1:${port}`;
      const server = await serverOf(display, ["-a", driver, `--port=${port}`, "--host=127.0.0.1"], {
        env: { WEBKIT_DISABLE_COMPOSITING_MODE: "1" },
        isReady: async () => (await fetch(`${address}/status`)).ok,
      });
      const ask = async (method, path, body) => {
        const answer = await fetch(`${address}${path}`, { method, ...(body && { body: JSON.stringify(body) }) });
        const { value } = await answer.json();
        if (!answer.ok) throw new Error(`WebKitWebDriver: ${value.error}: ${value.message}`);
        return value;
      };
      const options = { "webkitgtk:browserOptions": { binary, args: ["--automation"] } };
      const { sessionId, capabilities } = await ask("POST", "/session", { capabilities: { alwaysMatch: options } });
      return {
        version: capabilities.browserVersion.split(".").slice(0, 2).join("."),
        go: (url) => ask("POST", `/session/${sessionId}/url`, { url }),
        async close() {
          await ask("DELETE", `/session/${sessionId}`);
          await server.stop();
        },
      };
    },
  });
}

const miniBrowsers = ["x86_64", "aarch64"].map((cpu) => `/usr/lib/${cpu}-linux-gnu/webkit2gtk-4.1/MiniBrowser`);

async function freePort() {
  const server = await servePages();
  server.close();
  return new URL(server.url).port;
}

const majorOf = (version) => version.split(".")[0] + (version.endsWith("esr") ? " ESR" : "");

export const browsers = [chromium(), firefox(), webKit()];
