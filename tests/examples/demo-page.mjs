// The demo as its visitors have it: served by the program, drawn by Chromium. Whatever a test does there, nothing may
// leave the page's own place, and the browser may find nothing to complain of.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { after, before } from "node:test";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
export const home = dirname(require.resolve("nexthink-chatbot/package.json"));

const places = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const executablePath = places.find((place) => place && existsSync(place));

/** Why the page cannot be opened, where it cannot. */
export const missing =
  executablePath === undefined && "install Chromium (apt-get install chromium) or name one in CHROMIUM";

const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

export const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

/** Starts the program and the browser before the tests of a file, and ends both after them. */
export function demo() {
  let browser;
  let child;
  let url;
  before(async () => {
    if (missing) return;
    child = spawn(process.execPath, [join(home, "cli", "nexthink-chatbot.mjs"), "demo", "--no-open", "--port", "0"]);
    for await (const text of child.stdout.setEncoding("utf8")) {
      url = /^The demo is at (\S+)$/m.exec(text)?.[1];
      if (url) break;
    }
    browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  });
  after(async () => {
    if (missing) return;
    child.kill();
    await Promise.all([browser.close(), once(child, "close")]);
  });

  return {
    /**
     * Opens the page, lets something be done there, and looks whether the browser had anything to complain of.
     * @param {object} options `query` for the address; `at` for another place of the page; all others are the browser's
     */
    async visit({ query = { speed: "100" }, at, ...options }, act) {
      const context = await browser.newContext({ viewport: sizes.desk, reducedMotion: "reduce", ...options });
      const page = await context.newPage();
      const complaints = [];
      const address = new URL(`?${new URLSearchParams(query)}`, at ?? url);
      page.on("console", (message) => complaints.push(message.text()));
      page.on("pageerror", (error) => complaints.push(error.stack));
      page.on("request", (request) => {
        if (new URL(request.url()).origin !== address.origin) complaints.push(`a request to ${request.url()}`);
      });
      page.on("response", (response) => {
        if (response.status() !== 200) complaints.push(`${response.url()}: ${response.status()}`);
      });
      page.setDefaultTimeout(30_000);
      await page.addInitScript(() => {
        addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective}`));
      });
      try {
        await page.goto(address.href);
        await page.locator("#choices button").first().waitFor();
        await act(visitor(page), page);
      } finally {
        await context.close();
      }
      assert.deepEqual(complaints, []);
    },
  };
}

/** What somebody can do in the page, and what they see there. */
function visitor(page) {
  const texts = (selector) => page.locator(selector).allInnerTexts();
  const button = (name) => page.locator("#choices").getByRole("button", { name, exact: true });
  return {
    choose: (name) => button(name).click(),
    offered: (name) => button(name).waitFor(),
    /** Waits until something is said. */
    hears: (text) => page.getByRole("log").getByText(text).waitFor(),
    write: async (text) => {
      await page.getByRole("textbox").fill(text);
      await page.getByRole("textbox").press("Enter");
    },
    toggle: (name) => page.getByRole("button", { name, exact: true }).click(),
    isOn: async (name) =>
      (await page.getByRole("button", { name, exact: true }).getAttribute("aria-pressed")) === "true",
    steps: () => texts("#steps .done b"),
    events: () => texts("#run .events b"),
    event: (title) => page.locator("#run .events").getByText(title).waitFor(),
    truths: () => texts("#truths div"),
    verdicts: () => texts("#diagnosis .findings > li"),
    changed: () => texts("#facts .changed"),
    /** The calls as [method, path, of what, status]. */
    calls: () =>
      page
        .locator("#calls summary")
        .evaluateAll((rows) =>
          rows.map((row) =>
            [".method", ".path code", ".path small", ".status"].map((part) => row.querySelector(part).textContent),
          ),
        ),
    /** What is larger than its place, and cannot be scrolled there. */
    cut: () =>
      page.evaluate(() => {
        const parts = [document.documentElement, ...document.querySelectorAll(".panel, .bar, .tabs, .chat > header")];
        const isCut = (one) => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1;
        return parts.filter(isCut).map((one) => one.className || one.localName);
      }),
    /** What axe finds, in few words. */
    async violations() {
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run());
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(", ")}`);
    },
  };
}
