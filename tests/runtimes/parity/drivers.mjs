// What drives the browsers that Debian has: each by whatever protocol works with it, and all in the same words.

import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { delimiter, join } from "node:path";
import { serverOf } from "./processes.mjs";

/**
 * @param {NodeJS.Require} require finds playwright-core and puppeteer-core
 * @returns {{ runtime: string, missing: string | false, open: () => Promise<Driven> }[]}
 */
export const drivers = (require) => [chromium(require), firefox(require), webKit()];

/**
 * @typedef {object} Driven
 * @property {string} version
 * @property {(url: string) => Promise<unknown>} go
 * @property {(selector: string, text: string) => Promise<unknown>} type puts the text into a field, as keys do
 * @property {(selector: string) => Promise<unknown>} click
 * @property {(expression: string) => Promise<unknown>} evaluate in the page; a promise is waited for
 * @property {() => Promise<unknown>} close
 */

const onPath = (...names) =>
  names
    .flatMap((name) => (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, name)))
    .find((file) => existsSync(file));

const install = (...packages) => `apt-get install --no-install-recommends ${packages.join(" ")}`;

const majorOf = (version) => version.split(".")[0] + (version.endsWith("esr") ? " ESR" : "");

function chromium(require) {
  const executablePath = process.env.CHROMIUM ?? onPath("chromium", "chromium-browser", "google-chrome");
  return {
    runtime: "Chromium",
    missing: executablePath ? false : install("chromium"),
    async open() {
      const driver = require("playwright-core").chromium;
      const opened = await driver.launch({ executablePath, args: ["--no-sandbox"] });
      return driven(await opened.newPage(), majorOf(opened.version()), () => opened.close());
    },
  };
}

function firefox(require) {
  const executablePath = onPath("firefox-esr", "firefox");
  return {
    runtime: "Firefox",
    missing: executablePath ? false : install("firefox-esr"),
    async open() {
      const { default: puppeteer } = await import(require.resolve("puppeteer-core"));
      const opened = await puppeteer.launch({ browser: "firefox", executablePath, headless: true });
      const version = majorOf((await opened.version()).replace(/^\w+\//, ""));
      return driven(await opened.newPage(), version, () => opened.close());
    },
  };
}

/** Playwright's pages and Puppeteer's have the same words for this much. */
const driven = (page, version, close) => ({
  version,
  go: (url) => page.goto(url),
  type: (selector, text) => page.type(selector, text),
  click: (selector) => page.click(selector),
  evaluate: (expression) => page.evaluate(expression),
  close,
});

/** By the protocol of W3C WebDriver, which needs no package. Without a display of its own it would wait for one for ever. */
function webKit() {
  const [driver, display] = [onPath("WebKitWebDriver"), onPath("xvfb-run")];
  const binary = miniBrowsers.find(existsSync);
  return {
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
      const session = `/session/${sessionId}`;
      const toElement = async (selector, path, body) => {
        const found = await ask("POST", `${session}/element`, { using: "css selector", value: selector });
        return ask("POST", `${session}/element/${Object.values(found)[0]}/${path}`, body);
      };
      return {
        version: capabilities.browserVersion.split(".").slice(0, 2).join("."),
        go: (url) => ask("POST", `${session}/url`, { url }),
        type: (selector, text) => toElement(selector, "value", { text }),
        click: (selector) => toElement(selector, "click", {}),
        evaluate(expression) {
          const script = `const done = arguments[arguments.length - 1]; Promise.resolve(${expression}).then(done);`;
          return ask("POST", `${session}/execute/async`, { script, args: [] });
        },
        async close() {
          await ask("DELETE", session);
          await server.stop();
        },
      };
    },
  };
}

const miniBrowsers = ["x86_64", "aarch64"].map((cpu) => `/usr/lib/${cpu}-linux-gnu/webkit2gtk-4.1/MiniBrowser`);

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
