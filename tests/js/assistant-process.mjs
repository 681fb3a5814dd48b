// A chatbot of which nothing stays from one turn to the next: it makes the turn that it is told, with the state of the file,
// writes the new one there, gives the turn on its standard output, and ends.
//
// node assistant-process.mjs '{ client, epoch, speed, folder, employee, given }'   given: { start } | { reply } | {}

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createClient } from "nexthink-chatbot";
import { fileStore } from "../../js-examples/stores/file.mjs";

const { client, epoch, speed, folder, employee, given } = JSON.parse(process.argv[2]);
const file = join(folder, "state.json");
const assistant = createClient({
  ...client,
  host: {
    // The tenant's time, which passes faster than ours.
    now: () => epoch + (Date.now() - epoch) * speed,
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds / speed)),
  },
  store: fileStore(join(folder, "store")),
}).assistant();

const state = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
const turn = given.start
  ? await assistant.start({ employee, ...given.start })
  : given.reply
    ? await assistant.reply(state, given.reply, { employee })
    : await assistant.resume(state, { employee });
writeFileSync(file, JSON.stringify(turn.state));
process.stdout.write(JSON.stringify(turn));
