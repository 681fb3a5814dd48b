// A chatbot whose process may be killed at any moment: it keeps its conversation as JSON in a file, one step after the
// other, goes on from there when it is started again, and shares the ledger through a store in a folder. It can be told
// to kill itself at a moment, and says on its standard output through which moments it passes.
//
// node repair-process.mjs '{ client, epoch, speed, folder, employee, stopAt?, laterMs? }'

import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createClient } from "nexthink-chatbot";
import { fileStore } from "../../js-examples/stores/file.mjs";

const { client, epoch, speed, folder, employee, stopAt, laterMs = 0 } = JSON.parse(process.argv[2]);

const file = join(folder, "conversation.json");
const conversation = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : { done: [] };

function save(changes) {
  Object.assign(conversation, changes);
  writeFileSync(`${file}.draft`, JSON.stringify(conversation));
  renameSync(`${file}.draft`, file);
}

/** The step that is being taken. */
let step = "";

/** A moment to be killed at. Between two of them nothing is done that anyone outside of this process could see. */
function pass(moment) {
  const name = `${step}: ${moment}`;
  if (name === stopAt) process.kill(process.pid, "SIGKILL");
  process.stdout.write(`${name}\n`);
}

/** Something outside of this process, with a moment before it; the one after it is that before the next. */
const watched =
  (nameOf, call) =>
  (...given) => {
    pass(nameOf(...given));
    return call(...given);
  };

const store = fileStore(join(folder, "store"));
const kindOf = (key) => key.split(":")[2];
const nexthink = createClient({
  ...client,
  host: {
    fetch: watched((url, { method }) => `${method} ${new URL(url).pathname}`, fetch),
    // The tenant's time, which passes faster than ours.
    now: () => epoch + (Date.now() - epoch) * speed + laterMs,
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds / speed)),
  },
  store: {
    atomic: true,
    get: watched((key) => `get ${kindOf(key)}`, store.get),
    putIfAbsent: watched((key) => `putIfAbsent ${kindOf(key)}`, store.putIfAbsent),
    replace: watched((key) => `replace ${kindOf(key)}`, store.replace),
  },
});

const steps = {
  identify: async () => ({ device: (await nexthink.identify(employee))[0] }),
  diagnose: async ({ device }) => ({ diagnosis: await nexthink.diagnose("outlook", device) }),
  propose: async ({ diagnosis }) => ({ proposal: nexthink.propose(diagnosis, "offline", { employee }) }),
  remediate: async ({ proposal }) => ({ run: await nexthink.remediate(proposal.token) }),
  progress: async ({ run }) => ({ run: await nexthink.progress(run) }),
  follow: async ({ run }) => {
    for await (const changed of nexthink.follow(run)) {
      pass("a change");
      save({ run: changed });
    }
    return {};
  },
  verify: async ({ run }) => ({ run: await nexthink.verify(run) }),
  solved: async ({ run }) => ({ run: nexthink.solved(run, true) }),
};

for (const [name, take] of Object.entries(steps)) {
  if (conversation.done.includes(name)) continue;
  step = name;
  const changes = await take(conversation);
  pass("done");
  save({ ...changes, done: [...conversation.done, name] });
}
