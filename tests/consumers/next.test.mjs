// The package in Next.js: a route on Node, a route on the edge runtime, which compiles no WebAssembly by itself, and a page.

import assert from "node:assert/strict";
import { join } from "node:path";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { run } from "./app/whole.mjs";
import { buildNext, startNext } from "./next-application.mjs";
import { contentOf, noBrowser, toldAt } from "./output.mjs";

const folder = fileURLToPath(new URL("next", import.meta.url));
const expected = await run();

before(() => buildNext(folder));

test("Next.js: its routes on Node and on the edge tell the same, and so does a page", async (context) => {
  const address = await startNext(context, folder);
  const told = async (path) => {
    const answer = await fetch(address + path);
    assert.equal(answer.status, 200, await answer.clone().text());
    return answer.json();
  };
  assert.deepEqual(await told("/node"), { runtime: "undefined", told: expected });
  assert.deepEqual(await told("/edge"), { runtime: "string", told: expected });
  if (noBrowser) context.diagnostic(`not run in a page: ${noBrowser}`);
  else assert.deepEqual(await toldAt(context, address), expected);
});

test("Next.js: each module is once in what pages load, and once, as a file, in what the edge loads", () => {
  const everyModule = { core: 1, fleet: 1, authoring: 1, conversation: 1, proactive: 1, simulator: 1 };
  const output = join(folder, ".next");
  assert.deepEqual(contentOf(join(output, "static")).modules, everyModule);
  const server = join(output, "server");
  assert.deepEqual(contentOf(server, (file) => file.endsWith(".wasm")).modules, everyModule);
  assert.deepEqual(
    contentOf(server, (file) => file.includes(`${join(server, "edge")}/`) && !file.endsWith(".wasm")).modules,
    {},
  );
});
