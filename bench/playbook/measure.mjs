// One measurement in a process of its own: warms up, then tells the CPU time of this process per answer. All of its
// threads count, so that work which is pushed to the garbage collector's or the compiler's is not free.

import { evaluations, inputs } from "./evaluations.mjs";

const { evaluation, shape, rows, seconds } = JSON.parse(process.argv[2]);

const evaluate = await evaluations[evaluation]();
const answers = inputs(evaluation, shape, rows, rows === 1 ? 64 : 2);
await repeat(seconds);
const before = process.cpuUsage();
const done = await repeat(seconds);
const { user, system } = process.cpuUsage(before);
process.send({ cpu: (user + system) / done }, () => process.exit());

/** All answers over and over, for so long. @returns {Promise<number>} how many there were */
async function repeat(seconds) {
  const end = performance.now() + seconds * 1000;
  let done = 0;
  while (performance.now() < end) {
    for (let round = 0; round < (rows === 1 ? 8 : 1); round++) {
      for (const answer of answers) {
        const decisions = evaluate(answer);
        // Waiting for what is there already would cost as much as a tenth of it.
        if (decisions instanceof Promise) await decisions;
      }
      done += answers.length;
    }
  }
  return done;
}
