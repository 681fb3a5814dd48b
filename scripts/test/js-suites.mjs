// The suites of the JavaScript side: linter, build, types, and the tests of the package as its users get it, in Node and
// in other runtimes.

import { existsSync, symlinkSync } from "node:fs";
import { join, relative, resolve } from "node:path";
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

export const packPackage = { name: "npm pack, install", needs: [buildPackage], run: () => passes(installPacked) };

/** Some hundred megabytes that nothing else needs: installed when these tests are run, and not at set-up. */
export const installRuntimes = kits("runtimes");

/** Parsers, types and the renderer of Adaptive Cards. */
export const installCards = kits("cards");

/** The validators and kits of the low-code tests; and schemathesis, where there is a Python to install it with. */
export const installLowCode = {
  ...kits("low-code"),
  name: "npm ci, pip (low-code)",
  async run() {
    const installed = await kits("low-code").run();
    if (!installed.ok) return installed;
    const generator = schemathesis();
    return passes(async () => {
      if (!generator.isReady() && (await generator.canMake())) await generator.make();
    });
  },
};

/** @param {string[]} [files] some of tests/js, as paths from where the command is run; all of them by default */
export const tests = (files = []) => nodeTests("node --test", "js", [packPackage], files);

/** @param {string[]} [files] some of tests/runtimes, in the same way */
export const runtimeTests = (files = []) =>
  nodeTests("node --test (runtimes)", "runtimes", [packPackage, installRuntimes], files);

/** @param {string[]} [files] some of tests/low-code, in the same way */
export const lowCodeTests = (files = []) =>
  nodeTests("node --test (low-code)", "low-code", [packPackage, installLowCode], files, () => {
    const program = schemathesis().program();
    return program ? { SCHEMATHESIS: program } : {};
  });

/** @param {string[]} [files] some of tests/cards, in the same way */
export const cardTests = (files = []) => nodeTests("node --test (cards)", "cards", [packPackage, installCards], files);

/** What the tests of a folder need beside the package; they find it from where they are copied to. */
function kits(folder) {
  return {
    name: `npm ci (${folder})`,
    needs: [packPackage],
    run: () =>
      passes(async () => {
        const checkedOut = join(root, "tests", folder);
        const step = nodeModules(checkedOut);
        if (!step.isReady()) await step.make();
        symlinkSync(join(checkedOut, "node_modules"), join(packed, "tests", folder, "node_modules"), "junction");
      }),
  };
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

function all(folder) {
  const files = filesIn(join(packed, "tests", folder)).filter((file) => /\.test\.[mc]js$/.test(file));
  return files.map((file) => join("tests", folder, file));
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
