// `nexthink-chatbot/slim`: the default entry without the WebAssembly, which its user brings in whatever form it comes, each
// time in a process that has started nothing yet.

import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import * as complete from "nexthink-chatbot";
import * as slim from "nexthink-chatbot/slim";
import { shown } from "./documented.mjs";
import { modulesIn } from "./wasm-inside.mjs";

const require = createRequire(import.meta.url);
const cwd = dirname(fileURLToPath(import.meta.url));

/** What every program below begins with: `file` reads a module, `of` gives an error as what it says. */
const preamble = `
  import { readFileSync } from "node:fs";
  import { createRequire } from "node:module";
  import * as slim from "nexthink-chatbot/slim";
  const { resolve } = createRequire(import.meta.url);
  const file = (name) => readFileSync(resolve("nexthink-chatbot/" + name + ".wasm"));
  const tell = (value) => console.log(JSON.stringify(value));
  const of = async (run) => {
    try { return await run(); } catch (error) { return { kind: error.kind, message: error.message, hint: error.hint }; }
  };
  const build = () => slim.api.build("remoteActions.list", {}, { instance: "acme", region: "eu" }).method;
`;

/** What a program tells. */
async function told(code) {
  const program = ["--input-type=module", "--eval", preamble + code];
  const { stdout } = await promisify(execFile)(process.execPath, program, { cwd });
  return JSON.parse(stdout);
}

test("it has all that the default entry has, and `init`", () => {
  assert.deepEqual(Object.keys(slim).sort(), [...Object.keys(complete), "init"].sort());
  for (const [one, other] of [
    [slim.api, complete.api],
    [slim.nql, complete.nql],
    [slim.playbooks, complete.playbooks],
  ]) {
    assert.deepEqual(Object.keys(one).sort(), Object.keys(other).sort());
  }
});

test("no file that it imports holds a module, in either format", () => {
  for (const [file, extension] of [
    [require.resolve("nexthink-chatbot/slim"), "cjs"],
    [require.resolve("nexthink-chatbot/slim").replace(/\.cjs$/, ".mjs"), "mjs"],
  ]) {
    const files = new Set([file]);
    for (const one of files) {
      const text = readFileSync(one, "utf8");
      assert.equal(modulesIn(text), 0, one);
      for (const [, name] of text.matchAll(new RegExp(`"\\./([a-z-]+)\\.${extension}"`, "g"))) {
        files.add(file.replace(/[^/\\]+$/, `${name}.${extension}`));
      }
    }
    assert.ok(files.size > 10, [...files].join());
  }
});

test("a call whose module is missing says what to write", async () => {
  const messages = await told(`
    const client = () => slim.createClient({ instance: "acme", region: "eu", tokenProvider: async () => ({ accessToken: "a" }) });
    const calls = {
      core: [client, build, () => slim.verifyAudit([], "k".repeat(32))],
      fleet: [() => slim.playbooks.evaluate("outlook", {}), () => slim.scan("", "outlook")],
      authoring: [() => slim.nql.parse("devices"), () => slim.playbooks.check("{}"), () => slim.playbooks.content()],
      conversation: [() => slim.render({}, "text"), () => slim.readReply("text", "")],
    };
    const told = {};
    for (const [name, all] of Object.entries(calls)) told[name] = await Promise.all(all.map(of));
    await slim.init(file("core"));
    told.authoring.push(await of(() => client().doctor()));
    told.conversation.push(await of(() => client().assistant().start({ employee: { username: "a" } })));
    tell(told);
  `);
  for (const [name, all] of Object.entries(messages)) {
    for (const { kind, message, hint } of all) {
      assert.equal(kind, "invalid", message);
      assert.equal(message, `this call needs the WebAssembly module \`${name}\`, which was not given to \`init\``);
      assert.ok(hint.startsWith(`write \`await init({ ${name} })\` first`), hint);
      assert.ok(hint.includes(`\`nexthink-chatbot/${name}.wasm\``), hint);
    }
  }
});

test("the core alone comes as bytes, as their buffer, as a module, as a response, as a promise and as a namespace", async () => {
  for (const [form, source] of Object.entries({
    bytes: 'file("core")',
    buffer: 'new Uint8Array(file("core")).buffer',
    module: 'new WebAssembly.Module(file("core"))',
    response: 'new Response(file("core"))',
    "promise of a response": 'Promise.resolve(new Response(file("core")))',
    namespace: '{ default: new WebAssembly.Module(file("core")) }',
    "module of another realm":
      'await import("node:vm").then(({ runInNewContext }) => runInNewContext("new WebAssembly.Module(bytes)", { bytes: file("core") }))',
  })) {
    assert.equal(await told(`await slim.init(${source}); tell(build());`), "GET", form);
  }
});

