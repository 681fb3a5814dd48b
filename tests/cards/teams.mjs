// Adaptive Cards as their own renderer draws them, in Chromium.

import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { compileFunction } from "node:vm";
import { chromium } from "playwright-core";

const places = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const executablePath = places.find((place) => place && existsSync(place));

/** Why there are no pictures, where there are none. */
export const missing =
  executablePath === undefined && "install Chromium (apt-get install chromium) or name one in CHROMIUM";

/** Where the pictures go, to be looked at. */
const pictures = join(process.env.CHECKOUT ?? ".", "target", "cards");

const dist = join(createRequire(import.meta.url).resolve("adaptivecards"), "..", "..", "dist");
const [script, style] = ["adaptivecards.min.js", "adaptivecards.css"].map((file) =>
  readFileSync(join(dist, file), "utf8"),
);

/** The renderer anew: its own modules cannot be imported by Node, and it remembers where a search for a language ended. */
export function loadRenderer() {
  const module = { exports: {} };
  compileFunction(script, ["module", "exports"])(module, module.exports);
  return module.exports;
}

/** Like Teams: its sizes, and its colours in both themes. */
const themes = {
  light: { background: "#ffffff", text: "#242424", subtle: "#616161", good: "#e7f2da", warning: "#fbf6d9" },
  dark: { background: "#292929", text: "#ffffff", subtle: "#adadad", good: "#0d2e0d", warning: "#463100" },
};

function hostConfig({ background, text, subtle, good, warning }) {
  const colours = { default: { default: text, subtle } };
  const container = (backgroundColor) => ({ backgroundColor, foregroundColors: colours });
  return {
    fontFamily: "sans-serif",
    supportsInteractivity: true,
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    containerStyles: {
      default: container(background),
      emphasis: container(background),
      good: container(good),
      warning: container(warning),
    },
    actions: { maxActions: 6, actionsOrientation: "horizontal", actionAlignment: "left", buttonSpacing: 8 },
  };
}

/**
 * Starts the browser. `open` gives a host as wide as a phone by default; its `draw` draws a card instead of the last.
 */
export async function startRenderer(context) {
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  context.after(() => browser.close());
  mkdirSync(pictures, { recursive: true });

  async function open({ theme = "light", width = 320, knowsExecute = true } = {}) {
    const page = await browser.newPage({ viewport: { width, height: 400 }, colorScheme: theme });
    await page.setContent(`<!doctype html><body style="margin: 8px; background: ${themes[theme].background}">`);
    await page.addStyleTag({ content: style });
    await page.addScriptTag({ content: script });
    async function draw(card, name) {
      await page.evaluate(drawInPage, { card, config: hostConfig(themes[theme]), knowsExecute });
      if (name) await page.screenshot({ path: join(pictures, `${name}-${theme}-${width}.png`), fullPage: true });
    }
    return { draw, page };
  }
  return { open };
}

/** Runs in the page; what becomes of presses is in `window.executed`. */
function drawInPage({ card, config, knowsExecute }) {
  const { AdaptiveCard, HostConfig, SerializationContext, CardObjectRegistry, GlobalRegistry } = window.AdaptiveCards;
  const adaptiveCard = new AdaptiveCard();
  adaptiveCard.hostConfig = new HostConfig(config);
  window.executed = [];
  adaptiveCard.onExecuteAction = (action) => window.executed.push(action.toJSON());
  const parsing = new SerializationContext();
  if (!knowsExecute) {
    const actions = new CardObjectRegistry();
    GlobalRegistry.defaultActions.copyTo(actions);
    actions.unregister("Action.Execute");
    parsing.setActionRegistry(actions);
  }
  adaptiveCard.parse(card, parsing);
  document.body.replaceChildren(adaptiveCard.render());
}
