// The suites of the JavaScript side: linter, build, types, and the tests of the package as its users get it, in Node, in
// other runtimes, with the kits for language models and with the clients of their protocol.

import { existsSync, symlinkSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { typeCheck } from "../build/declarations.mjs";
import { filesIn } from "../build/inputs.mjs";
import { build } from "../build.mjs";
import { describe, Failure } from "../failure.mjs";
import { root } from "../paths.mjs";
import { run } from "../run.mjs";
import { nodeModules } from "../setup/node-modules.mjs";
import { installPacked, packed } from "./packed-project.mjs";
import { schemathesis } from "./schemathesis.mjs";

export const biome = {
  name: "biome",
  async run() {
    const linter = join(root, "node_modules", "@biomejs", "biome", "bin", "biome");
    const colours = process.stdout.isTTY ? ["--colors=force"] : [];
    const { code, output } = await run(process.execPath, [linter, "check", "--error-on-warnings", ...colours]);
    return { ok: code === 0, output };
  },
};

export const buildPackage = { name: "npm run build", run: () => passes(build) };

export const types = { name: "tsc", needs: [buildPackage], run: () => passes(() => typeCheck("tsconfig.json")) };

/** What is compared there must find the same: one that nobody runs breaks unseen. */
export const benchmarks = {
  name: "bench --check",
  needs: [buildPackage],
  async run() {
    const { code, output } = await run(process.execPath, [join(root, "bench", "client", "main.mjs"), "--check"]);
    return { ok: code === 0, output };
  },
};

export const packPackage = { name: "npm pack, install", needs: [buildPackage], run: () => passes(installPacked) };

/** @param {string[]} [files] some of tests/js, as paths from where the command is run; all of them by default */
export const tests = (files = []) => nodeTests("node --test", "js", [packPackage], files);

/** Folders of tests/ with packages of their own, by the names of their suites. */
const places = { parity: join("runtimes", "parity") };

/** The examples that a folder's tests run: what those import is installed with the tests. */
const examples = {
  examples: ["node-cli", "web-chat", "slack-bolt", "microsoft-agents", "node-red", "n8n", "lambda", "itsm-escalation"],
  runtimes: ["cloudflare-worker", "cloudflare-proactive"],
  consumers: ["next"],
  kits: ["ai-sdk", "openai", "langchain"],
  mcp: ["mcp"],
  "low-code": ["botpress", "copilot-studio"],
};

/** What the tests of a folder need that npm does not have, and how they are told where it is. */
const besides = {
  "low-code": {
    async install() {
      const generator = schemathesis();
      if (!generator.isReady() && (await generator.canMake())) await generator.make();
    },
    environment() {
      const program = schemathesis().program();
      return program ? { SCHEMATHESIS: program } : {};
    },
  },
};

/**
 * The suites of a folder of tests/ that has packages of its own, which nothing else needs: they are installed when its
 * tests are run, and not at set-up; linked into the packed project, beside those, and beside the examples that they run.
 * @param {string} name the folder's, where it is not one of `places`
 * @param {string[]} [files] some of the folder's tests, as for `tests`
 */
export function testsWithPackages(name, files = []) {
  const folder = places[name] ?? name;
  const install = {
    name: `npm ci (${name})`,
    needs: [packPackage],
    run: () =>
      passes(async () => {
        const place = join("tests", folder);
        const step = nodeModules(join(root, place));
        if (!step.isReady()) await step.make();
        const users = [place, ...(examples[name] ?? []).map((example) => join("js-examples", example))];
        for (const user of users.filter((folder) => existsSync(join(packed, folder)))) {
          symlinkSync(join(root, place, "node_modules"), join(packed, user, "node_modules"), "junction");
        }
        await besides[name]?.install();
      }),
  };
  const { environment } = besides[name] ?? {};
  return [install, nodeTests(`node --test (${name})`, folder, [packPackage, install], files, environment)];
}

function nodeTests(name, folder, needs, files, environment = () => ({})) {
  return {
    name,
    needs,
    show: true,
    async run(task) {
      let passed = 0;
      const paths = files.length > 0 ? files.map(named) : all(folder);
      const { code, output } = await run(process.execPath, ["--test", "--test-reporter=spec", ...paths], {
        cwd: packed,
        env: { CHECKOUT: root, ...environment(), ...(process.stdout.isTTY ? { FORCE_COLOR: "1" } : {}) },
        onLine: (line) => {
          if (line.includes("✔")) task.update(`${++passed} passed`);
        },
      });
      return { ok: code === 0, output };
    },
  };
}

/** All tests of a folder, but not those of a folder in it that has packages of its own. */
function all(folder) {
  const files = filesIn(join(packed, "tests", folder));
  const others = files.filter((file) => basename(file) === "package.json" && dirname(file) !== ".").map(dirname);
  const own = files.filter((file) => !others.some((other) => file.startsWith(join(other, "/"))));
  return own.filter((file) => /\.test\.[mc]js$/.test(file)).map((file) => join("tests", folder, file));
}

function named(file) {
  const path = relative(root, resolve(process.env.INIT_CWD ?? process.cwd(), file));
  if (!existsSync(join(root, path))) throw new Failure(`there is no test file ${file}`);
  return path;
}

async function passes(action) {
  try {
    await action();
    return { ok: true, output: "" };
  } catch (error) {
    return { ok: false, output: describe(error) };
  }
}