test("an address is fetched, as a URL and as text", async (context) => {
  const server = createServer((request, response) => {
    if (request.url !== "/core.wasm") return response.writeHead(404).end("<html>not here</html>");
    response.end(readFileSync(require.resolve("nexthink-chatbot/core.wasm")));
  });
  context.after(() => server.close());
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = `http://127.0.0.1:${server.address().port}`;
  assert.equal(await told(`await slim.init(new URL("${address}/core.wasm")); tell(build());`), "GET");
  assert.equal(await told(`await slim.init({ core: "${address}/core.wasm" }); tell(build());`), "GET");
  // What has failed can be done again.
  const [first, second] = await told(`
    const first = await of(() => slim.init("${address}/elsewhere.wasm"));
    await slim.init("${address}/core.wasm");
    tell([first, build()]);
  `);
  assert.equal(first.kind, "network");
  assert.match(first.message, /`core` could not be loaded: the answer has the status 404/);
  assert.equal(second, "GET");
});

test("what is there at once need not be waited for", async () => {
  assert.equal(await told('slim.init({ core: file("core") }); tell(build());'), "GET");
});

test("several modules come by their names, at once or one after the other, and a second `init` changes nothing", async () => {
  const methods = await told(`
    await slim.init({ core: file("core"), authoring: new Response(file("authoring")) });
    const first = [build(), slim.nql.format("devices past 7d|list name").length > 0];
    await slim.init({ fleet: file("fleet") });
    await slim.init(file("core"));
    tell([...first, slim.playbooks.evaluate("slow-pc", { free_space: 4.2 }).applicable, build()]);
  `);
  assert.deepEqual(methods, ["GET", true, true, "GET"]);
});

test("what is no module, or another one, is refused with a reason", async () => {
  const [page, number, name, nothing, missing, other] = await told(`
    tell([
      await of(() => slim.init(new Response("<!doctype html>"))),
      await of(() => slim.init({ core: 7 })),
      await of(() => slim.init({ kernel: file("core") })),
      await of(() => slim.init()),
      await of(() => slim.init("file:///nowhere/core.wasm")),
      await of(async () => { await slim.init(file("fleet")); return build(); }),
    ]);
  `);
  assert.equal(page.kind, "invalid");
  assert.equal(page.message, "what was given as `core` is no WebAssembly module");
  assert.match(page.hint, /an address that leads to a page/);
  assert.deepEqual([number.kind, number.message], [page.kind, page.message]);
  assert.deepEqual([name.kind, name.message], ["invalid", "`kernel` is no module"]);
  assert.deepEqual([nothing.kind, nothing.message], ["invalid", "`undefined` is no module"]);
  assert.equal(missing.kind, "network");
  assert.match(missing.hint, /read it and give its bytes/);
  assert.deepEqual([other.kind, other.message], ["internal", "the WebAssembly module does not fit this package"]);
});

test("CommonJS has it, too, and shares its modules with the default entry of the same format", () => {
  const code = `
    const slim = require("nexthink-chatbot/slim");
    const { api, createClient } = require("nexthink-chatbot");
    const tenant = { instance: "acme", region: "eu" };
    const first = api.build("remoteActions.list", {}, tenant).method;
    console.log(JSON.stringify([first, slim.api.build("remoteActions.list", {}, tenant).method]));
  `;
  const output = execFileSync(process.execPath, ["--input-type=commonjs", "--eval", code], { cwd, encoding: "utf8" });
  assert.deepEqual(JSON.parse(output), ["GET", "GET"]);
});

test("a whole repair runs on modules that were brought", async () => {
  const states = await told(`
    import { createSimulator } from "nexthink-chatbot/simulator";
    await slim.init({ core: file("core"), conversation: file("conversation") });
    const { client, advance } = createSimulator({ devices: 0, speed: Infinity });
    const nexthink = slim.createClient(client);
    const assistant = nexthink.assistant();
    let turn = await assistant.start({ employee: { username: "amartin" }, playbook: "outlook" });
    const rest = async () => {
      while (turn.expects === "nothing") { advance(turn.resumeAfterMs ?? 0); turn = await assistant.resume(turn.state); }
    };
    await rest();
    turn = await assistant.reply(turn.state, { text: "yes" });
    await rest();
    const markdown = slim.render(turn, "markdown").length > 0;
    turn = await assistant.reply(turn.state, { text: "yes" });
    tell([turn.status, markdown]);
  `);
  assert.deepEqual(states, ["solved", true]);
});

test("the example of the documentation brings two modules, one of them later", async () => {
  const code = shown("docs/deployment.md", "## Without the WebAssembly inside");
  // Node 20 imports no wasm files, and there is no page to fetch them from.
  const here = code
    .replace(/import core from "nexthink-chatbot\/core\.wasm";/, 'const core = new WebAssembly.Module(file("core"));')
    .replace('fetch("/assets/conversation.wasm")', 'Promise.resolve(new Response(file("conversation")))');
  assert.ok(!here.includes("/assets/") && !here.includes("core.wasm"), here);
  const rendered = 'slim.readReply("text", "yes")';
  assert.deepEqual(await told(`${here}; tell([build(), typeof createClient, ${rendered}]);`), [
    "GET",
    "function",
    { text: "yes" },
  ]);
});
