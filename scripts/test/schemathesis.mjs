// schemathesis, which invents requests from an OpenAPI document: a Python program, in an environment of its own in the
// cache that all checkouts share. Exactly as tests/low-code/requirements.txt says.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../failure.mjs";
import { onPath, root, toolCache } from "../paths.mjs";
import { run, tail } from "../run.mjs";

const requirements = join(root, "tests", "low-code", "requirements.txt");

/** The step of the set-up; `program()` is where it is, and nothing where the machine has no Python to make it with. */
export function schemathesis() {
  const hash = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 16);
  const home = join(toolCache, `schemathesis-${hash}`);
  const folder = join(home, process.platform === "win32" ? "Scripts" : "bin");
  const stamp = join(home, ".complete");
  const python = () => onPath("python3") ?? onPath("python");
  return {
    isReady: () => existsSync(stamp),
    program: () => (existsSync(stamp) ? join(folder, "schemathesis") : undefined),
    canMake: async () => {
      const found = python();
      // Debian has Python without what makes environments.
      return found !== undefined && (await run(found, ["-c", "import venv, ensurepip"])).code === 0;
    },
    async make() {
      rmSync(home, { recursive: true, force: true });
      mkdirSync(toolCache, { recursive: true });
      await succeed(python(), ["-m", "venv", home]);
      await succeed(join(folder, "python"), ["-m", "pip", "install", "--quiet", "--requirement", requirements]);
      writeFileSync(stamp, "");
    },
  };
}

async function succeed(program, args) {
  const { code, output } = await run(program, args);
  if (code !== 0) throw new Failure("schemathesis could not be installed (see above)", tail(output, 30));
}
