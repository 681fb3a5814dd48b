// `render` and `readReply` by the core itself, until the package has them.

import { spawnSync } from "node:child_process";
import { join } from "node:path";

const program = join(
  process.env.CHECKOUT ?? new URL("../..", import.meta.url).pathname,
  "target/debug/examples/rendering",
);

function call(input) {
  const { stdout, stderr, status } = spawnSync(program, { input: `${JSON.stringify(input)}\n`, maxBuffer: 1e8 });
  if (status !== 0) throw new Error(`${stderr}`);
  return JSON.parse(stdout);
}

export const render = (turn, format) => call({ turn, format });

export function readReply(format, payload) {
  const { reply, error } = call({ format, payload });
  if (error) throw Object.assign(new Error(error.message), error);
  return reply;
}
