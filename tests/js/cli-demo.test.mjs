// The program's page: how it is served, to whom, and how it checks itself. What the page does is tested in a browser.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, get } from "node:http";
import { networkInterfaces, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { program } from "./served-tenant.mjs";

const home = dirname(dirname(program));

function run(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, "demo", ...args], { encoding: "utf8" });
  return { status, stdout, stderr };
}

/** Serves the page on a free port until the test ends. */
async function serve(context, ...args) {
  const child = spawn(process.execPath, [program, "demo", "--no-open", ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "close");
  context.after(() => {
    child.kill("SIGKILL");
    return ended;
  });
  for await (const text of child.stdout.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
    const url = /^The demo is at (\S+)$/m.exec(text)?.[1];
    if (url) return { url, child, ended };
  }
  throw new Error("the program ended");
}

test("the page checks itself: all that it loads is there, and every conversation ends solved, in all languages", () => {
  const { status, stdout, stderr } = run("--check");
  assert.deepEqual([status, stderr], [0, ""], stdout);
  assert.match(stdout, /^The page at http:\/\/127\.0\.0\.1:\d+\/demo\/ loads [4-9]\d files\.$/m);
  const solved = stdout.match(/^(en|fr|de|es|ja): “.+” is solved; requests that triggered a remote action: 1$/gm);
  assert.equal(solved?.length, 20);
});

test("the page's files are served with a policy that keeps everything in its own place", async (context) => {
  const { url } = await serve(context, "--port", "0");
  const { origin, pathname } = new URL(url);
  assert.equal(pathname, "/demo/");
  assert.equal((await fetch(origin)).url, url);
  for (const [path, type] of [
    ["/demo/", "text/html; charset=utf-8"],
    ["/demo/demo.css", "text/css; charset=utf-8"],
    ["/demo/icon.svg", "image/svg+xml"],
    ["/demo/main.mjs?again", "text/javascript; charset=utf-8"],
    ["/index.mjs", "text/javascript; charset=utf-8"],
  ]) {
    const response = await fetch(`${origin}${path}`);
    assert.deepEqual([response.status, response.headers.get("content-type")], [200, type], path);
    assert.match(
      response.headers.get("content-security-policy"),
      /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval';/,
    );
    assert.equal(response.headers.get("x-content-type-options"), "nosniff");
  }
  assert.equal((await fetch(`${origin}/demo/`, { method: "POST", body: "x" })).status, 405);
});

test("nothing else is served, however it is asked for", async (context) => {
  const { url } = await serve(context, "--port", "0");
  const { port } = new URL(url);
  for (const path of [
    "/package.json",
    "/cli/nexthink-chatbot.mjs",
    "/demo/../package.json",
    "/demo/..%2fpackage.json",
    "//etc/passwd",
  ]) {
    // `fetch` would make a proper path of it.
    const [response] = await once(get({ host: "127.0.0.1", port, path }), "response");
    assert.equal(response.statusCode, 404, path);
    response.resume();
  }
});

test("other machines do not reach the page", async (context) => {
  const { url } = await serve(context, "--port", "0");
  const outside = Object.values(networkInterfaces())
    .flat()
    .find(({ internal, family }) => !internal && family === "IPv4");
  if (!outside) return context.skip("this machine has no address but its own: connect it to a network");
  await assert.rejects(fetch(`http://${outside.address}:${new URL(url).port}/demo/`));
});

test("whoever names no port has the page where it usually is, or elsewhere if that is taken", async (context) => {
  const first = await serve(context);
  const second = await serve(context);
  assert.notEqual(first.url, second.url);
  assert.equal((await fetch(second.url)).status, 200);
});

test("a port that is taken is told, and how to have another", async (context) => {
  const taken = createServer();
  context.after(() => taken.close());
  await new Promise((resolve) => taken.listen(0, "127.0.0.1", resolve));
  const { port } = taken.address();
  const { status, stdout, stderr } = run("--no-open", "--port", String(port));
  const message = `error: port ${port} is taken: choose another with --port, or 0 for any that is free\n`;
  assert.deepEqual([status, stdout, stderr], [1, "", message]);
});

test("what is asked of the page stands in its address", async (context) => {
  const { url } = await serve(context, "--port", "0", "--employee", "amartin", "--locale", "de", "--speed", "2");
  assert.match(url, /\/demo\/\?employee=amartin&locale=de&speed=2$/);
});

test("what an option cannot be is refused in one sentence", () => {
  for (const [args, message] of [
    [["--port", "70000"], /^error: --port takes a whole number from 0 to 65535, not 70000 \(--help tells more\)\n$/],
    [["--speed", "fast"], /^error: --speed takes a number above 0, not fast /],
    [["--opne"], /^error: .*--opne/],
  ]) {
    const { status, stdout, stderr } = run(...args);
    assert.deepEqual([status, stdout], [2, ""], stderr);
    assert.match(stderr, message);
  }
  assert.match(run("--help").stdout, /--no-open/);
});

test("Ctrl+C ends it cleanly", { skip: process.platform === "win32" }, async (context) => {
  for (const signal of ["SIGINT", "SIGTERM"]) {
    const { child, ended } = await serve(context, "--port", "0");
    child.kill(signal);
    assert.deepEqual(await ended, [0, null]);
  }
});

test("the page is small: all of its files together are below 60 KB", () => {
  const files = readdirSync(join(home, "demo"));
  const bytes = files.reduce((sum, file) => sum + readFileSync(join(home, "demo", file)).length, 0);
  assert.ok(bytes < 60_000, `${bytes} bytes`);
});

test("the check fails where a file is missing, and where something would be loaded from elsewhere", (context) => {
  const folder = mkdtempSync(join(tmpdir(), "demo-"));
  context.after(() => rmSync(folder, { recursive: true }));
  cpSync(home, folder, { recursive: true });
  rmSync(join(folder, "demo", "panels.css"));
  const page = join(folder, "demo", "index.html");
  writeFileSync(page, readFileSync(page, "utf8").replace("icon.svg", "https://pictures.example/icon.svg"));
  const args = [join(folder, "cli", "nexthink-chatbot.mjs"), "demo", "--check"];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: "utf8" });
  assert.equal(status, 1);
  assert.match(stdout, /^WRONG: http:\S+\/demo\/panels\.css is answered with 404$/m);
  assert.match(stdout, /^WRONG: the page loads https:\/\/pictures\.example\/icon\.svg, which is elsewhere$/m);
});
