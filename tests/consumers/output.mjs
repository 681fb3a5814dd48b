// What a bundler has written: which of the package's modules and languages are in it, and what it does in Node and in a page.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, extname, join } from "node:path";
import { promisify } from "node:util";

export const home = dirname(createRequire(import.meta.url).resolve("nexthink-chatbot/package.json"));

const names = ["core", "fleet", "authoring", "conversation", "proactive", "simulator"];

/** By what each module is told apart where it is text: no two have the same order of bytes. */
const marks = names.map((name) => {
  const [, order] = /order: "([0-9a-f]{512})"/.exec(readFileSync(join(home, `${name}-module.mjs`), "utf8"));
  return { name, order, bytes: readFileSync(join(home, `${name}.wasm`)) };
});

/** Something that the assistant says only in this language. */
const words = { de: "Was funktioniert nicht?", en: "What is wrong?", fr: "Qu’est-ce qui ne va pas ?" };

/** A folder that is removed at the end of a test. */
export function temporaryFolder(context) {
  const folder = mkdtempSync(join(tmpdir(), "nexthink-chatbot-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** All files of a folder. */
export function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

/**
 * How often each module is in a folder, as text or as a file, and which languages are.
 * @param {(file: string) => boolean} [counts] which files count
 */
export function contentOf(folder, counts = () => true) {
  const files = filesIn(folder).filter(counts);
  const wasm = files.filter((file) => file.endsWith(".wasm")).map((file) => readFileSync(file));
  const texts = files.filter((file) => /\.[mc]?js$/.test(file)).map((file) => readFileSync(file, "utf8"));
  const all = texts.join("\n");
  const modules = marks.map(({ name, order, bytes }) => {
    const asText = all.split(order).length - 1;
    return [name, asText + wasm.filter((one) => one.equals(bytes)).length];
  });
  const spoken = Object.entries(words).filter(([, text]) => [text, escaped(text)].some((one) => all.includes(one)));
  return {
    modules: Object.fromEntries(modules.filter(([, count]) => count > 0)),
    languages: spoken.map(([name]) => name),
  };
}

/** As some bundlers write what is not ASCII. */
const escaped = (text) => text.replace(/[^\0-\x7f]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** What a program prints in Node, far from any node_modules. */
export async function printed(file) {
  const { stdout } = await promisify(execFile)(process.execPath, [file], { cwd: dirname(file) });
  return JSON.parse(stdout);
}

const chromium = "/usr/bin/chromium";

/** Why nothing is run in a page, or false. */
export const noBrowser = existsSync(chromium) ? false : "chromium is not installed: apt-get install chromium";

const types = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
};

/** What `told` comes to be in a page of a folder, under a policy as strict as WebAssembly lets it be. */
export async function toldInPage(context, folder, page = "index.html") {
  const server = createServer((request, response) => {
    const file = join(folder, new URL(request.url, "http://localhost").pathname);
    if (!filesIn(folder).includes(file)) return response.writeHead(404).end();
    const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";
    response.setHeader("content-security-policy", policy);
    response.writeHead(200, { "content-type": types[extname(file)] ?? "text/plain" }).end(readFileSync(file));
  });
  context.after(() => server.close());
  await once(server.listen(0, "127.0.0.1"), "listening");
  return toldAt(context, `http://127.0.0.1:${server.address().port}/${page}`);
}

/** The same for an address. */
export async function toldAt(context, address) {
  const { chromium: browserType } = await import("playwright-core");
  const browser = await browserType.launch({ executablePath: chromium, args: ["--no-sandbox"] });
  context.after(() => browser.close());
  const tab = await browser.newPage();
  const troubles = [];
  tab.on("pageerror", (error) => troubles.push(String(error)));
  tab.on("console", (message) => message.type() === "error" && troubles.push(message.text()));
  await tab.goto(address, { waitUntil: "load" });
  const text = await tab.evaluate(async () => {
    while (!globalThis.told) await new Promise(requestAnimationFrame);
    return globalThis.told;
  });
  assert.deepEqual(
    troubles.filter((text) => !text.includes("favicon") && !/status of 404/.test(text)),
    [],
  );
  assert.equal(typeof text, "string");
  return JSON.parse(text);
}

/** A page that loads one script. */
export const pageOf = (script, type = "module") =>
  `<!doctype html><meta charset="utf-8"><title>An application</title><script ${type && `type="${type}"`} src="${script}"></script>`;
