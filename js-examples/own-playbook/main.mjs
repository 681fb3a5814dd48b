// A playbook of one's own, from its files to a repair: `node main.mjs`.

import { readFileSync } from "node:fs";
import { createClient } from "nexthink-chatbot";
import { tenantWith } from "./tenant.mjs";

const read = (name) => readFileSync(new URL(`playbooks/${name}`, import.meta.url), "utf8");
const playbook = JSON.parse(read("teams.json"));
playbook.query.text = read("teams.nql");

const tenant = tenantWith(playbook);
const nexthink = createClient({ ...tenant.client, playbooks: [playbook] });

const employee = { username: "amartin" };
const [device] = await nexthink.identify(employee);
const diagnosis = await nexthink.diagnose("teams", device);
for (const { rule, verdict, reason } of diagnosis.findings)
  console.log(`${rule}: ${verdict}${reason ? `, ${reason}` : ""}`);

const proposal = nexthink.propose(diagnosis, "slow-start", { employee });
console.log(`May I run "${proposal.title}"? It closes Teams. Yes, really.`);
let run = await nexthink.remediate(proposal.token, { confirmed: true });
for await (run of nexthink.follow(run)) console.log(run.state);

tenant.advance(2 * 3_600_000); // the next hourly collection
run = await nexthink.verify(run);
console.log(`Has it changed anything? ${run.changed}`);
