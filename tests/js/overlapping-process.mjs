// Overlapping calls in a process of its own whose clock may be another's: by `--import` before this, or, by the argument
// `later`, from the middle of a round on, when answers come together already.

import { serveEcho } from "./echoing-tenant.mjs";

const ends = [];
const { nexthink, answered } = await serveEcho({ after: (end) => ends.push(end) });
const own = globalThis.setImmediate;
let answers = 0;
for (let round = 0; round < 24; round++) {
  let left = round;
  if (process.argv[2] === "later" && round > 8) {
    answered.removeAllListeners().on("answer", () => {
      if (left-- === 0) globalThis.setImmediate = () => {};
    });
  }
  const calls = Array.from({ length: 48 }, (_, at) => nexthink.nql.execute("#echo", { at: String(at) }));
  answers += (await Promise.all(calls)).length;
  if (process.argv[2] === "later") globalThis.setImmediate = own;
}
process.stdout.write(`${answers} answers\n`);
for (const end of ends) end();
